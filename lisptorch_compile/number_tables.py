"""Long lists of numbers as tables, in the rows in which the author wrote them.

Black would give each number a line of its own, so a statement with such a list stands
between ``# fmt: off`` and ``# fmt: on``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Final, TypeGuard

from lisptorch_compile.diagnostics import Source
from lisptorch_compile.lines import WIDTH
from lisptorch_compile.literals import literal_text
from lisptorch_compile.pytree import Expr, Literal

BEGIN: Final = "# fmt: off"
END: Final = "# fmt: on"
#: Rows are no wider, so that they fit at most depths.
_ROW_WIDTH = 72
_COMMA = ", "


def rows_of_numbers(items: Sequence[Expr], source: Source) -> list[str] | None:
    """Return the rows of a table; None where ``items`` fit on a line or are no numbers."""
    numbers = [item for item in items if _is_number(item)]
    texts = [literal_text(number.value) for number in numbers]
    if len(numbers) < len(items) or len(_COMMA.join(texts)) <= WIDTH:
        return None
    rows = _written_rows(numbers, texts, source)
    if len(rows) > 1 and all(len(row) <= _ROW_WIDTH for row in rows):
        return rows
    return list(_filled_rows(texts))


def _is_number(expr: Expr) -> TypeGuard[Literal]:
    return isinstance(expr, Literal) and type(expr.value) in (int, float)


def _written_rows(
    numbers: Sequence[Literal], texts: Sequence[str], source: Source
) -> list[str]:
    """Return the rows of the source; where all are equally long, in even columns."""
    lines = [source.position(number.span.start)[0] for number in numbers]
    pairs = groupby(zip(lines, texts, strict=True), key=itemgetter(0))
    rows = [[text for _, text in row] for _, row in pairs]
    if len({len(row) for row in rows}) == 1:
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        rows = [list(map(str.rjust, row, widths)) for row in rows]
    return [_COMMA.join(row) for row in rows]


def _filled_rows(texts: Sequence[str]) -> Iterator[str]:
    row = texts[0]
    for text in texts[1:]:
        longer = f"{row}{_COMMA}{text}"
        if len(longer) > _ROW_WIDTH:
            yield row
            row = text
        else:
            row = longer
    yield row
