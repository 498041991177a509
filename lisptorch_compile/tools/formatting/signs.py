"""A text as the signs that it is laid out from, with how the author set them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from lisptorch_compile.brackets import balance
from lisptorch_compile.diagnostics import Source
from lisptorch_compile.lexemes import CLOSERS, OPENERS, Lexeme
from lisptorch_compile.syntax import scanner


class Kind(Enum):
    """What a sign does to the layout."""

    OPEN = "open"
    CLOSE = "close"
    QUOTE = "quote"
    ATOM = "atom"
    COMMENT = "comment"  # to the end of its line, or of several


class Joint(Enum):
    """How a sign hangs on the one before it."""

    GLUED = "glued"  # '(a)  \(x)  (a b)+  "key":1
    SPACED = "spaced"  # "key": 1, which belongs to its key
    FREE = "free"  # a line may end between the two


@dataclass(slots=True)
class Sign:
    """A bracket, a name, a literal or a comment, as it is written.

    ``breaks`` counts the lines that end before it. A comment ``ends_line`` where nothing
    stood behind it on its line. ``closers`` counts the closing brackets right behind. Of an opening bracket, ``end`` is the
    index of its partner, ``width`` what both take on one line with all between them, and
    ``broken`` says that they cannot stand on one line, or that the author wants several.
    """

    kind: Kind
    text: str
    breaks: int
    joint: Joint = Joint.FREE
    end: int = -1
    width: int = 0
    broken: bool = False
    ends_line: bool = False
    closers: int = 0


_KINDS = {
    **dict.fromkeys(OPENERS, Kind.OPEN),
    **dict.fromkeys(CLOSERS, Kind.CLOSE),
    "QUOTE": Kind.QUOTE,
}

_QUOTATION = '"`«“‘„❝'

#: Where a sign begins and ends; no lexeme: a comment.
_Place = tuple[int, int, Lexeme | None]

_LAMBDAS = ("\\", "λ")
_REPEATING = ("+", "*", "%", "?")
_DIRECTIONS = ("-", "+", "-+", "+-")  # of a text to look for: (extract path -"/" -)


def signs_of(source: Source) -> list[Sign]:
    """Return the signs of a text that has no errors, comments among them.

    A super-bracket comes as the parentheses that it closes.
    """
    scan = scanner().scan(source)
    lexemes = balance(scan.lexemes, source, scan.unclosed).lexemes
    places: list[_Place] = [(x.start_pos, x.end_pos, x) for x in lexemes]
    places += [(c.span.start, c.span.end, None) for c in scan.comments]
    places.sort(key=lambda place: place[0])
    signs: list[Sign] = []
    braces: list[bool] = []  # of the open brackets: whether they are braces
    last_end = 0
    for start, end, lexeme in places:
        breaks = source.text.count("\n", last_end, start)
        if lexeme is None:
            sign = Sign(Kind.COMMENT, source.text[start:end].rstrip(), breaks)
        else:
            sign = Sign(_KINDS.get(lexeme.type, Kind.ATOM), lexeme.text, breaks)
        if signs:
            in_braces = bool(braces) and braces[-1]
            sign.joint = _joint(signs[-1], sign, start == last_end, in_braces)
            signs[-1].ends_line = signs[-1].kind is Kind.COMMENT and breaks > 0
        if sign.kind is Kind.OPEN:
            braces.append(sign.text.endswith("{"))
        elif sign.kind is Kind.CLOSE:
            braces.pop()
        signs.append(sign)
        last_end = max(end, last_end)
    if signs:
        signs[-1].ends_line = signs[-1].kind is Kind.COMMENT
    _measure(signs)
    return signs


def _joint(before: Sign, sign: Sign, adjacent: bool, in_braces: bool) -> Joint:
    if Kind.COMMENT in (before.kind, sign.kind):
        return Joint.FREE
    if before.kind is Kind.QUOTE or sign.kind is Kind.CLOSE:
        return Joint.GLUED
    if sign.text == ":" and (in_braces or adjacent):
        return Joint.GLUED
    if before.text == ":" and (in_braces or adjacent):
        return Joint.GLUED if adjacent else Joint.SPACED
    is_lambda = before.text in _LAMBDAS and sign.kind is Kind.OPEN
    is_repeated = before.kind is Kind.CLOSE and sign.text in _REPEATING
    is_signed = before.text in _DIRECTIONS and sign.text[0] in '"`'
    glued = adjacent and (is_lambda or is_repeated or is_signed)
    return Joint.GLUED if glued else Joint.FREE


def _measure(signs: list[Sign]) -> None:
    """Find the partners of brackets, how wide they are on one line, and which cannot be."""
    opened: list[tuple[int, int]] = []  # index, and place on an endless line
    place = 0
    for index, sign in enumerate(signs):
        behind_bracket = index > 0 and signs[index - 1].kind is Kind.OPEN
        free = sign.joint is Joint.FREE and not behind_bracket
        begins_line = sign.breaks and (free or behind_bracket and hangs(signs, index))
        if sign.kind is Kind.COMMENT or "\n" in sign.text or begins_line:
            _mark_broken(signs, opened)
        place += len(sign.text) + (free or sign.joint is Joint.SPACED)
        if sign.kind is Kind.OPEN:
            opened.append((index, place - len(sign.text)))
        elif sign.kind is Kind.CLOSE:
            start, start_place = opened.pop()
            signs[start].end = index
            signs[start].width = place - start_place
    for sign, following in zip(signs[-2::-1], signs[:0:-1], strict=True):
        if following.kind is Kind.CLOSE:
            sign.closers = following.closers + 1


def _mark_broken(signs: list[Sign], opened: list[tuple[int, int]]) -> None:
    """Note that a line ends inside all open brackets."""
    for index, _ in reversed(opened):
        if signs[index].broken:
            return  # and so are those around it
        signs[index].broken = True


def hangs(signs: Sequence[Sign], index: int) -> bool:
    """Tell whether a sign that its author put on the line after its bracket stays there: in
    data it does, the name of a call does not."""
    bracket, sign = signs[index - 1], signs[index]
    if sign.kind is Kind.CLOSE:
        return False
    return bool(sign.breaks) and (bracket.text != "(" or not is_name(sign))


def is_name(sign: Sign) -> bool:
    """Tell whether a sign can be the name of what a form calls."""
    first = sign.text[0]
    return sign.kind is Kind.ATOM and not first.isdigit() and first not in _QUOTATION
