"""What patterns ask for that Python's `match` has no word for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from typing import Any, Final

from lisptorch_compile.runtime.arithmetic import is_list
from lisptorch_compile.runtime.operators import equal, truth
from lisptorch_compile.runtime.symbols import Symbol
from lisptorch_compile.runtime.text import in_order
from lisptorch_compile.runtime.values import LinkedList, List

__all__ = [
    "ANYTHING",
    "Name",
    "Several",
    "all_entries",
    "entries",
    "is_empty",
    "rest",
    "span",
    "take",
    "take_elements",
]

Test = Callable[[Any], Any]

# --- lists ------------------------------------------------------------------------------------


def is_empty(value: Any) -> bool:
    """Tell whether ``value`` is an empty container, the empty text, or nil.

    >>> is_empty(List()), is_empty({}), is_empty(None), is_empty(0)
    (True, True, True, False)
    """
    if value is None or value is False:
        return True
    if isinstance(value, str | bytes | dict | set | frozenset) or is_list(value):
        return len(value) == 0
    return False


def rest(items: Any, start: int) -> Any:
    """Return the elements from ``start`` on, in a list of the same kind.

    >>> rest(List([1, 2, 3]), 1)
    List([2, 3])
    """
    if isinstance(items, LinkedList):
        for _ in range(start):
            items = items.rest
        return items
    kind = type(items) if hasattr(items, "with_items") else List
    return kind(items[start:])


def span(test: Test, items: Sequence[Any]) -> tuple[List, List]:
    """Return the first elements as long as they pass ``test``, and the others.

    An element with which the test fails does not pass.

    >>> span(str.isdigit, ["1", "2", "a", "3"])
    (List(['1', '2']), List(['a', '3']))
    """
    end = 0
    for item in items:
        if not _passes(test, item):
            break
        end += 1
    return List(items[:end]), List(items[end:])


def _passes(test: Test, item: Any) -> bool:
    try:
        return truth(test(item))
    except Exception:  # noqa: BLE001  # an error in a condition means no match
        return False


# --- lists with repeated parts --------------------------------------------------------------------


class Several:
    """A part of a list that takes several elements: ``quantity`` is ``+``, ``*`` or ``%``.

    With a ``test`` it takes elements as long as they pass; without one, it takes them until
    the next part fits.
    """

    __slots__ = ("quantity", "test")

    def __init__(self, quantity: str, test: Test | None = None) -> None:
        self.quantity = quantity
        self.test = test


class _Anything:
    """The type of ``ANYTHING``."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "ANYTHING"


#: In a pattern: any one element, any key or value.
ANYTHING: Final = _Anything()


def take(items: Any, *parts: Any) -> list[Any] | None:
    """Return what each part takes of a list, and what is left; None: they do not fit.

    A part is ``ANYTHING``, a test of one element, a `Several`, or else a constant.

    >>> take(["<", "b", "i", ">", "x"], "<", Several("*"), ">")
    ['<', List(['b', 'i']), '>', List(['x'])]
    >>> take(["a"], Several("+", str.isdigit)) is None
    True
    """
    if not is_list(items):
        return None
    taken: list[Any] = []
    place = 0
    for index, part in enumerate(parts):
        if not isinstance(part, Several):
            if place >= len(items) or not _fits(part, items[place]):
                return None
            taken.append(items[place])
            place += 1
            continue
        following = parts[index + 1] if index + 1 < len(parts) else None
        found = _repeated(part, following, items, place)
        if found is None:
            return None
        value, place = found
        taken.append(value)
    taken.append(rest(items, place))
    return taken


def _repeated(
    part: Several, following: Any, items: Any, start: int
) -> tuple[Any, int] | None:
    """Return what ``part`` takes from ``start`` on, and the place behind that."""
    if part.quantity == "%":
        return _optional(part, following, items, start)
    end = start
    if part.test is not None:
        while end < len(items) and _passes(part.test, items[end]):
            end += 1
        enough = end > start or part.quantity == "*"
    else:
        end = start + (part.quantity == "+")
        if following is None:
            end = max(end, len(items))
        else:
            while end < len(items) and not _begins(following, items[end]):
                end += 1
        enough = end <= len(items)
        if following is not None and not _is_loose(following):
            enough = end < len(items)
    return (List(items[start:end]), end) if enough else None


def _optional(
    part: Several, following: Any, items: Any, start: int
) -> tuple[Any, int] | None:
    if part.test is not None:
        if start < len(items) and _passes(part.test, items[start]):
            return items[start], start + 1
        return None, start
    if start < len(items) and _begins(following, items[start]):
        return None, start
    if start + 1 < len(items) and _begins(following, items[start + 1]):
        return items[start], start + 1
    return None


def _begins(part: Any, item: Any) -> bool:
    """Tell whether ``item`` can be the first element that ``part`` takes."""
    if isinstance(part, Several):
        return part.test is None or _passes(part.test, item)
    return _fits(part, item)


def _is_loose(part: Any) -> bool:
    return isinstance(part, Several) and part.quantity != "+"


def _fits(part: Any, item: Any) -> bool:
    if part is ANYTHING:
        return True
    if callable(part) and not isinstance(part, Symbol):
        return _passes(part, item)
    return equal(part, item)


# --- dictionaries ---------------------------------------------------------------------------------


class Name:
    """A variable in the entries of a dictionary pattern, with the test that it must pass."""

    __slots__ = ("name", "test")

    def __init__(self, name: str, test: Test | None = None) -> None:
        self.name = name
        self.test = test


_Bound = dict[str, Any]


def entries(
    table: Any, pairs: Sequence[tuple[Any, Any]]
) -> tuple[dict[str, Any], Any] | None:
    """Return what the names in ``pairs`` stand for, and the other entries of ``table``.

    Each pair takes one entry; a key or value is a `Name` (the same name takes equal
    values), ``ANYTHING``, or else a constant. None: the pairs do not fit.

    >>> entries({"a": 1, "b": 2}, [(Name("k"), 2)])
    ({'k': 'b'}, {'a': 1})
    """
    if not isinstance(table, dict):
        return None
    for bound, used in _assignments(table, list(pairs), {}, frozenset()):
        left = copy(table)
        for key in used:
            del left[key]
        return bound, left
    return None


def all_entries(table: Any, pairs: Sequence[tuple[Any, Any]]) -> dict[str, Any] | None:
    """Like ``entries`` for a table that has no other entries.

    >>> all_entries({"a": 1, "b": 2}, [("b", Name("x")), (Name("k"), ANYTHING)])
    {'x': 2, 'k': 'a'}
    """
    found = entries(table, pairs) if is_sized(table, len(pairs)) else None
    return None if found is None else found[0]


def is_sized(table: Any, size: int) -> bool:
    """Tell whether ``table`` is a dictionary of so many entries."""
    return isinstance(table, dict) and len(table) == size


def _assignments(
    table: Mapping[Any, Any],
    pairs: list[tuple[Any, Any]],
    bound: _Bound,
    used: frozenset[Any],
) -> Iterator[tuple[_Bound, frozenset[Any]]]:
    if not pairs:
        yield bound, used
        return
    (key_part, value_part), *others = pairs
    for key, value in table.items():
        if key in used:
            continue
        with_key = _bind(key_part, key, bound)
        both = None if with_key is None else _bind(value_part, value, with_key)
        if both is not None:
            yield from _assignments(table, others, both, used | {key})


def _bind(part: Any, value: Any, bound: _Bound) -> _Bound | None:
    if not isinstance(part, Name):
        return bound if _fits(part, value) else None
    if part.name in bound:
        return bound if equal(bound[part.name], value) else None
    if part.test is not None and not _passes(part.test, value):
        return None
    return {**bound, part.name: value}


# --- sets -----------------------------------------------------------------------------------------


def take_elements(
    elements: Any, constants: Iterable[Any], count: int
) -> list[Any] | None:
    """Return ``count`` elements in order, then the set of the others; the ``constants``
    belong to the set and are none of them. None: the set is another.

    >>> take_elements({3, 1, 2}, [2], 1)
    [1, {3}]
    """
    if not isinstance(elements, set | frozenset):
        return None
    known = set(constants)
    if not known <= elements:
        return None
    others = [item for item in in_order(elements) if item not in known]
    if len(others) < count:
        return None
    return [*others[:count], type(elements)(others[count:])]
