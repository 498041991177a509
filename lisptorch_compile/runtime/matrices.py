"""Matrices as lists of typed rows: making them, taking rows and columns, linear equations."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from lisptorch_compile.runtime.apl import rho
from lisptorch_compile.runtime.arithmetic import is_list
from lisptorch_compile.runtime.containers import typed_by_first
from lisptorch_compile.runtime.conversions import to_integer
from lisptorch_compile.runtime.errors import LispError
from lisptorch_compile.runtime.kinds import is_number
from lisptorch_compile.runtime.values import (
    ByteStrings,
    Floats,
    Integers,
    List,
    Matrix,
    Numbers,
    Shorts,
    Strings,
)

Rows = list[list[float]]
Vector = Callable[[Iterable[Any]], Any]

_SINGULAR = "Error: the matrix is singular"


# --- construction -------------------------------------------------------------------------


_VECTORS: dict[str, Vector] = {
    "integer": Integers,
    "short": Shorts,
    "number": Numbers,
    "float": Floats,
    "string": Strings,
    "stringbyte": ByteStrings,
}


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


def byte_matrix(*description: Any) -> Any:
    """Return a matrix of byte strings."""
    return _made(ByteStrings, description)


def _made(vector: Vector, description: tuple[Any, ...]) -> Any:
    """Return the matrix of rows, or of sizes with an optional value that fills it."""
    if is_list(description[0]):
        return _typed(vector, description[0])
    # The third of three numbers fills a matrix; sizes alone give zeros or empty texts.
    *sizes, value = description if len(description) == 3 else (*description, None)
    return _typed(vector, rho(*sizes, _nothing(vector) if value is None else value))


def tensor(kind: str, *description: Any) -> Any:
    """Return nested rows of a kind (``integer`` …) by nested lists or by all sizes."""
    vector = _VECTORS[kind]
    if is_list(description[0]):
        return _typed(vector, description[0])
    return _typed(vector, rho(*description, _nothing(vector)))


def _nothing(vector: Vector) -> Any:
    return "" if vector in (Strings, ByteStrings) else 0


def to_tensor(value: Any, size: int | None = None) -> Any:
    """Return nested lists with typed rows; with a size, rows of that size.

    >>> to_tensor([[1, 2], [3, 4]]), to_tensor([1, 2, 3, 4], 2)
    (Matrix([Integers([1, 2]), Integers([3, 4])]), Matrix([Integers([1, 2]), Integers([3, 4])]))
    """
    if size is not None:
        items = list(value)
        starts = range(0, len(items), int(size))
        value = [items[start : start + int(size)] for start in starts]
    if any(is_list(row) for row in value):
        sizes = {len(row) if is_list(row) else None for row in value}
        kind = Matrix if len(sizes) == 1 else List
        return kind([to_tensor(row) for row in value])
    return typed_by_first(list(value))


def _typed(vector: Vector, rows: Any) -> Any:
    if any(is_list(row) for row in rows):
        return Matrix([_typed(vector, row) for row in rows])
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


def rank_loop(matrix: Any, *indexes: Any) -> list[Any]:
    """Return what ``rank`` gives with each index of the axis behind ``indexes``.

    >>> rank_loop([[1, 2], [3, 4]], -1)
    [List([1, 3]), List([2, 4])]

    Raises:
        LispError: there are more indexes than axes.
    """
    steps = [to_integer(i) if is_number(i) else -1 for i in indexes]
    shape = list(rho(matrix))
    if len(steps) > len(shape):
        raise LispError("Error: cannot loop with 'irank' with these indexes")
    while len(steps) > 1 and steps[-1] < 0:
        steps.pop()
    if len(steps) == len(shape):
        return [rank(matrix, *steps)]
    return [rank(matrix, *steps, index) for index in range(shape[len(steps)])]


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
    Matrix([Numbers([0.5, 0.0]), Numbers([0.0, 0.25])])
    """
    if right is not None:
        return solve(matrix, right)
    size = len(matrix)
    identity = [[float(i == j) for j in range(size)] for i in range(size)]
    return Matrix([Numbers(row) for row in _solved(matrix, identity)])


def solve(matrix: Any, right: Any) -> Any:
    """Return the vector (or matrix) that ``matrix`` maps to ``right``.

    >>> solve([[2, 0], [0, 4]], [2, 2])
    Numbers([1.0, 0.5])
    """
    if right and is_list(right[0]):
        sides = [[float(value) for value in row] for row in right]
        return Matrix([Numbers(row) for row in _solved(matrix, sides)])
    return Numbers([row[0] for row in _solved(matrix, [[float(v)] for v in right])])


def decompose(matrix: Any) -> Integers:
    """Put the LU decomposition of a square matrix in its place; how rows were exchanged.

    The lower triangle, whose diagonal is of ones, and the upper one share the matrix. The
    result says for each column with which row its own was exchanged.

    >>> m = Matrix([[1, 2], [3, 4]])
    >>> decompose(m), m
    (Integers([1, 1]), Matrix([Numbers([3.0, 4.0]), Numbers([0.3333333333333333, 0.6666666666666667])]))
    """
    rows = _square(matrix)
    exchanges = []
    for column in range(len(rows)):
        pivot = _pivot(rows, column)
        if rows[pivot][column] == 0:
            raise LispError(_SINGULAR)
        exchanges.append(pivot)
        rows[pivot], rows[column] = rows[column], rows[pivot]
        head = rows[column]
        for row in rows[column + 1 :]:
            factor = row[column] / head[column]
            tail = zip(row[column + 1 :], head[column + 1 :], strict=True)
            row[column:] = [factor, *(a - factor * b for a, b in tail)]
    matrix[:] = [Numbers(row) for row in rows]
    return Integers(exchanges)


def substitute(decomposed: Any, exchanges: Any, right: Any = None) -> Any:
    """Return the solution for a right side of what ``decompose`` took apart, else the
    inverse.

    >>> m = Matrix([[1, 2], [3, 4]])
    >>> substitute(m, decompose(m), [5, 11])
    Numbers([1.0, 2.0])
    """
    rows = _square(decomposed)
    if len(exchanges) != len(rows) or (right is not None and len(right) != len(rows)):
        raise LispError("Error: 'lubksb' wants lists of the size of the matrix")
    if right is not None:
        return Numbers(_substituted(rows, exchanges, [float(v) for v in right]))
    size = len(rows)
    columns = [
        _substituted(rows, exchanges, [float(i == j) for i in range(size)])
        for j in range(size)
    ]
    return Matrix([Numbers(row) for row in zip(*columns, strict=True)])


def _substituted(rows: Rows, exchanges: Any, values: list[float]) -> list[float]:
    """Solve for ``values``: exchange, go down the lower triangle, up the upper one."""
    for index, other in enumerate(exchanges):
        values[index], values[other] = values[other], values[index]
    for index, row in enumerate(rows):
        known = zip(row[:index], values[:index], strict=True)
        values[index] -= sum(a * b for a, b in known)
    for index in reversed(range(len(rows))):
        row = rows[index]
        known = zip(row[index + 1 :], values[index + 1 :], strict=True)
        values[index] = (values[index] - sum(a * b for a, b in known)) / row[index]
    return values


def _solved(matrix: Any, right: Rows) -> Rows:
    """Return the right side after Gauss-Jordan elimination with partial pivoting."""
    rows = [row + side for row, side in zip(_square(matrix), right, strict=True)]
    size = len(rows)
    for column in range(size):
        pivot = _pivot(rows, column)
        if rows[pivot][column] == 0:
            raise LispError(_SINGULAR)
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
