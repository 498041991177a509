"""Functions in the manner of APL: shapes, reductions, scans, products of tables.

Truth values among results are 1 and 0.
"""

from __future__ import annotations

import itertools
from array import array
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from lisptorch_compile.runtime import lispe_numbers, operators
from lisptorch_compile.runtime.containers import elements, like, typed_by_first
from lisptorch_compile.runtime.errors import LispError
from lisptorch_compile.runtime.lists import flatten
from lisptorch_compile.runtime.symbols import Symbol
from lisptorch_compile.runtime.values import Integers, LinkedList, List, Matrix

Function = Callable[[Any, Any], Any]

#: Reductions and scans ask these of neighbours, and do not go on with their answers.
_COMPARISONS = frozenset(
    getattr(module, name)
    for module in (operators, lispe_numbers)
    for name in ("equal", "equal_each", "unequal", "less", "less_equal")
    + ("greater", "greater_equal", "compare")
)

# --- shapes -------------------------------------------------------------------------------


def rho(value: Any, *sizes: Any) -> Any:
    """Return the shape of a list; with sizes and values, the values in that shape.

    The values are used over and over: ``rho(2, 2, [0])`` is a matrix of zeros.

    >>> rho(3, 3, [1, 2, 3, 4])
    Matrix([Integers([1, 2, 3]), Integers([4, 1, 2]), Integers([3, 4, 1])])
    """
    if not sizes:
        return Integers(_shape(value))
    *shape, source = (value, *sizes)
    values = list(flatten(source)) if _is_list(source) else [source]
    if not values:
        raise LispError("Error: no value to fill the shape with")
    return _shaped([int(length) for length in shape], itertools.cycle(values))


def _is_list(value: object) -> bool:
    return isinstance(value, list | array | LinkedList)


def _shape(value: Any) -> list[int]:
    shape = []
    while _is_list(value):
        shape.append(len(value))
        value = next(iter(value), None)
    return shape


def _shaped(shape: list[int], values: Iterator[Any]) -> Any:
    length, *inner = shape
    if not inner:
        return typed_by_first(list(itertools.islice(values, length)))
    return Matrix([_shaped(inner, values) for _ in range(length)])


def transpose(matrix: Any) -> List:
    """Return a matrix with rows and columns exchanged.

    >>> [list(row) for row in transpose([[1, 2], [3, 4], [5, 6]])]
    [[1, 3, 5], [2, 4, 6]]
    """
    if not matrix or not _is_list(matrix[0]):
        return Matrix([like(matrix, [item]) for item in elements(matrix)])
    return Matrix([like(matrix[0], column) for column in zip(*matrix, strict=True)])


def concatenate(left: Any, right: Any) -> Any:
    """Return two lists joined, matrices row by row; a value stands for a list of it.

    To each row of a matrix a value is added, or its element of a list.
    """
    if isinstance(left, Matrix) and not _is_list(right):
        right = [right] * len(left)
    if isinstance(left, Matrix) and len(left) != len(right):
        raise LispError("Error: Length error")
    if isinstance(left, Matrix):
        return Matrix([concatenate(*row) for row in zip(left, right, strict=True)])
    if _depth(left) > 1 and _depth(left) == _depth(right) and len(left) == len(right):
        pairs = zip(left, right, strict=True)
        return Matrix([concatenate(a, b) for a, b in pairs])
    first = left if _is_list(left) else [left]
    second = right if _is_list(right) else [right]
    return like(left, [*first, *second])


def _depth(value: Any) -> int:
    return len(_shape(value))


# --- reductions and scans -----------------------------------------------------------------


def reduce(function: Any, items: Any, width: int | None = None) -> Any:
    """Return the fold of a list from the left; a list of counts repeats the elements.

    A matrix is folded row by row, a list of lists column by column. A comparison is asked
    of all neighbours. With ``width``, each slice of so many elements is folded.

    >>> list(reduce([1, 0, 2], [1, 2, 3])), list(reduce(max, [1, 2, 3, 4, 5], 2))
    ([1, 3, 3], [2, 4, 5])
    """
    if width is not None:
        slices = _slices(items, range(0, len(items), width), width)
        return _row([reduce(function, part) for part in slices])
    if isinstance(items, Matrix):
        return _row([reduce(function, row) for row in items])
    if _is_table(items):
        return back_reduce(function, items)
    if _is_list(function):
        return _repeated(function, items, fill=False)
    return _fold(function, list(elements(items)))


def back_reduce(function: Any, items: Any, width: int | None = None) -> Any:
    """Return the fold of a list from its end; the last element is the first operand.

    Matrices and lists of lists are folded column by column.

    >>> back_reduce(lambda a, b: a - b, [1, 2, 3])
    0
    """
    if width is not None:
        slices = _slices(items, range(len(items) - width, -1, -width), width)
        return _row([back_reduce(function, part) for part in slices])
    if _is_table(items):
        return _row([back_reduce(function, column) for column in transpose(items)])
    if _is_list(function):
        return _repeated(function, items, fill=False)
    return _fold(function, list(elements(items))[::-1])


def _slices(items: Any, starts: range, width: int) -> list[Any]:
    return [items[start : start + width] for start in starts]


def _row(results: list[Any]) -> Any:
    """Return results as a matrix if they are lists, else as the list that they make."""
    return Matrix(results) if _is_table(results) else typed_by_first(results)


def _is_table(items: Any) -> bool:
    """Tell whether all elements of a list are lists of one length."""
    if not _is_list(items) or not items or not all(_is_list(row) for row in items):
        return False
    return len({len(row) for row in items}) == 1


def _compares(function: Function) -> bool:
    named = function.function if isinstance(function, Symbol) else function
    return named in _COMPARISONS


def _fold(function: Function, items: list[Any]) -> Any:
    if _compares(function) and len(items) > 1:
        return next((0 for holds in _compared(function, items) if holds != 1), 1)
    results = _accumulated(function, items)
    return results[-1] if results else None


def _accumulated(function: Function, items: list[Any]) -> list[Any]:
    return list(itertools.accumulate(items, lambda a, b: _number(function(a, b))))


def _compared(function: Function, items: list[Any]) -> list[Any]:
    """Return the answers of a comparison for all neighbours."""
    return [_number(function(a, b)) for a, b in itertools.pairwise(items)]


def _number(value: Any) -> Any:
    return int(value) if isinstance(value, bool) else value


def scan(function: Any, items: Any, width: int | None = None) -> Any:
    """Return the intermediate results of ``reduce``; a list of counts expands the elements.

    A count of 0 stands for a 0 in the result, any other repeats the next element. Of a
    comparison, the answers for all neighbours are returned.

    >>> list(scan([2, 0, 3], [45, 26]))
    [45, 45, 0, 26, 26, 26]
    """
    if width is not None:
        slices = _slices(items, range(0, len(items), width), width)
        return List([scan(function, part) for part in slices])
    if isinstance(items, Matrix):
        return Matrix([scan(function, row) for row in items])
    if _is_table(items):
        return back_scan(function, items)
    if _is_list(function):
        return _repeated(function, items, fill=True)
    return _scanned(function, list(elements(items)))


def back_scan(function: Any, items: Any, width: int | None = None) -> Any:
    """Return the intermediate results of ``back_reduce``, nil of an empty list.

    Matrices and lists of lists give one list for each column.
    """
    if width is not None:
        slices = _slices(items, range(len(items) - width, -1, -width), width)
        return List([back_scan(function, part) for part in slices])
    if _is_table(items):
        return Matrix([back_scan(function, column) for column in transpose(items)])
    backwards = list(elements(items))[::-1]
    if not backwards:
        return None
    if _is_list(function):
        return like(items, _repeated(list(function)[::-1], backwards, fill=True))
    return _scanned(function, backwards)


def _scanned(function: Function, items: list[Any]) -> Any:
    if _compares(function):
        return typed_by_first(_compared(function, items))
    return typed_by_first(_accumulated(function, items))


def _repeated(counts: Iterable[Any], items: Any, *, fill: bool) -> Any:
    """Return each element as often as its count; with ``fill``, 0 for a count of 0."""
    source = iter(elements(items))
    result: list[Any] = []
    for count in counts:
        if fill and int(count) == 0:
            result.append(0)
            continue
        item = next(source, None)
        result.extend([item] * int(count))
    return like(items, result)


# --- products -----------------------------------------------------------------------------


def outer(function: Any, rows: Any, columns: Any) -> List:
    """Return the table of the function's results for all pairs.

    The function may also stand between the two lists.

    >>> [list(row) for row in outer(lambda a, b: a * b, [2, 3], [1, 2])]
    [[2, 4], [3, 6]]
    """
    if callable(rows) and not callable(function):
        function, rows = rows, function
    return Matrix(
        [
            typed_by_first([_number(function(row, column)) for column in columns])
            for row in elements(rows)
        ]
    )


def inner(outer_function: Any, inner_function: Any, left: Any, right: Any) -> Any:
    """Return the inner product of two lists, or of two matrices.

    The functions may also stand between the two operands (``a + * b``).

    >>> inner(lambda a, b: a + b, lambda a, b: a * b, [1, 2, 3], [4, 5, 6])
    32
    """
    if callable(left) and not callable(outer_function):
        outer_function, inner_function, left = inner_function, left, outer_function
    if _depth(left) < 2 and _depth(right) < 2:
        pairs = zip(elements(left), elements(right), strict=False)
        return _fold(outer_function, [_number(inner_function(a, b)) for a, b in pairs])
    rows = left if _depth(left) > 1 else [left]
    columns = transpose(right) if _depth(right) > 1 else [right]
    return Matrix(
        [
            typed_by_first(
                [
                    inner(outer_function, inner_function, row, column)
                    for column in columns
                ]
            )
            for row in rows
        ]
    )
