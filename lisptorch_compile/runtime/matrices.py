"""Matrices as lists of typed rows: making them, taking rows and columns, linear equations."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from lisptorch_compile.runtime.apl import rho
from lisptorch_compile.runtime.arithmetic import is_list
from lisptorch_compile.runtime.containers import typed_by_first
from lisptorch_compile.runtime.errors import LispError
from lisptorch_compile.runtime.values import (
    Floats,
    Integers,
    List,
    Numbers,
    Shorts,
    Strings,
)

Rows = list[list[float]]
Vector = Callable[[Iterable[Any]], Any]


# --- construction -------------------------------------------------------------------------


def integer_matrix(*description: Any) -> Any:
    """Return a matrix of integers, described by its rows or by its sizes and a value."""
    return _made(Integers, description)


def short_matrix(*description: Any) -> Any:
    """Return a matrix of 16-bit integers."""
    return _made(Shorts, description)


def number_matrix(*description: Any) -> Any:
    """Return a matrix of double precision numbers."""
    return _made(Numbers, description)


def float_matrix(*description: Any) -> Any:
    """Return a matrix of single precision numbers."""
    return _made(Floats, description)


def text_matrix(*description: Any) -> Any:
    """Return a matrix of texts."""
    return _made(Strings, description)


def _made(vector: Vector, description: tuple[Any, ...]) -> Any:
    """Return the matrix of rows, or of sizes with an optional value that fills it."""
    if is_list(description[0]):
        return _typed(vector, description[0])
    # The third of three numbers fills a matrix; sizes alone give zeros or empty texts.
    *sizes, value = description if len(description) == 3 else (*description, 0)
    empty = "" if vector is Strings and value == 0 else value
    return _typed(vector, rho(*sizes, empty))


def tensor(kind: str, *description: Any) -> Any:
    """Return nested rows of a kind (``integer`` …) by nested lists or by all sizes."""
    vector = _VECTORS[kind]
    if is_list(description[0]):
        return _typed(vector, description[0])
    return _typed(vector, rho(*description, "" if vector is Strings else 0))


_VECTORS: dict[str, Vector] = {
    "integer": Integers,
    "short": Shorts,
    "number": Numbers,
    "float": Floats,
    "string": Strings,
}


def to_tensor(value: Any, size: int | None = None) -> Any:
    """Return nested lists with typed rows; with a size, rows of that size.

    >>> to_tensor([[1, 2], [3, 4]]), to_tensor([1, 2, 3, 4], 2)
    (List([Integers([1, 2]), Integers([3, 4])]), List([Integers([1, 2]), Integers([3, 4])]))
    """
    if size is not None:
        items = list(value)
        starts = range(0, len(items), int(size))
        value = [items[start : start + int(size)] for start in starts]
    if any(is_list(row) for row in value):
        return List([to_tensor(row) for row in value])
    return typed_by_first(list(value))


def _typed(vector: Vector, rows: Any) -> Any:
    if any(is_list(row) for row in rows):
        return List([_typed(vector, row) for row in rows])
    return vector(rows)


# --- parts --------------------------------------------------------------------------------


def rank(matrix: Any, *indexes: int) -> Any:
    """Return what stands at an index of each axis in turn; -1 takes all of an axis.

    >>> rank([[1, 2], [3, 4]], -1, 0)
    List([1, 3])
    """
    if not indexes:
        return matrix
    index, *inner = indexes
    if index == -1:
        return List([rank(row, *inner) for row in matrix])
    if not 0 <= index < len(matrix):
        raise LispError("Error: index out of bounds")
    return rank(matrix[index], *inner)


# --- linear equations ---------------------------------------------------------------------


def determinant(matrix: Any) -> float:
    """Return the determinant of a square matrix.

    >>> determinant([[1, 2], [3, 4]])
    -2.0
    """
    rows = _square(matrix)
    result = 1.0
    for column in range(len(rows)):
        pivot = _pivot(rows, column)
        if rows[pivot][column] == 0:
            return 0.0
        if pivot != column:
            rows[pivot], rows[column] = rows[column], rows[pivot]
            result = -result
        result *= rows[column][column]
        for row in rows[column + 1 :]:
            _subtract(row, rows[column], row[column] / rows[column][column])
    return result


def invert(matrix: Any, right: Any = None) -> Any:
    """Return the inverse of a square matrix; with a right side, the solution.

    >>> invert([[2, 0], [0, 4]])
    List([Numbers([0.5, 0.0]), Numbers([0.0, 0.25])])
    """
    if right is not None:
        return solve(matrix, right)
    size = len(matrix)
    identity = [[float(i == j) for j in range(size)] for i in range(size)]
    return List([Numbers(row) for row in _solved(matrix, identity)])


def solve(matrix: Any, right: Any) -> Any:
    """Return the vector (or matrix) that ``matrix`` maps to ``right``.

    >>> solve([[2, 0], [0, 4]], [2, 2])
    Numbers([1.0, 0.5])
    """
    if right and is_list(right[0]):
        sides = [[float(value) for value in row] for row in right]
        return List([Numbers(row) for row in _solved(matrix, sides)])
    return Numbers([row[0] for row in _solved(matrix, [[float(v)] for v in right])])


def _solved(matrix: Any, right: Rows) -> Rows:
    """Return the right side after Gauss-Jordan elimination with partial pivoting."""
    rows = [row + side for row, side in zip(_square(matrix), right, strict=True)]
    size = len(rows)
    for column in range(size):
        pivot = _pivot(rows, column)
        if rows[pivot][column] == 0:
            raise LispError("Error: the matrix is singular")
        rows[pivot], rows[column] = rows[column], rows[pivot]
        scale = rows[column][column]
        rows[column] = [value / scale for value in rows[column]]
        for index, row in enumerate(rows):
            if index != column:
                _subtract(row, rows[column], row[column])
    return [row[size:] for row in rows]


def _square(matrix: Any) -> Rows:
    rows = [[float(value) for value in row] for row in matrix]
    if any(len(row) != len(rows) for row in rows):
        raise LispError("Error: expecting a square matrix")
    return rows


def _pivot(rows: Rows, column: int) -> int:
    """Return the row from ``column`` on with the largest element there."""
    return max(range(column, len(rows)), key=lambda index: abs(rows[index][column]))


def _subtract(row: list[float], other: list[float], factor: float) -> None:
    """Subtract a multiple of another row, in place."""
    row[:] = [a - factor * b for a, b in zip(row, other, strict=True)]
