"""Places in a source text, and the problems found there, as data."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from enum import Enum
from itertools import accumulate

from lisptorch_compile.records import record


@record
class Span:
    """A half-open range of code points of one source text."""

    start: int
    end: int


@record
class Source:
    """A source text with its name, able to say where an offset stands."""

    text: str
    filename: str
    line_starts: tuple[int, ...]

    @classmethod
    def of(cls, text: str, filename: str = "<string>") -> Source:
        lengths = [len(line) + 1 for line in text.split("\n")]
        return cls(text, filename, tuple(accumulate(lengths[:-1], initial=0)))

    def position(self, offset: int) -> tuple[int, int]:
        """Return the line and the column of ``offset``, both counted from 1."""
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1

    def span(self, line: int, column: int, end_line: int, end_column: int) -> Span:
        """Return what stands between two positions, the second one behind it."""
        start = self.line_starts[line - 1] + column - 1
        return Span(start, self.line_starts[end_line - 1] + end_column - 1)

    def line(self, number: int) -> str:
        """Return line ``number`` (from 1) without its line break."""
        start = self.line_starts[number - 1]
        end = (
            self.line_starts[number]
            if number < len(self.line_starts)
            else len(self.text)
        )
        return self.text[start:end].rstrip("\r\n")


class Severity(Enum):
    """How much a diagnostic weighs: an error stops the compilation, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@record
class Note:
    """A remark on a second place that explains a diagnostic."""

    message: str
    span: Span


@record
class Fix:
    """A change that removes a problem: ``text`` in place of what stands at ``span``."""

    title: str
    span: Span
    text: str


@record
class Diagnostic:
    """One problem of a source text: what, where, what to try.

    ``fixes`` are changes any one of which does what the hint says.
    """

    code: str
    severity: Severity
    message: str
    span: Span
    hint: str | None = None
    notes: tuple[Note, ...] = ()
    lispe: str | None = None  # what LispE's interpreter says
    fixes: tuple[Fix, ...] = ()


@record
class Code:
    """The text of one kind of diagnostic; ``{…}`` are filled in by ``diagnose``.

    ``lispe``: what LispE's interpreter says, where it finds the same wrong.
    """

    message: str
    hint: str | None = None
    severity: Severity = Severity.ERROR
    lispe: str | None = None


#: Every message of the compiler, by its stable code. Hundreds: 01 reading,
#: 02 shape of forms, 03 names, 04 arguments, 05 not supported, 06 doubtful code,
#: 09 limits.
CODES: dict[str, Code] = {
    "LT0101": Code("unknown character {point}", "remove it, or put it into a string"),
    "LT0102": Code(
        "missing end of string: no `{sign}` closes it",
        "add `{sign}` where it ends",
        lispe="Error: missing end of string",
    ),
    "LT0103": Code(
        "{brackets} do not balance: this `{opening}` has no `{closing}`",
        lispe="Error: {brackets} do not balance",
    ),
    "LT0104": Code(
        "{brackets} do not balance: this `{closing}` has no `{opening}`",
        "remove it, or add the missing `{opening}`",
        lispe="Error: {brackets} do not balance",
    ),
    "LT0105": Code(
        "{brackets} do not balance: `{found}` closes a `{opening}`",
        "close it with `{closing}`",
        lispe="Error: {brackets} do not balance",
    ),
    "LT0106": Code(
        "wrong key/value separator in a dictionary: found `{found}`",
        "write a dictionary as {{key:value key:value}}, a set as {{a b c}}",
        lispe="Error: wrong key/value separator in a dictionary",
    ),
    "LT0107": Code("this quote has no form behind it", "remove it, or write 'name"),
    "LT0108": Code("two '.' in a row", "write a call between them: (f . g . h x)"),
    "LT0109": Code("number with more than {limit} characters"),
    "LT0110": Code("number outside the range of a 64-bit real"),
    "LT0111": Code(
        "this `;;` opens a block comment that ends at the `;;` of line {line}; "
        "the code between them is not read",
        "start each line of a comment with a single `;`, or write the `;;` of a block "
        "alone on their lines",
        Severity.WARNING,
    ),
    "LT0112": Code(
        "the character {point} changes the order in which the text is shown",
        "remove it, or write the text so that it is not needed",
        Severity.WARNING,
    ),
    "LT0121": Code(
        "nothing follows the '.'",
        "write the call behind it: (f . g x)",
        lispe="Error: unknown operation: '.'",
    ),
    "LT0123": Code(
        "`defmacro` needs a name, a list of parameters and one form",
        "write (defmacro name (parameters) form), several forms as (block …)",
    ),
    "LT0124": Code(
        "`defmacro` stands in the template of a macro", "define it outside of macros"
    ),
    "LT0125": Code("no pattern of macro `{name}` fits this call", "write {usage}"),
    "LT0126": Code(
        "`link` needs a text, the new name, and the name that it stands for",
        'write (link "new" \'old)',
    ),
    "LT0901": Code("brackets are nested {depth} deep, at most {limit} are compiled"),
    "LT0902": Code("more than {limit} problems: the others are not shown"),
    "LT0904": Code(
        "blocks nest too deeply around a `break` or `return`",
        "move the inner part to a function of its own",
    ),
    "LT0903": Code(
        "macro `{name}` expands without end", "give it a pattern that stops it"
    ),
}


def removal(span: Span) -> Fix:
    """Return the fix that takes away what stands at ``span``."""
    return Fix("remove it", span, "")


def diagnose(
    code: str,
    span: Span,
    *,
    notes: Iterable[Note] = (),
    fixes: Iterable[Fix] = (),
    **fields: object,
) -> Diagnostic:
    """Return the diagnostic ``code`` at ``span`` with its texts filled in.

    ``hint=...`` among the fields replaces the hint of the table, ``lispe=…`` the text of
    LispE, which is taken as it is.
    """
    entry = CODES[code]
    hint = fields.pop("hint", entry.hint)
    lispe = fields.pop("lispe", None)
    if lispe is None and entry.lispe is not None:
        lispe = entry.lispe.format(**fields)
    return Diagnostic(
        code,
        entry.severity,
        entry.message.format(**fields),
        span,
        str(hint).format(**fields) if hint is not None else None,
        tuple(notes),
        str(lispe) if lispe is not None else None,
        tuple(fixes),
    )


def in_lispes_words(diagnostic: Diagnostic, source: Source) -> str:
    """Return a diagnostic as LispE shows an error: ``message, line: N in: FILE``."""
    shown = diagnostic.lispe or f"Error: {diagnostic.message}"
    line, _ = source.position(diagnostic.span.start)
    return f"{shown}, line: {line} in: {source.filename}"
