"""Finding equal elements: positions, counts, duplicates, what containers share.

In lists and dictionaries ``equal`` is LispE's ``eq``: numbers and texts by value, lists only
as the same object or both empty.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable
from typing import Any

from lisptorch_compile.runtime.arithmetic import is_list
from lisptorch_compile.runtime.containers import as_member, elements, like
from lisptorch_compile.runtime.conversions import to_text
from lisptorch_compile.runtime.dictionaries import has_key
from lisptorch_compile.runtime.errors import LispError
from lisptorch_compile.runtime.operators import same
from lisptorch_compile.runtime.symbols import Symbol
from lisptorch_compile.runtime.text import text
from lisptorch_compile.runtime.values import Integers, List, Matrix


def contains(container: Any, value: Any) -> bool:
    """Tell whether a value is an element, a part of a text, a key or a value."""
    match container:
        case str() | bytes():
            return to_text(value) in to_text(container)
        case set() | frozenset():
            return as_member(value) in container
        case dict():
            return has_key(container, value) or any(
                same(item, value) for item in container.values()
            )
        case array():
            return isinstance(value, int | float) and value in container
        case list() if isinstance(value, _SCALARS):
            return _in_list(container, value)
    return any(same(item, value) for item in elements(container))


#: Values that Python's own search in a list finds as ``same`` does, and much faster.
_SCALARS = (str, int, float, Symbol)


# What has no truth value, a tensor or array, may stand among the elements.
_NO_TRUTH = (RuntimeError, ValueError)


def _in_list(items: list[Any], value: Any) -> bool:
    try:
        return value in items
    except _NO_TRUTH:
        return any(same(item, value) for item in items)


def find(container: Any, value: Any, start: int = 0) -> Any:
    """Return the first position of an equal element, of a text in a text; nil if none.

    Of a dictionary the key of an equal value.
    """
    if isinstance(container, str):
        position = container.find(to_text(value), int(start))
        return None if position < 0 else position
    if isinstance(container, dict):
        return next((k for k, item in container.items() if same(item, value)), None)
    if isinstance(container, list | array) and isinstance(value, _SCALARS):
        try:
            return container.index(value, int(start))
        except _NO_TRUTH:  # or absent, which raises ValueError, too
            if not contains(container, value):
                return None
    return next(iter(_positions(container, value, start)), None)


def find_last(container: Any, value: Any, start: int = 0) -> Any:
    """Return the last position from ``start`` on of an equal element; nil if none."""
    if isinstance(container, str):
        position = container.rfind(to_text(value), int(start))
        return None if position < 0 else position
    return next(reversed(find_all(container, value, start)), None)


def find_all(container: Any, value: Any, start: int = 0) -> Any:
    """Return all positions of equal elements, all keys of a dictionary.

    >>> list(find_all("abcdefabab", "ab"))
    [0, 6, 8]
    """
    if isinstance(container, str):
        return Integers(_text_positions(container, to_text(value), int(start)))
    if isinstance(container, dict):
        return List([key for key, item in container.items() if same(item, value)])
    return Integers(list(_positions(container, value, start)))


def _positions(container: Any, value: Any, start: int) -> Iterable[int]:
    return (
        index
        for index, item in enumerate(elements(container))
        if index >= start and same(item, value)
    )


def _text_positions(content: str, searched: str, start: int) -> list[int]:
    positions = []
    position = content.find(searched, start) if searched else -1
    while position >= 0:
        positions.append(position)
        position = content.find(searched, position + len(searched))
    return positions


def count(container: Any, value: Any, start: int = 0) -> int:
    """Return the number of equal elements, of occurrences in a text."""
    if isinstance(container, str):
        return len(_text_positions(container, to_text(value), int(start)))
    items = container.values() if isinstance(container, dict) else elements(container)
    return sum(1 for i, item in enumerate(items) if i >= start and same(item, value))


def replace_all(items: Any, old: Any, new: Any) -> int:
    """Replace equal elements in place; return how many.

    Of a text only the number: a variable that holds one is given the new text elsewhere.
    """
    if isinstance(items, str):
        return items.count(to_text(old))
    if isinstance(items, dict):
        places: Iterable[Any] = find_all(items, old)
    elif isinstance(items, list | array):
        places = list(_positions(items, old, 0))
    else:
        raise LispError("Error: expecting a container as argument")
    replaced = 0
    for place in places:
        items[place] = new
        replaced += 1
    return replaced


# --- duplicates and what is shared ------------------------------------------------------------


def unique(items: Any) -> Any:
    """Return the elements without duplicates, which are told by their printed text.

    >>> list(unique([1, 2, 2, 3, "1"]))
    [1, 2, 3]
    """
    return like(items, _firsts(elements(items)))


def _firsts(items: Iterable[Any]) -> list[Any]:
    found = list(items)
    if {type(item) for item in found} in ({int}, {str}):
        return list(dict.fromkeys(found))
    seen: dict[str, Any] = {}
    for item in found:
        seen.setdefault(text(item), item)
    return list(seen.values())


def intersection(container: Any, *containers: Any) -> Any:
    """Return what is in all containers, without duplicates.

    >>> list(intersection([10, 20, 30, 30], [30, 10]))
    [10, 30]
    """
    return _combined(container, containers, lambda times: times == 1 + len(containers))


def union(container: Any, *containers: Any) -> Any:
    """Return what is in one of the containers, without duplicates."""
    return _combined(container, containers, lambda times: times > 0)


def exclusive_union(container: Any, *containers: Any) -> Any:
    """Return what is in one container only, without duplicates."""
    return _combined(container, containers, lambda times: times == 1)


def _combined(
    container: Any, containers: tuple[Any, ...], wanted: Callable[[int], bool]
) -> Any:
    """Return the elements that ``wanted`` takes by the number of containers they are in."""
    if isinstance(container, int):  # with one list as its argument: fold it
        raise LispError("Error: expecting a container as argument")
    times: dict[str, int] = {}
    firsts: dict[str, Any] = {}
    for source in (container, *containers):
        for item in _firsts(elements(source)):
            key = text(item)
            firsts.setdefault(key, item)
            times[key] = times.get(key, 0) + 1
    return like(container, [item for key, item in firsts.items() if wanted(times[key])])


def member(items: Any, container: Any) -> List | Integers:
    """Return 1 for each element that is in the container, 0 for the others.

    Of a matrix the rows are looked through.

    >>> list(member([1, 2, 3], [1, 3]))
    [1, 0, 1]
    """
    if any(is_list(item) for item in elements(items)):
        return Matrix([member(row, container) for row in items])
    return Integers([int(contains(container, item)) for item in elements(items)])
