"""Regular expressions: ``rgx`` in LispE's own notation, ``prgx`` in that of ECMAScript."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from lisptorch_compile.runtime.containers import texts
from lisptorch_compile.runtime.conversions import to_integer, to_text
from lisptorch_compile.runtime.errors import LispError
from lisptorch_compile.runtime.prgx_syntax import filled, translated
from lisptorch_compile.runtime.rgx_syntax import ExpressionReader, NotationError
from lisptorch_compile.runtime.values import Integers, Strings


class RegularExpression:
    """A compiled expression; it prints as it was written."""

    __slots__ = ("pattern", "source")
    lisp_type: str

    def __init__(self, source: str) -> None:
        self.source = source
        self.pattern = re.compile(self.python_pattern(), re.DOTALL)

    def python_pattern(self) -> str:
        """Return the expression in the notation of ``re``."""
        raise NotImplementedError

    def matches(self, content: str, start: int = 0) -> Iterator[re.Match[str]]:
        """Return the matches from a position on, one after the other."""
        return self.pattern.finditer(content, start)

    def replaced(self, content: str, replacement: str) -> str:
        """Return a text with the matches replaced."""
        raise NotImplementedError

    def __str__(self) -> str:
        return self.source


class LispExpression(RegularExpression):
    """An expression in LispE's notation. A match is never empty."""

    __slots__ = ()
    lisp_type = "rgx_"

    def python_pattern(self) -> str:
        return ExpressionReader(self.source).pattern()

    def matches(self, content: str, start: int = 0) -> Iterator[re.Match[str]]:
        return (found for found in super().matches(content, start) if found[0])

    def replaced(self, content: str, replacement: str) -> str:
        """Return a text with the matches replaced; empty, as in LispE, if none is there."""
        pieces, end = [], 0
        for found in self.matches(content):
            pieces += [content[end : found.start()], replacement]
            end = found.end()
        return "".join([*pieces, content[end:]]) if pieces else ""


class PosixExpression(RegularExpression):
    """An expression in ECMAScript's notation."""

    __slots__ = ()
    lisp_type = "prgx_"

    def python_pattern(self) -> str:
        return translated(self.source)

    def replaced(self, content: str, replacement: str) -> str:
        """Return a text with the matches replaced; ``$1`` names a group."""
        return self.pattern.sub(lambda found: filled(replacement, found), content)


# --- making expressions -------------------------------------------------------------------


def rgx(source: object) -> LispExpression:
    """Return the expression that is written in LispE's notation.

    >>> find(rgx("%d+%C"), "a: 123A")
    '123A'

    Raises:
        LispError: the expression is wrong; the message says where.
    """
    return _lisp_expression(to_text(source))


def prgx(source: object) -> PosixExpression:
    r"""Return the expression that is written in ECMAScript's notation.

    >>> list(find_all(prgx(r"\w+"), "ab c1"))
    ['ab', 'c1']

    Raises:
        LispError: the expression is wrong; the message says where.
    """
    return _posix_expression(to_text(source))


@cache
def _lisp_expression(source: str) -> LispExpression:
    try:
        return LispExpression(source)
    except NotationError as error:
        raise _unrecognized(source, str(error), error.position) from error


@cache
def _posix_expression(source: str) -> PosixExpression:
    try:
        return PosixExpression(source)
    except re.error as error:
        raise _unrecognized(source, error.msg, error.pos or 0) from error


def _unrecognized(source: str, problem: str, position: int) -> LispError:
    return LispError(
        f"Error: Unrecognized regular expression: '{source}': {problem}, "
        f"at character {position}"
    )


def _expression(value: object) -> RegularExpression:
    if not isinstance(value, RegularExpression):
        raise LispError("Error: the first element must be a regular expression")
    return value


# --- using them -----------------------------------------------------------------------------


def matches(expression: object, text: object) -> bool:
    """Tell whether an expression fits a whole text."""
    return _expression(expression).pattern.fullmatch(to_text(text)) is not None


def find(expression: object, text: object, start: object = 0) -> str:
    """Return the first part of a text that fits, an empty text if there is none."""
    found = _first(expression, text, start)
    return found[0] if found is not None else ""


def find_all(expression: object, text: object, start: object = 0) -> Strings:
    """Return all parts of a text that fit."""
    return texts([found[0] for found in _all(expression, text, start)])


def find_bounds(expression: object, text: object, start: object = 0) -> Integers:
    """Return where the first part that fits starts and ends, nothing if there is none.

    >>> list(find_bounds(rgx("%d+"), "ab12c"))
    [2, 4]
    """
    found = _first(expression, text, start)
    return Integers(found.span() if found is not None else ())


def find_all_bounds(expression: object, text: object, start: object = 0) -> Integers:
    """Return the starts and ends of all parts that fit, one after the other.

    >>> list(find_all_bounds(rgx("%d"), "1b2"))
    [0, 1, 2, 3]
    """
    bounds = [found.span() for found in _all(expression, text, start)]
    return Integers([position for span in bounds for position in span])


def replace(expression: object, text: object, replacement: object) -> str:
    """Return a text with all parts that fit replaced."""
    return _expression(expression).replaced(to_text(text), to_text(replacement))


def split(expression: object, text: object) -> Strings:
    """Return the parts between those that fit; nothing if none does.

    >>> list(split(prgx(",+"), "a,,b"))
    ['a', 'b']
    """
    content = to_text(text)
    pieces, end = [], 0
    for found in _expression(expression).matches(content):
        pieces.append(content[end : found.start()])
        end = found.end()
    if pieces and end < len(content):
        pieces.append(content[end:])
    return texts(pieces)


def _all(expression: object, text: object, start: object) -> Iterator[re.Match[str]]:
    begin = max(0, to_integer(start))
    return _expression(expression).matches(to_text(text), begin)


def _first(expression: object, text: object, start: object) -> re.Match[str] | None:
    return next(_all(expression, text, start), None)
