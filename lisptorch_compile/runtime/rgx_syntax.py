"""LispE's notation for expressions, read and rewritten for Python's ``re``.

``%d`` and its kin are classes of characters, ``?`` is any, ``~`` negates, ``(…)`` is
optional, ``[…]`` a sequence, ``{…}`` a choice; ``+`` and ``*`` repeat. Regular expressions
and the rules of tokenizers share this much and differ in details (``ExpressionReader``
here, ``RuleReader`` in ``lexers``).
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from lisptorch_compile.runtime.characters import PICTURES


class NotationError(ValueError):
    """A mistake in an expression: what is wrong, and at which of its characters."""

    def __init__(self, problem: str, position: int) -> None:
        super().__init__(problem)
        self.position = position


# --- classes of characters ----------------------------------------------------------------

#: Where letters and signs that have a case or punctuate are looked for.
_SCRIPTS = (*range(0x3100), *range(0xFE00, 0x10000))


@cache
def _members(belongs: Callable[[str], bool]) -> str:
    """Return the characters that pass a test, as the inside of a set of ``re``.

    >>> _members(lambda c: c in "abcx")
    'a-cx'
    """
    found = [code for code in _SCRIPTS if belongs(chr(code))]
    starts = [
        code for i, code in enumerate(found) if i == 0 or found[i - 1] != code - 1
    ]
    ends = [
        code
        for i, code in enumerate(found)
        if i + 1 == len(found) or found[i + 1] != code + 1
    ]
    return "".join(_range(chr(a), chr(b)) for a, b in zip(starts, ends, strict=True))


def _range(first: str, last: str) -> str:
    if first == last:
        return re.escape(first)
    return f"{re.escape(first)}-{re.escape(last)}"


def _punctuates(character: str) -> bool:
    return character in string.punctuation or unicodedata.category(character)[0] == "P"


#: What stands for a class inside a set; those that Unicode lists are computed when used.
_CLASSES: dict[str, str | Callable[[str], bool]] = {
    "C": str.isupper,
    "c": str.islower,
    "p": _punctuates,
    "d": "0-9",
    "x": "0-9A-Fa-f",
    "s": "\\t \xa0",
    "S": "\\x00-\\x20\xa0",
    "r": "\\n\\r",
    "n": "\xa0",
    "h": "\u0370-\u03ff\u1f00-\u1fff",  # Greek
    # Chinese, Japanese, Korean
    "H": "\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af",
    "e": PICTURES,
    "E": "\u200d\ufe0f\u20e3\U0001f3fb-\U0001f3ff",  # what varies or joins pictures
}

#: Letters and ``_``: ``re`` has no name for them that could stand inside a set.
_LETTER = r"[^\W\d]"


# --- pieces ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Piece:
    """One part of an expression.

    ``pattern`` is it in Python's notation without its ``repetition``, ``members`` the same
    inside a set, None unless it is one character. ``tried_first``: a repetition before it
    ends as soon as this fits.
    """

    pattern: str
    members: str | None = None
    repetition: str = ""
    tried_first: bool = True
    is_open: bool = False  # any character fits, or any but some

    @property
    def text(self) -> str:
        return self.pattern + self.repetition


ANY = Piece(".", is_open=True)


def one_of(members: str) -> Piece:
    """Return the piece for one character out of a set."""
    return Piece(f"[{members}]", members)


def one(character: str) -> Piece:
    """Return the piece for a character itself."""
    return Piece(re.escape(character), re.escape(character))


def class_of(name: str) -> Piece | None:
    """Return the piece for the class ``%name``, None if there is none."""
    if name == "a":
        return Piece(_LETTER)
    members = _CLASSES.get(name)
    if members is None:
        return None
    return one_of(members if isinstance(members, str) else _members(members))


def choice(pieces: list[Piece]) -> Piece:
    """Return the piece for one out of several: a set as far as they are characters.

    >>> choice([one("a"), one_of("0-9")]).pattern, choice([one("a"), Piece("bc")]).pattern
    ('[a0-9]', '(?:bc|[a])')
    """
    members = "".join([p.members for p in pieces if p.members and not p.repetition])
    longer = [p.text for p in pieces if not p.members or p.repetition]
    if not longer:
        return one_of(members)
    return Piece(f"(?:{'|'.join([*longer, f'[{members}]'] if members else longer)})")


def negation(piece: Piece) -> Piece:
    """Return the piece for any character at which ``piece`` does not fit.

    >>> negation(one_of("0-9")).pattern, negation(Piece("ab")).pattern
    ('[^0-9]', '(?:(?!ab).)')
    """
    if piece.members is not None:
        return Piece(f"[^{piece.members}]", is_open=True)
    return Piece(f"(?:(?!{piece.pattern}).)", is_open=True)


@cache
def _share_a_character(pattern: str, other: str) -> bool:
    """Tell whether two patterns may begin with the same character, as far as common
    characters show; those of more than one character are taken to."""
    fits = [re.compile(p, re.DOTALL).fullmatch for p in (pattern, other)]
    samples = [chr(code) for code in range(9, 0x250)]
    found = [{c for c in samples if fit(c)} for fit in fits]
    return not all(found) or bool(found[0] & found[1])


def meets(piece: Piece, following: Piece) -> bool:
    """Tell whether ``following``, where it fits, ends the repetition of ``piece``.

    >>> meets(ANY, one("a")), meets(one_of("0-9"), one("a"))
    (True, False)
    """
    return following.tried_first and _share_a_character(
        piece.pattern, following.pattern
    )


# --- readers ----------------------------------------------------------------------------------

_CLOSING = {"(": ")", "[": "]", "{": "}"}


class NotationReader:
    """Reads an expression from left to right; ``single`` takes what stands alone.

    >>> ExpressionReader("%d+a").pattern(), ExpressionReader("?*a").pattern()
    ('[0-9]+a', '.*?a')
    """

    def __init__(self, source: str) -> None:
        self.source = source
        self.position = 0

    def pattern(self) -> str:
        """Return the whole expression in Python's notation."""
        pieces = []
        while self.position < len(self.source):
            pieces.append(self._piece())
        if not pieces:
            raise self.problem("it is empty", 0)
        return self.joined(pieces)

    def ends_early(self, piece: Piece, following: Piece) -> bool:
        """Tell whether a repetition takes as little as it can before what follows it."""
        return meets(piece, following)

    def joined(self, pieces: list[Piece]) -> str:
        """Return pieces in a row in Python's notation."""
        texts = [piece.text for piece in pieces]
        for i, (piece, following) in enumerate(pairwise(pieces)):
            if piece.repetition and self.ends_early(piece, following):
                texts[i] += "?"
        return "".join(texts)

    def peek(self, offset: int = 0) -> str:
        """Return a character ahead, an empty text beyond the end."""
        place = self.position + offset
        return self.source[place : place + 1]

    def take(self) -> str:
        """Return the next character and go past it."""
        character = self.peek()
        self.position += 1
        return character

    def problem(self, text: str, position: int) -> NotationError:
        """Return the error for a place of the expression."""
        return NotationError(text, position)

    def single(self) -> Piece:
        """Return the piece for a character, a class or an escape, without repetition."""
        raise NotImplementedError

    def choices(self) -> list[Piece]:
        """Return what one entry of ``{…}`` stands for."""
        return [self._piece()]

    def repeated(self, piece: Piece) -> Piece:
        """Return ``piece`` with the repetition that follows, if one does."""
        if self.peek() in ("+", "*"):
            sign = self.take()
            return replace(piece, repetition=sign, tried_first=False)
        return piece

    def _piece(self) -> Piece:
        start = self.position
        match self.peek():
            case "(":
                inner = self.joined(self._inside(self._piece_alone))
                return Piece(f"(?:{inner})?", tried_first=False)
            case "[":
                inner = self.joined(self._inside(self._piece_alone))
                group = Piece(f"(?:{inner})", tried_first=False)
                return self.repeated(group)
            case "{":
                return self._choice()
            case ")" | "]" | "}" as sign:
                raise self.problem(f"'{sign}' closes nothing", start)
            case "~":
                return self._negated()
            case _:
                return self.repeated(self.single())

    def _piece_alone(self) -> list[Piece]:
        return [self._piece()]

    def _choice(self) -> Piece:
        found = choice(self._inside(self.choices))
        # It is tried first even when it is repeated.
        return replace(self.repeated(found), tried_first=True)

    def _negated(self) -> Piece:
        start = self.position
        self.take()
        if self.peek() in ("", "(", "[", "~", ")", "]", "}"):
            raise self.problem(
                "'~' wants a character, a class or a choice {…} behind it", start
            )
        if self.peek() == "{":
            return self.repeated(negation(choice(self._inside(self.choices))))
        return self.repeated(negation(self.single()))

    def _inside(self, entries: Callable[[], list[Piece]]) -> list[Piece]:
        """Return what stands between a bracket and the one that closes it."""
        start = self.position
        opening = self.take()
        pieces: list[Piece] = []
        while self.peek() != _CLOSING[opening]:
            if not self.peek():
                raise self.problem(f"'{opening}' is never closed", start)
            pieces += entries()
        self.take()
        if not pieces:
            raise self.problem(f"nothing stands inside '{opening}'", start)
        return pieces


class ExpressionReader(NotationReader):
    r"""Reads the expressions of ``rgx``: with escapes, anchors and ranges ``{a-z}``.

    >>> ExpressionReader("%d+{ab}(x)").pattern()
    '[0-9]+[ab](?:x)?'
    """

    def __init__(self, source: str) -> None:
        super().__init__(source)
        self._skip_line_breaks()

    def take(self) -> str:
        character = super().take()
        self._skip_line_breaks()
        return character

    def _skip_line_breaks(self) -> None:
        while self.peek() in ("\n", "\r"):
            self.position += 1

    def single(self) -> Piece:
        start = self.position
        match self.take():
            case "\\":
                return self._escaped(start)
            case "%" if self.peek():
                name = self.take()
                return class_of(name) or one(name)
            case "?":
                return ANY
            case "^" if self.peek() not in ("+", "*"):
                return Piece(r"\A", tried_first=False)
            case "$" if self.peek() not in ("+", "*"):
                return Piece(r"\Z", tried_first=False)
            case character:
                return one(character)

    def choices(self) -> list[Piece]:
        if self.peek(1) == "-" and self.peek(2) not in ("", "}") and self._is_plain():
            first, _, last = self.take(), self.take(), self.take()
            if last < first:
                raise self.problem(f"the range {first}-{last} is empty", self.position)
            return [one_of(_range(first, last))]
        if self.peek() in ("+", "*", "^", "$"):
            return [self.repeated(one(self.take()))]
        return super().choices()

    def _is_plain(self) -> bool:
        return self.peek() not in r"\%?~([{"

    def _escaped(self, start: int) -> Piece:
        if not self.peek():
            raise self.problem("nothing stands behind the last '\\'", start)
        for form, base, skipped in ((r"\d{3}", 10, 0), (r"x[0-9A-Fa-f]{4}", 16, 1)):
            code = re.compile(form).match(self.source, self.position)
            if code is not None:
                self.position = code.end()
                return one(chr(int(code[0][skipped:], base)))
        return one(self.take())
