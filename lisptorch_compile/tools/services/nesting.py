"""Which brackets and strings are open at a place of a text that is being written."""

from __future__ import annotations

import re
from enum import Enum

from lisptorch_compile.analyzer.form_parts import LAMBDAS
from lisptorch_compile.diagnostics import Severity, Source
from lisptorch_compile.lexemes import CLOSER_OF, CLOSERS, OPENERS, Lexeme
from lisptorch_compile.reader import read
from lisptorch_compile.records import record
from lisptorch_compile.tools.formatting.layout import INDENT

_NAME = re.compile(r"""[^\s()\[\]{}"`;':]*""")


@record
class Opening:
    """A bracket that is still open.

    ``head`` is the name behind it, empty where there is none; ``index`` counts the forms
    in it before the place that was asked for, the head too.
    """

    start: int
    bracket: str
    head: str
    index: int


@record
class Place:
    """What is open at an offset: brackets, outermost first, and a string or comment.

    ``string``: the offset of the string that the place is in, None outside strings.
    """

    openings: tuple[Opening, ...]
    string: int | None = None
    comment: bool = False
    balanced: bool = True  # no bracket was closed by one of another kind

    @property
    def starts(self) -> frozenset[int]:
        """The offsets of the open brackets."""
        return frozenset([opening.start for opening in self.openings])


def place_at(text: str, offset: int) -> Place:
    """Return what is open at ``offset``.

    >>> [o.head for o in place_at("(setq x (+ 1 ", 13).openings]
    ['setq', '+']
    """
    from lisptorch_compile.syntax import scanner  # loads Lark: 50 ms, once

    before = text[:offset]
    scan = scanner().scan(Source.of(before))
    string = min(scan.unclosed, default=None)
    comment = any(
        [c.span.end == offset and _is_open(before, c.span.start) for c in scan.comments]
    )
    lexemes = [lx for lx in scan.lexemes if string is None or lx.start_pos < string]
    openings, balanced = _open_brackets(lexemes)
    return Place(tuple(openings), string, comment, balanced)


def _is_open(before: str, start: int) -> bool:
    """Tell whether what is written next belongs to the comment."""
    comment = before[start:]
    if comment.startswith(";;") and comment.endswith(";;") and len(comment) > 3:
        return False
    return "\n" not in comment


def _open_brackets(lexemes: list[Lexeme]) -> tuple[list[Opening], bool]:
    stack: list[tuple[Lexeme, str, int]] = []  # the bracket, its head, the forms in it
    balanced = True
    for kind, text, start in lexemes:
        if kind in CLOSERS:
            balanced = _close(stack, kind) and balanced
        elif kind != "QUOTE":
            if stack:
                bracket, head, count = stack[-1]
                head = text if count == 0 and kind == "SYMBOL" else head
                stack[-1] = bracket, head, count + 1
            if kind in OPENERS:
                stack.append((Lexeme(kind, text, start), "", 0))
    return [Opening(b.start_pos, b.text, head, count) for b, head, count in stack], (
        balanced
    )


def _close(stack: list[tuple[Lexeme, str, int]], kind: str) -> bool:
    """Take the bracket that is closed off the stack; tell whether there is one."""
    if stack and CLOSER_OF[stack[-1][0].type] == kind:
        stack.pop()
        return True
    if kind == "RSQB" and len(stack) > 1 and {b.type for b, _, _ in stack} == {"LPAR"}:
        del stack[1:]  # a super-bracket
        return True
    return False


# --- is it complete? --------------------------------------------------------------------


class Status(Enum):
    """What a text that was entered so far is."""

    COMPLETE = "complete"
    INCOMPLETE = "incomplete"  # more can make it complete
    INVALID = "invalid"  # nothing that follows can


@record
class Completeness:
    """``indent``: the blanks with which the next line should begin, of an incomplete text."""

    status: Status
    indent: str = ""


def is_complete(text: str) -> Completeness:
    """Tell whether a text can be evaluated as it stands, or wants another line.

    >>> is_complete("(defun twice (x)")
    Completeness(status=<Status.INCOMPLETE: 'incomplete'>, indent='   ')
    >>> is_complete("(+ 1 2))").status
    <Status.INVALID: 'invalid'>
    """
    place = place_at(text, len(text))
    if not place.balanced:
        return Completeness(Status.INVALID)
    if place.string is not None:
        return Completeness(Status.INCOMPLETE)
    if place.openings:
        return Completeness(Status.INCOMPLETE, indentation(text, place))
    errors = [d for d in read(Source.of(text)).diagnostics if _is_error(d.severity)]
    if not errors:
        return Completeness(Status.COMPLETE)
    awaited = errors[0].code == "LT0107" and text.rstrip().endswith("'")
    return Completeness(Status.INCOMPLETE if awaited else Status.INVALID)


def indentation(text: str, place: Place) -> str:
    """Return the blanks with which a line at ``place`` should begin."""
    if not place.openings:
        return ""
    innermost = place.openings[-1]
    line_start = text.rfind("\n", 0, innermost.start) + 1
    column = innermost.start - line_start
    is_form = innermost.bracket == "(" and innermost.head and innermost.index > 0
    width = INDENT if is_form or innermost.head in LAMBDAS else 1
    return " " * (column + width)


def _is_error(severity: Severity) -> bool:
    return severity is Severity.ERROR


def name_at(text: str, offset: int) -> tuple[int, int]:
    """Return where the name that the cursor touches starts and ends."""
    start = offset
    while start > 0 and _NAME.fullmatch(text, start - 1, start):
        start -= 1
    match = _NAME.match(text, offset)
    assert match is not None
    return start, match.end()
