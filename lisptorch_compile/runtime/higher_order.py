"""Functions that take functions, for function values.

Where the function is written in place, compiled code has a comprehension or a loop instead.
Truth values among results become 1 and 0, as in LispE.
"""

from __future__ import annotations

import builtins
import functools
import itertools
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any

from lisptorch_compile.runtime.containers import elements, like, texts, typed_by_first
from lisptorch_compile.runtime.errors import LispError
from lisptorch_compile.runtime.values import List

Function = Callable[..., object]


def _numbers(results: Iterable[Any]) -> list[Any]:
    """Return the results with truth values as 1 and 0."""
    found = list(results)
    if bool not in set(builtins.map(type, found)):
        return found
    return [int(result) if isinstance(result, bool) else result for result in found]


def _is_lazy(items: object) -> bool:
    return isinstance(items, Iterator)


# --- maps ---------------------------------------------------------------------------------


def map(function: Function, items: object) -> List | Iterator[object]:
    """Return the list of the results, an iterator over a lazy source."""
    results = (function(item) for item in elements(items))
    return results if _is_lazy(items) else List(results)


def map_list(function: Function, items: object) -> List:
    """Return the list of the results."""
    return List(_numbers([function(item) for item in elements(items)]))


def map_typed(function: Function, items: object, typed: object = True) -> Any:
    """Return the list of the results, typed by the first unless ``typed`` is false.

    >>> map_typed(len, ["a", "bc"])
    Integers([1, 2])
    """
    results = _numbers([function(item) for item in elements(items)])
    return typed_by_first(results) if typed else List(results)


def zip_with(function: Function, items: object, *others: object) -> Any:
    """Return the results over several lists in parallel, typed by the first.

    A last argument that is false (no list) leaves them untyped.
    """
    typed = True
    if others and not _is_container(others[-1]):
        typed = bool(others[-1])
        others = others[:-1]
    columns = [list(elements(column)) for column in (items, *others)]
    results = _numbers(itertools.starmap(function, zipped(*columns)))
    return typed_by_first(results) if typed else List(results)


def zipped(*columns: Collection[Any]) -> Iterator[tuple[Any, ...]]:
    """Return the tuples of the first elements, of the second ones … of lists of one size.

    >>> list(zipped([1, 2], [3, 4]))
    [(1, 3), (2, 4)]
    """
    if len({len(column) for column in columns}) > 1:
        raise LispError("Error: 'zipwith' only accepts lists of same size as arguments")
    return zip(*columns, strict=True)


def _is_container(value: object) -> bool:
    return value is not None and isinstance(value, Iterable)


# --- selections ---------------------------------------------------------------------------


def filter(function: Function, items: object) -> List | Iterator[object]:
    """Return the elements for which the function is true, lazily of a lazy source."""
    kept = (item for item in elements(items) if function(item))
    return kept if _is_lazy(items) else List(kept)


def take_while(function: Function, items: object) -> List:
    """Return the elements before the first for which the function is false."""
    return List(itertools.takewhile(function, elements(items)))


def drop_while(function: Function, items: object) -> List | Iterator[object]:
    """Return the elements from the first on for which the function is false."""
    kept = itertools.dropwhile(function, elements(items))
    return kept if _is_lazy(items) else List(kept)


def take(count: int, items: object) -> Any:
    """Return the first elements, in a container of the same kind."""
    return like(items, itertools.islice(elements(items), max(0, int(count))))


def drop(count: int, items: object) -> Any:
    """Return what follows the first elements, lazily of a lazy source."""
    kept = itertools.islice(elements(items), max(0, int(count)), None)
    return kept if _is_lazy(items) else like(items, kept)


def filter_list(function: Function, items: object) -> Any:
    """Return the elements for which the function is true, in the same kind of list."""
    return _like(items, [item for item in elements(items) if function(item)])


def take_list(function: Function, items: object) -> Any:
    """Return the elements before the first for which the function is false."""
    return _like(items, itertools.takewhile(function, elements(items)))


def drop_list(function: Function, items: object) -> Any:
    """Return the elements from the first on for which the function is true."""
    return _like(items, itertools.dropwhile(lambda x: not function(x), elements(items)))


def _like(items: object, kept: Iterable[Any]) -> Any:
    """Return elements in a list of the kind of ``items``, characters in one of texts."""
    return texts(kept) if isinstance(items, str) else like(items, kept)


def first_result(function: Function, items: object) -> Any:
    """Return the first result that is not nil."""
    for item in elements(items):
        result = function(item)
        if result is not None and result is not False:
            return result
    return None


def cycle(items: object) -> Iterator[object]:
    """Return the elements over and over, lazily."""
    return itertools.cycle(elements(items))


# --- folds --------------------------------------------------------------------------------


def fold_left(function: Function, initial: object, items: object) -> Any:
    """Return ``f(… f(f(initial, x1), x2) …)``.

    >>> fold_left(lambda total, x: total - x, 10, [1, 2, 3])
    4
    """
    return functools.reduce(function, elements(items), initial)


def fold_left_1(function: Function, items: object) -> Any:
    """Return the fold that starts with the first element, nil of an empty list."""
    source = iter(elements(items))
    try:
        initial = next(source)
    except StopIteration:
        return None
    return functools.reduce(function, source, initial)


def fold_right(function: Function, initial: object, items: object) -> Any:
    """Return ``f(x1, f(x2, … f(xn, initial)))``.

    >>> fold_right(lambda x, total: x - total, 10, [1, 2, 3])
    -8
    """
    result = initial
    for item in reversed(list(elements(items))):
        result = function(item, result)
    return result


def fold_right_1(function: Function, items: object) -> Any:
    """Return the fold from the right that starts with the last element."""
    *others, last = list(elements(items)) or [None]
    return fold_right(function, last, others)


def scan_left(function: Function, initial: object, items: object) -> List:
    """Return the intermediate results of ``fold_left``.

    >>> list(scan_left(lambda total, x: total - x, 10, [20, 30, 40]))
    [10, -10, -40, -80]
    """
    return List(itertools.accumulate(elements(items), function, initial=initial))


def scan_left_1(function: Function, items: object) -> List:
    """Return the intermediate results of ``fold_left_1``."""
    return List(itertools.accumulate(elements(items), function))


def scan_right(function: Function, initial: object, items: object) -> List:
    """Return the intermediate results of ``fold_right``, the last one first.

    >>> list(scan_right(lambda x, total: x + total, 0, [3, 5, 2, 1]))
    [11, 8, 3, 1, 0]
    """
    source = reversed(list(elements(items)))
    results = list(itertools.accumulate(source, _swapped(function), initial=initial))
    return List(reversed(results))


def scan_right_1(function: Function, items: object) -> List:
    """Return the intermediate results of ``fold_right_1``, the last one first."""
    source = reversed(list(elements(items)))
    return List(reversed(list(itertools.accumulate(source, _swapped(function)))))


def _swapped(function: Function) -> Function:
    return lambda result, item: function(item, result)


# --- calls --------------------------------------------------------------------------------


def apply(
    function: Function, arguments: object, named: Mapping[str, Any] | None = None
) -> Any:
    """Return the result of the function for the elements of a list, and for arguments by
    name from a dictionary."""
    if isinstance(arguments, str | bytes) or not _is_container(arguments):
        raise LispError("Error: arguments to 'apply' should be given as a list")
    if named is not None and not isinstance(named, dict):
        raise LispError("Error: named arguments to 'apply' stand in a dictionary")
    return function(*elements(arguments), **(named or {}))


def over(function: Function, items: List) -> List:
    """Replace the content of a list by the function's result for it; the list."""
    result = function(items)
    items[:] = type(items)(elements(result))
    return items


def flip(value: object) -> Any:
    """Return a list with its first two elements exchanged; a dictionary by its values."""
    if isinstance(value, dict):
        return {item: key for key, item in value.items()}
    first, second, *others = elements(value)
    return like(value, [second, first, *others])
