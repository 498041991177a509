"""Leaves: the tokens of generated Python, with what the layout must know of them."""

from __future__ import annotations

from enum import IntEnum
from typing import Final


class Kind(IntEnum):
    """What a leaf is to the layout. A closing bracket is its opening one plus three."""

    ROUND_OPEN = 1
    SQUARE_OPEN = 2
    CURLY_OPEN = 3
    ROUND_CLOSE = 4
    SQUARE_CLOSE = 5
    CURLY_CLOSE = 6
    COMMA = 7
    DOT = 8
    COLON = 9
    EQUAL = 10
    NAME = 11  # identifiers and keywords
    NUMBER = 12
    STRING = 13
    OPERATOR = 14


class Role(IntEnum):
    """What a bracket belongs to."""

    NONE = 0
    ATOM = 1  # displays, parenthesised expressions, optional parentheses
    TRAILER = 2  # of a call or subscript
    IMPORT = 3
    CASE = 4  # optional parentheses around a pattern


# How strongly a line wants to break at a leaf; the highest on the line wins.
NO_BREAK: Final = 0
DOT_BREAK: Final = 1
COMPARE_BREAK: Final = 10
LOGICAL_BREAK: Final = 14
CONDITIONAL_BREAK: Final = 16
COMMA_BREAK: Final = 18
CLAUSE_BREAK: Final = 20
BINARY_BREAK: Final[dict[str, int]] = {
    "|": 9,
    "^": 8,
    "&": 7,
    "<<": 6,
    ">>": 6,
    "+": 5,
    "-": 5,
    "*": 4,
    "/": 4,
    "//": 4,
    "%": 4,
    "@": 4,
    "**": 2,
}


class Leaf:
    """One token: its text, the space before it and where a line may break at it.

    ``opening`` is a closing bracket's partner and ``depth`` the number of brackets
    around the leaf, both as last seen by the layout. An invisible parenthesis has an
    empty text; once visible, a ``lasting`` one is no longer optional to black.
    """

    __slots__ = (
        "depth",
        "kind",
        "lasting",
        "opening",
        "optional",
        "priority",
        "role",
        "space",
        "text",
    )

    def __init__(
        self,
        text: str,
        space: str,
        kind: Kind,
        priority: int = NO_BREAK,
        role: Role = Role.NONE,
    ) -> None:
        self.text = text
        self.space = space
        self.kind = kind
        self.priority = priority
        self.role = role
        self.optional = False
        self.lasting = False
        self.opening: Leaf | None = None
        self.depth = 0

    def copy(self) -> Leaf:
        leaf = Leaf(self.text, self.space, self.kind, self.priority, self.role)
        leaf.optional, leaf.lasting = self.optional, self.lasting
        return leaf
