"""Text → lexemes and comments, by the terminals of ``grammar.lark``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from itertools import takewhile
from typing import NamedTuple

from lisptorch_compile.diagnostics import Diagnostic, Source, Span, diagnose, removal
from lisptorch_compile.forms import Comment
from lisptorch_compile.records import replaced

#: Bounds the time spent on a text full of strings that never end.
MAX_UNCLOSED_STRINGS = 50

#: An integer is converted to decimal text and back in time quadratic in its digits.
MAX_NUMBER_LENGTH = 1000

#: The terminal that closes each opening bracket.
CLOSER_OF = {
    "LPAR": "RPAR",
    "LSQB": "RSQB",
    "LBRACE": "RBRACE",
    "CONSTANT_BRACE": "RBRACE",
}
OPENERS = frozenset(CLOSER_OF)
CLOSERS = frozenset(CLOSER_OF.values())

_STRING_OPENERS = frozenset('"`«“‘„❝')
_BIDI_CONTROL = re.compile("[\u202a-\u202e\u2066-\u2069]")
_EXPONENT = re.compile("[eEpP]")
_CLOSING_RULER = re.compile(r"\s*(?:;;+\s*)?\Z")
_TOP_LEVEL_LINE = re.compile(r"\n\(")


class _Terminal(NamedTuple):
    type: str
    text: str
    start_pos: int


class Lexeme(_Terminal):
    """A terminal of the grammar with its place, as Lark's parser wants its tokens."""

    __slots__ = ()

    # Lark copies these to the token that ends its input; nothing reads them.
    line = column = end_line = end_column = 0

    @property
    def end_pos(self) -> int:
        return self.start_pos + len(self.text)


#: Makes a lexeme of its three fields without a call in Python: a text has thousands.
_lexeme: Callable[[tuple[str, str, int]], Lexeme] = partial(tuple.__new__, Lexeme)


@dataclass(slots=True)
class Scan:
    """What a text was cut into, and what was wrong on the way."""

    lexemes: list[Lexeme] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    unclosed: set[int] = field(default_factory=set)  # starts of strings without end


class Scanner:
    """Cuts texts into lexemes with one regular expression made of all terminals.

    The expression matches at every offset (what no terminal takes is ``STRAY``), so
    one run of ``finditer`` covers a text in linear time.
    """

    def __init__(
        self, terminals: Iterable[tuple[str, str]], comments: Iterable[str]
    ) -> None:
        """Take the terminals in the order in which they are tried, ``BLANK`` first."""
        (_, blank), *others = terminals
        alternatives = [f"(?P<{name}>{regexp})" for name, regexp in others]
        alternatives += [r"(?P<END>\Z)", r"(?P<STRAY>[\s\S])"]
        self._pattern = re.compile(f"(?:{blank})?+(?:{'|'.join(alternatives)})")
        self._comments = frozenset(comments)
        self._rare = self._comments | {"END", "STRAY", "NUMBER"}

    def scan(self, source: Source) -> Scan:
        """Return the lexemes of ``source``; every fault becomes a diagnostic."""
        scan = Scan()
        start: int | None = 0
        while start is not None:
            matches = self._pattern.finditer(source.text, start)
            start = self._take(matches, source, scan)
        scan.comments = _joined(scan.comments)
        scan.diagnostics += _bidi_warnings(source)
        return scan

    def scan_between(self, source: Source, start: int, end: int) -> Scan | None:
        """Return what stands between the end of one lexeme and the start of another; None
        when something is wrong there, or when nothing ends at ``end``."""
        scan = Scan()
        matches = self._pattern.finditer(source.text, start)
        self._take(takewhile(lambda each: _start(each) < end, matches), source, scan)
        ends = [lexeme.end_pos for lexeme in scan.lexemes[-1:]]
        ends += [comment.span.end for comment in scan.comments[-1:]]
        faulty = scan.diagnostics or _BIDI_CONTROL.search(source.text, start, end)
        if faulty or max(ends, default=start) > end:
            return None
        scan.comments = _joined(scan.comments)
        return scan

    def _take(
        self, matches: Iterable[re.Match[str]], source: Source, scan: Scan
    ) -> int | None:
        """Take all lexemes, or those up to a string without end: return where to go on
        then."""
        lexemes, rare, comments = scan.lexemes, self._rare, self._comments
        for match in matches:
            kind = match.lastgroup
            assert kind is not None
            text, offset = match[kind], match.start(kind)
            if kind not in rare:
                lexemes.append(_lexeme((kind, text, offset)))
            elif kind == "NUMBER":
                lexemes.append(_lexeme((kind, text, offset)))
                if len(text) > MAX_NUMBER_LENGTH or _EXPONENT.search(text):
                    _check_number(scan, text, offset)
            elif kind in comments:
                _append_comment(kind, text, offset, source, scan)
            elif text in _STRING_OPENERS:
                return _close_string(offset, source, scan)
            elif kind == "STRAY":
                _append_stray(text, offset, scan)
            else:
                return None
        return None


def _start(match: re.Match[str]) -> int:
    return match.start(match.lastgroup or 0)


def _check_number(scan: Scan, text: str, offset: int) -> None:
    """Report a number that no Python number can hold, and put 0 in its place."""
    too_long = len(text) > MAX_NUMBER_LENGTH
    if too_long or any(map(_overflows, text.rstrip("i").split(","))):
        code = "LT0109" if too_long else "LT0110"
        span = Span(offset, offset + len(text))
        scan.diagnostics.append(diagnose(code, span, limit=MAX_NUMBER_LENGTH))
        scan.lexemes[-1] = Lexeme("NUMBER", "0", offset)


def _overflows(text: str) -> bool:
    try:
        if "x" in text.lower():
            float.fromhex(text)
            return False
        return text.strip("+-") != "" and float(text) in (float("inf"), -float("inf"))
    except OverflowError:
        return True


def _append_stray(text: str, offset: int, scan: Scan) -> None:
    """Report an unknown character; a run of them is one diagnostic."""
    last = scan.diagnostics[-1] if scan.diagnostics else None
    if last is not None and last.code == "LT0101" and last.span.end == offset:
        longer = Span(last.span.start, offset + 1)
        scan.diagnostics[-1] = replaced(last, span=longer, fixes=(removal(longer),))
        return
    span = Span(offset, offset + 1)
    point = f"U+{ord(text):04X}"
    scan.diagnostics.append(
        diagnose("LT0101", span, fixes=[removal(span)], point=point)
    )


def _close_string(start: int, source: Source, scan: Scan) -> int | None:
    """Report a string without end, and return where its text is taken to stop.

    One missing quote turns every string after it inside out, and only the last one
    finds no end. So the culprit is the first string that swallowed the start of a
    top-level form, and reading goes on at that form.
    """
    if source.text[start] == '"':
        start = _first_swallower(start, scan)
    resume = _TOP_LEVEL_LINE.search(source.text, start)
    give_up = resume is None or len(scan.unclosed) >= MAX_UNCLOSED_STRINGS
    stop = len(source.text) if resume is None or give_up else resume.start()
    line_end = min(stop, _line_end(source.text, start))
    scan.unclosed.add(start)
    scan.lexemes.append(
        Lexeme("STRING", f"{source.text[start:line_end].rstrip()}", start)
    )
    sign = source.text[start]
    scan.diagnostics.append(
        diagnose("LT0102", Span(start, line_end), sign=_CLOSING.get(sign, sign))
    )
    return None if give_up else stop


_CLOSING = {"«": "»", "“": "”", "‘": "’", "„": "”", "❝": "❞"}


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def _first_swallower(start: int, scan: Scan) -> int:
    """Return the start of the string to blame, and forget what was read from it on."""
    for index, (kind, text, offset) in enumerate(scan.lexemes):
        if kind != "STRING" or offset in scan.unclosed:
            continue
        if _TOP_LEVEL_LINE.search(text):
            del scan.lexemes[index:]
            scan.comments = [c for c in scan.comments if c.span.start < offset]
            scan.diagnostics = [d for d in scan.diagnostics if d.span.start < offset]
            return offset
    return start


def _append_comment(
    kind: str, text: str, offset: int, source: Source, scan: Scan
) -> None:
    end = offset + len(text)
    start = end - len(text.lstrip("\n\t \r\f\v\ufeff")) if kind[0] == "H" else offset
    if kind == "BLOCK_COMMENT":
        if _looks_like_code(text, end, source.text):
            line, _ = source.position(end - 2)
            span = Span(start, start + 2)
            scan.diagnostics.append(diagnose("LT0111", span, line=line))
        text = _block_text(text[2:-2])
    else:
        text = text.strip().lstrip(";#" if kind[0] == "L" else "#").removeprefix("!")
        text = _CLOSING_RULER.sub("", text.removeprefix(" "))
    scan.comments.append(Comment(text, Span(start, end)))


def _looks_like_code(comment: str, end: int, text: str) -> bool:
    """Tell whether two comments of one line each seem to have become one block.

    Not where the two pairs of semicolons stand alone on their lines: that is a block.
    """
    opened = comment.count("(")
    after = text[end:].partition("\n")[0]
    if not comment[2:].partition("\n")[0].strip() and not after.strip():
        return False
    if not opened or opened != comment.count(")"):
        return False
    line_start = text.rfind("\n", 0, end - 2) + 1
    return not text[line_start : end - 2].strip()


def _block_text(text: str) -> str:
    """Return the text of a block comment without outer blank lines and indentation."""
    first, *others = [line.rstrip() for line in text.splitlines()] or [""]
    indents = [len(line) - len(line.lstrip()) for line in others if line]
    indent = min(indents, default=0)
    lines = [first.strip(), *[line[indent:] for line in others]]
    return "\n".join(lines).strip("\n")


def _joined(comments: list[Comment]) -> list[Comment]:
    """Join comments that touch: a ruler of semicolons is many empty blocks."""
    joined: list[Comment] = []
    for comment in comments:
        if joined and joined[-1].span.end == comment.span.start:
            last = joined.pop()
            texts = [text for text in (last.text, comment.text) if text]
            span = Span(last.span.start, comment.span.end)
            comment = Comment(" ".join(texts), span)
        joined.append(comment)
    return joined


def _bidi_warnings(source: Source) -> list[Diagnostic]:
    """Warn once a line where characters reorder what a reviewer sees."""
    warnings: list[Diagnostic] = []
    last_line = 0
    for match in _BIDI_CONTROL.finditer(source.text):
        line, _ = source.position(match.start())
        if line != last_line:
            span = Span(match.start(), match.end())
            point = f"U+{ord(match[0]):04X}"
            fixes = [removal(span)]
            warnings.append(diagnose("LT0112", span, fixes=fixes, point=point))
        last_line = line
    return warnings
