"""What the library's functions share: walking a container, making one of the same kind."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from typing import Any

from lisptorch_compile.runtime.errors import LispError
from lisptorch_compile.runtime.text import in_order
from lisptorch_compile.runtime.torch_presence import is_tensor
from lisptorch_compile.runtime.values import (
    Integers,
    LinkedList,
    List,
    Member,
    Numbers,
    Strings,
    TypedList,
)


def elements(container: Any) -> Iterable[Any]:
    """Return what there is to walk: keys of a dictionary, a set in order, nothing of nil.

    Raises:
        LispError: ``container`` has no elements.
    """
    walked = _walked(container)
    if walked is None:
        raise LispError("Error: expecting a container as argument")
    return walked


def iterate(container: Any) -> Iterable[Any]:
    """Return what a loop walks: ``elements``, and nothing of what has none.

    >>> list(iterate({"a": 1})), list(iterate(None)), list(iterate(12))
    (['a'], [], [])
    """
    walked = _walked(container)
    return () if walked is None else walked


def _walked(container: Any) -> Iterable[Any] | None:
    if type(container) in _WALKED:
        walked: Iterable[Any] = container
        return walked
    if isinstance(container, set | frozenset):
        return in_order(container)
    if container is None:
        return ()
    if is_tensor(container):
        items: list[Any] = container.flatten().tolist()
        return items
    if isinstance(container, Iterable):
        return container
    if hasattr(type(container), "__getitem__"):
        walker: Iterator[Any] = iter(container)  # it has indexes alone
        return walker
    return None


_WALKED = frozenset((List, Strings, Integers, Numbers, list, str, dict, range))


def like(container: object, items: Iterable[Any]) -> Any:
    """Return ``items`` in a container of the kind of ``container``."""
    if isinstance(container, TypedList | Strings | LinkedList):
        return type(container)(items)
    if isinstance(container, str):
        return "".join(items)
    if isinstance(container, set):
        return {as_member(item) for item in items}
    return List(items)


def as_member(value: Any) -> Any:
    """Return ``value`` as a set holds it: a list is told by its content."""
    return Member(value) if isinstance(value, list | array | LinkedList) else value


def typed_by_first(items: list[Any]) -> Any:
    """Return a list whose kind follows its first element; the others are converted.

    >>> typed_by_first([1, 2.5]), typed_by_first([1, Symbol("a"), "3"])
    (Integers([1, 2]), Integers([1, 0, 3]))
    """
    match items:
        case [bool(), *_]:
            return List(items)
        case [int(), *_]:
            return Integers(_as_numbers(items))
        case [float(), *_]:
            return Numbers(_as_numbers(items))
        case [str(), *_]:
            return Strings(items)
        case _:
            return List(items)


def _as_numbers(items: list[Any]) -> list[Any]:
    """Return the items with 0 for each that has no number, which LispE takes for 0."""
    if {int, float}.issuperset(map(type, items)):
        return items
    return [item if isinstance(item, int | float | str) else 0 for item in items]


def texts(pieces: Iterable[str]) -> Strings:
    """Return a list of what are surely texts, without converting each."""
    return Strings.of(pieces)


def spliced(items: Iterable[Any]) -> Iterator[Any]:
    """Return the items one by one, the elements of lists among them in their place."""
    for item in items:
        if isinstance(item, Iterable) and not isinstance(item, str | bytes):
            yield from spliced(elements(item))
        else:
            yield item
