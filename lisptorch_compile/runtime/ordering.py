"""Order: sorting, the smallest and the greatest, sorted insertion, heaps."""

from __future__ import annotations

import functools
import operator
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable
from typing import Any

from lisptorch_compile.runtime.containers import elements
from lisptorch_compile.runtime.errors import LispError
from lisptorch_compile.runtime.operators import (
    compare,
    greater,
    greater_equal,
    less,
    less_equal,
)
from lisptorch_compile.runtime.torch_presence import is_tensor
from lisptorch_compile.runtime.values import LinkedList, List

Before = Callable[[Any, Any], object]

#: Comparisons that are Python's own for numbers, and for texts.
_ASCENDING: tuple[Before, ...] = (less, less_equal, operator.lt, operator.le)
_DESCENDING: tuple[Before, ...] = (greater, greater_equal, operator.gt, operator.ge)


def sort(before: Before, items: Any) -> Any:
    """Sort a list in place; the list.

    ``before`` tells whether its first argument goes before the second. Equal elements keep
    their order.

    >>> list(sort(operator.gt, List([1, 7, 9, 4])))
    [9, 7, 4, 1]
    """
    if before in _ASCENDING and _is_uniform(items):
        ordered = sorted(items)
    elif before in _DESCENDING and _is_uniform(items):
        ordered = sorted(items, reverse=True)
    else:
        ordered = sorted(elements(items), key=functools.cmp_to_key(_order(before)))
    return _refilled(items, ordered)


def _is_uniform(items: Iterable[object]) -> bool:
    """Tell whether all are numbers or all are texts, which Python compares as LispE does."""
    if isinstance(items, array):
        return True
    kinds = {type(item) for item in items}
    return kinds <= {int, float} or kinds == {str}


def _order(before: Before) -> Callable[[Any, Any], int]:
    def order(left: Any, right: Any) -> int:
        if before(left, right):
            return -1
        return 1 if before(right, left) else 0

    return order


def _refilled(items: Any, ordered: list[Any]) -> Any:
    if isinstance(items, LinkedList):
        items.head = LinkedList(ordered).head
        return items
    if not isinstance(items, list | array):
        return List(ordered)
    refilled: Any = items
    refilled[:] = ordered
    return refilled


def insert_sorted(items: Any, item: Any, before: Before) -> Any:
    """Insert ``item`` in a list that is sorted by ``before``; the list.

    >>> list(insert_sorted(List([10, 20, 30]), 15, operator.lt))
    [10, 15, 20, 30]
    """
    if isinstance(items, Heap):
        items.add(item)
        return items
    items.insert(_place(items, item, lambda a, b: -1 if before(a, b) else 0), item)
    return items


def _place(items: Any, item: Any, comparator: Callable[[Any, Any], int]) -> int:
    """Return where ``item`` goes in sorted ``items``, behind its equals."""
    key = functools.cmp_to_key(comparator)
    return bisect_right(items, key(item), key=key)


# --- the smallest and the greatest -----------------------------------------------------------


def greatest(value: Any, *values: Any) -> Any:
    """Return the greatest of the arguments, or of one list; nil of an empty list."""
    if not values and is_tensor(value):
        return value.max()
    return _best(greater, _candidates(value, values))


def smallest(value: Any, *values: Any) -> Any:
    """Return the smallest of the arguments, or of one list; nil of an empty list."""
    if not values and is_tensor(value):
        return value.min()
    return _best(less, _candidates(value, values))


def minmax(value: Any, *values: Any) -> List | None:
    """Return the smallest and the greatest; nil of an empty list.

    >>> list(minmax([3, 1, 2]))
    [1, 3]
    """
    candidates = list(_candidates(value, values))
    if not candidates:
        return None
    return List([_best(less, candidates), _best(greater, candidates)])


def _candidates(value: Any, values: tuple[Any, ...]) -> Iterable[Any]:
    if values:
        return (value, *values)
    return elements(value) if isinstance(value, Iterable) else (value,)


def _best(better: Before, candidates: Iterable[Any]) -> Any:
    best = None
    for index, candidate in enumerate(candidates):
        if index == 0 or better(candidate, best):
            best = candidate
    return best


# --- heaps ------------------------------------------------------------------------------------


class Heap(List):
    """A list that is always sorted by a comparator, which returns -1, 0 or 1."""

    __slots__ = ("comparator",)

    def __init__(
        self,
        items: Iterable[Any] = (),
        comparator: Callable[[Any, Any], int] = compare,
    ) -> None:
        super().__init__()
        self.comparator = comparator
        for item in items:
            self.add(item)

    def add(self, item: Any) -> None:
        """Put ``item`` where it belongs, behind its equals."""
        self.insert(_place(self, item, self.comparator), item)


def heap(comparator: Any = None, *items: Any) -> Heap:
    """Return a heap in the order of ``comparator``, ascending when that is nil.

    >>> list(heap(None, 12, 10, 19))
    [10, 12, 19]
    """
    if comparator is None:
        return Heap(items)
    if not callable(comparator):
        raise LispError("Error: expecting a comparator in 'heap'")
    return Heap(items, comparator)
