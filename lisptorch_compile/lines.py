"""Lines of leaves: how wide they are, how deep their brackets, where they may break."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

from lisptorch_compile.leaves import DOT_BREAK, NO_BREAK, Kind, Leaf, Role

WIDTH: Final = 88
INDENT: Final = "    "

OPENING = frozenset({Kind.ROUND_OPEN, Kind.SQUARE_OPEN, Kind.CURLY_OPEN})
CLOSING = frozenset({Kind.ROUND_CLOSE, Kind.SQUARE_CLOSE, Kind.CURLY_CLOSE})
BRACKETS = OPENING | CLOSING
_PARTNER = {kind: Kind(kind + 3) for kind in OPENING}


def text_width(text: str) -> int:
    """Return the columns that ``text`` takes: wide characters two, combining ones none.

    >>> text_width("λ = 1"), text_width("数 = 1")
    (5, 6)
    """
    return len(text) if text.isascii() else sum(map(_character_width, text))


def _character_width(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def flat_text(leaves: Iterable[Leaf]) -> str:
    return "".join([leaf.space + leaf.text for leaf in leaves])


class Line:
    """Leaves of one line, and where it may break outside brackets.

    ``inside`` tells that the line stands between brackets, so that it may break at its
    delimiters; ``explode`` that it must; ``magic`` that a bracket in it ends with a
    comma, so that it cannot stay on one line. The leaves in ``tight`` lose their space.
    """

    def __init__(self, depth: int, *, inside: bool) -> None:
        self.depth = depth
        self.inside = inside
        self.explode = False
        self.magic = False
        self.tight: frozenset[Leaf] = frozenset()
        self.leaves: list[Leaf] = []
        self.breaks: dict[Leaf, int] = {}  # after which leaf, how willingly
        self.invisible: list[Leaf] = []
        self._open: dict[tuple[int, Kind], Leaf] = {}
        self._commas: dict[int, int] = {}  # since the last bracket of each depth opened
        self._depth = 0
        self._previous: Leaf | None = None
        self._fors: list[int] = []
        self._lambdas: list[int] = []

    def append(self, leaf: Leaf, *, track: bool = True) -> None:
        if track:
            self._track(leaf)
            if leaf.kind in CLOSING and self._ends_with_magic_comma(leaf):
                self.magic = True
        self.leaves.append(leaf)

    def _ends_with_magic_comma(self, closing: Leaf) -> bool:
        if not self.leaves or self.leaves[-1].kind is not Kind.COMMA:
            return False
        match closing.kind:
            case Kind.CURLY_CLOSE:
                return True
            case Kind.SQUARE_CLOSE if closing.role is not Role.TRAILER:
                return True
            case Kind.ROUND_CLOSE if self.is_import:
                return True
            case _:
                commas = self._commas.get(closing.depth + 1, 0)
                return is_more_than_one_tuple(closing, commas)

    def _track(self, leaf: Leaf) -> None:
        kind = leaf.kind
        closing = kind in CLOSING
        if closing and self._depth == 0 and (0, kind) not in self._open:
            return  # its partner stands on an earlier line
        if kind is Kind.NAME or kind is Kind.COLON:
            self._leave_targets(leaf)
        if closing:
            self._depth -= 1
            leaf.opening = self._open.pop((self._depth, kind))
            if not leaf.text:
                self.invisible.append(leaf)
        leaf.depth = self._depth
        if self._depth == 0:
            self._note_break(leaf)
        elif kind is Kind.COMMA:
            self._commas[self._depth] = self._commas.get(self._depth, 0) + 1
        if kind in OPENING:
            self._open[self._depth, _PARTNER[kind]] = leaf
            self._depth += 1
            self._commas[self._depth] = 0
            if not leaf.text:
                self.invisible.append(leaf)
        elif kind is Kind.NAME:
            self._enter_targets(leaf)
        self._previous = leaf

    def _note_break(self, leaf: Leaf) -> None:
        previous = self._previous
        if leaf.kind is Kind.COMMA:
            if leaf.priority:
                self.breaks[leaf] = leaf.priority
        elif leaf.kind is Kind.DOT:
            # a chain breaks after calls and subscripts, not within dotted names
            if previous is not None and previous.kind in CLOSING:
                self.breaks[previous] = DOT_BREAK
        elif leaf.priority and previous is not None:
            self.breaks[previous] = leaf.priority

    def _enter_targets(self, leaf: Leaf) -> None:
        """Between ``for`` and ``in``, or ``lambda`` and ``:``, no comma separates."""
        if leaf.text == "for":
            self._depth += 1
            self._fors.append(self._depth)
        elif leaf.text == "lambda":
            self._depth += 1
            self._lambdas.append(self._depth)

    def _leave_targets(self, leaf: Leaf) -> None:
        if leaf.kind is Kind.NAME and leaf.text == "in":
            open_depths = self._fors
        elif leaf.kind is Kind.COLON:
            open_depths = self._lambdas
        else:
            return
        if open_depths and open_depths[-1] == self._depth:
            self._depth -= 1
            open_depths.pop()

    def text(self) -> str:
        first, *rest = self.leaves
        text = INDENT * self.depth + first.text
        if not self.tight:
            return text + flat_text(rest)
        return text + "".join(
            leaf.text if leaf in self.tight else leaf.space + leaf.text for leaf in rest
        )

    def lengths(self) -> Iterator[tuple[Leaf, int]]:
        for index, leaf in enumerate(self.leaves):
            yield leaf, len(leaf.text) + (len(leaf.space) if index else 0)

    def starts_with(self, *words: str) -> bool:
        return bool(self.leaves) and self.leaves[0].text in words

    @property
    def is_def(self) -> bool:
        return self.starts_with("def")

    @property
    def is_import(self) -> bool:
        return self.starts_with("import", "from")

    @property
    def is_chained_assignment(self) -> bool:
        # black counts the `=` of keyword arguments, too
        return sum(leaf.kind is Kind.EQUAL for leaf in self.leaves) > 1

    def highest_break(self, exclude: Leaf | None = None) -> int:
        return max(
            (value for leaf, value in self.breaks.items() if leaf is not exclude),
            default=NO_BREAK,
        )

    def count_breaks(self, priority: int) -> int:
        return sum(value == priority for value in self.breaks.values())


def fits(line: Line, width: int = WIDTH) -> bool:
    return text_width(line.text()) <= width


def is_more_than_one_tuple(closing: Leaf, commas: int) -> bool:
    """Tell whether the last of ``commas`` in some brackets is there for the layout.

    A one-tuple needs its only comma; an argument list does not.
    """
    argument_list = closing.kind is Kind.ROUND_CLOSE and closing.role in (
        Role.TRAILER,
        Role.NONE,
    )
    return commas > 1 or argument_list
