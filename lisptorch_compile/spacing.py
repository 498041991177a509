"""Blank lines between the lines of a module, as black sets them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum, auto


class RowKind(Enum):
    """What blank lines depend on."""

    COMMENT = auto()
    DECORATOR = auto()
    DEF = auto()
    CLASS = auto()
    IMPORT = auto()
    DOCSTRING = auto()
    OTHER = auto()


@dataclass(slots=True, eq=False)
class Row:
    """A logical line: its physical lines, and the blank lines before and after it.

    ``before`` starts as what the source has: 1 where a paragraph begins.
    """

    kind: RowKind
    depth: int
    lines: list[str]
    before: int = 0
    after: int = field(default=0, init=False)

    @property
    def opens_block(self) -> bool:
        return self.kind is not RowKind.COMMENT and self.lines[-1].endswith(":")

    @property
    def defines(self) -> bool:
        return self.kind in (RowKind.DEF, RowKind.CLASS)


#: A clause that goes on after an indented definition starts with none of these.
_OPENERS = ("with ", "try:", "for ", "while ", "if ", "match ")


class _BlankLines:
    """Goes through the rows of a module once and settles their blank lines."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.definitions: list[Row] = []  # that the current row is in, or follows
        # first comment of those right above, with its position in the rows
        self.leading_comment: tuple[int, Row] | None = None

    def add(self, row: Row) -> None:
        previous = self.rows[-1] if self.rows else None
        before, row.after = self._blank_lines(row, previous)
        before = max(0, before - (previous.after if previous else 0))
        if len(self.rows) > 0 and self._follows_module_docstring(row):
            before = 1
        row.before = before
        self._note_comment(row, previous, before)
        self.rows.append(row)

    def _follows_module_docstring(self, row: Row) -> bool:
        return (
            len(self.rows) == 1
            and self.rows[0].kind is RowKind.DOCSTRING
            and not row.defines
        )

    def _note_comment(self, row: Row, previous: Row | None, before: int) -> None:
        if row.kind is RowKind.COMMENT:
            if previous is None or (
                previous.kind is not RowKind.DECORATOR
                and (previous.kind is not RowKind.COMMENT or before)
                and (self.leading_comment is None or before)
            ):
                self.leading_comment = (len(self.rows), row)
        elif row.kind is not RowKind.DECORATOR or before:
            self.leading_comment = None

    def _blank_lines(self, row: Row, previous: Row | None) -> tuple[int, int]:
        before, depth = row.before, row.depth
        definition = None
        while self.definitions and self.definitions[-1].depth >= depth:
            definition = self.definitions.pop()
        if row.defines:
            self.definitions.append(row)
        if previous is None:
            return 0, 0
        if row.kind is RowKind.DOCSTRING:
            if previous.kind is RowKind.CLASS:
                return 0, 1
            if previous.kind is RowKind.DEF:
                return 0, 0
        wished = before
        if definition is not None:
            goes_on = (
                definition.depth
                and row.opens_block
                and not row.lines[0].startswith(_OPENERS)
            )
            before = 1 if depth or goes_on else 2
        if row.defines or row.kind is RowKind.DECORATOR:
            return self._before_definition(row, previous, before, wished), 0
        after_import = (
            previous.kind is RowKind.IMPORT
            and row.kind is not RowKind.IMPORT
            and previous.depth == depth
        )
        if after_import:
            return (max(before, 1) if depth else 1), 0
        return before, 0

    def _before_definition(
        self, row: Row, previous: Row, before: int, wished: int
    ) -> int:
        if previous.kind is RowKind.DECORATOR:
            return 0
        if previous.depth < row.depth and previous.defines:
            return 1 if wished else 0
        lines = 1 if row.depth else 2
        if (
            previous.kind is not RowKind.COMMENT
            or previous.depth != row.depth
            or before != 0
        ):
            return lines
        # the lines go above the comment
        if self.leading_comment is None:
            return 0
        position, comment = self.leading_comment
        if position == 0 or comment.before > 1:
            return 0
        above = self.rows[position - 1]
        if above.kind is RowKind.CLASS or above.opens_block:
            return 0
        comment.before = max(comment.before, lines) - above.after
        return 0


def with_blank_lines(rows: Iterable[Row]) -> Iterator[str]:
    """Yield the physical lines of ``rows`` with blank lines between them."""
    spacing = _BlankLines()
    for row in rows:
        spacing.add(row)
    last = spacing.rows[-1:]
    for row in spacing.rows:
        yield from [""] * row.before
        yield from row.lines
        if row not in last:
            yield from [""] * row.after
