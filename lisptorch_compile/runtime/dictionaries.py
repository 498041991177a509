"""Dictionaries and sets.

A plain ``dict`` has text keys: another key is stored as its text, unless the dictionary
holds numbers. The other kinds of LispE are subclasses that say of what type their keys are
and whether they are walked in order of the keys.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from lisptorch_compile.runtime.classes import fields_of
from lisptorch_compile.runtime.containers import as_member, elements, spliced
from lisptorch_compile.runtime.conversions import to_float, to_integer, to_text
from lisptorch_compile.runtime.errors import LispError
from lisptorch_compile.runtime.values import (
    Integers,
    LinkedList,
    List,
    Numbers,
    Strings,
)

D = TypeVar("D", bound=dict[Any, Any])


class IntegerDictionary(dict[Any, Any]):
    """A dictionary whose keys are integers."""

    __slots__ = ()


class NumberDictionary(dict[Any, Any]):
    """A dictionary whose keys are numbers."""

    __slots__ = ()


class JsonDictionary(dict[Any, Any]):
    """A dictionary that a JSON text described."""

    __slots__ = ()
    lisp_type = "dictionaryjson_"


class TreeDictionary(dict[Any, Any]):
    """A dictionary that is walked in the order of its keys."""

    __slots__ = ()

    def __iter__(self) -> Iterator[Any]:
        return iter(sorted(super().__iter__()))

    # Views that are lists: they do not follow later changes, and nothing here needs that.
    def keys(self) -> list[Any]:  # type: ignore[override]
        return list(self)

    def values(self) -> list[Any]:  # type: ignore[override]
        return [self[key] for key in self]

    def items(self) -> list[tuple[Any, Any]]:  # type: ignore[override]
        return [(key, self[key]) for key in self]


class IntegerTreeDictionary(TreeDictionary, IntegerDictionary):
    """A dictionary of integer keys that is walked in their order."""

    __slots__ = ()


class NumberTreeDictionary(TreeDictionary, NumberDictionary):
    """A dictionary of number keys that is walked in their order."""

    __slots__ = ()


def stored_key(container: dict[Any, Any], key: Any) -> Any:
    """Return ``key`` as ``container`` stores it."""
    if type(container) is dict and type(key) is str:
        return key
    if isinstance(container, IntegerDictionary):
        return to_integer(key)
    if isinstance(container, NumberDictionary):
        return to_float(key)
    if isinstance(key, str):
        return key
    if isinstance(key, int | float) and not isinstance(key, bool) and container:
        first = next(iter(container))
        if isinstance(first, int | float):
            return key
    return to_text(key)


def lookup_key(container: dict[Any, Any], key: Any) -> Any:
    """Return ``key`` as it is looked up in ``container``: as it stands, if it is there."""
    if isinstance(key, str):
        return key
    try:
        return key if key in container else stored_key(container, key)
    except TypeError:  # a list is no key, but its text may be one
        return stored_key(container, key)


# --- construction -------------------------------------------------------------------------


def dictionary(*entries: Any) -> dict[Any, Any]:
    """Return a dictionary with text keys of keys and values in turn.

    Also of two lists, of another dictionary, of an instance (its fields).

    >>> dictionary("a", 1), dictionary(["a", "b"], [1, 2])
    ({'a': 1}, {'a': 1, 'b': 2})
    """
    return _filled({}, entries, "dictionary")


def integer_dictionary(*entries: Any) -> IntegerDictionary:
    """Return a dictionary whose keys are integers."""
    return _filled(IntegerDictionary(), entries, "dictionaryi")


def number_dictionary(*entries: Any) -> NumberDictionary:
    """Return a dictionary whose keys are numbers."""
    return _filled(NumberDictionary(), entries, "dictionaryn")


def tree_dictionary(*entries: Any) -> TreeDictionary:
    """Return a dictionary of text keys, walked in their order."""
    return _filled(TreeDictionary(), entries, "dictionarytree")


def integer_tree_dictionary(*entries: Any) -> IntegerTreeDictionary:
    """Return a dictionary of integer keys, walked in their order."""
    return _filled(IntegerTreeDictionary(), entries, "dictionarytreei")


def number_tree_dictionary(*entries: Any) -> NumberTreeDictionary:
    """Return a dictionary of number keys, walked in their order."""
    return _filled(NumberTreeDictionary(), entries, "dictionarytreen")


def _filled(container: D, entries: tuple[Any, ...], name: str) -> D:
    for key, value in _entries(entries, name):
        container[stored_key(container, key)] = value
    return container


def _entries(entries: tuple[Any, ...], name: str) -> Iterable[tuple[Any, Any]]:
    match entries:
        case [dict() as source]:
            return list(source.items())
        case [list() | array() | LinkedList() as items] if len(items) % 2 == 0:
            flat = list(items)
            return list(zip(flat[::2], flat[1::2], strict=True))
        case [instance] if not isinstance(instance, str | bytes) and _fields(instance):
            return list(_fields(instance).items())
        case [list() | array() | LinkedList() as names, list() | array() as values]:
            if len(names) == len(values):
                return list(zip(names, values, strict=True))
    if len(entries) % 2:
        raise LispError(f"Error: wrong number of arguments for '{name}'")
    return list(zip(entries[::2], entries[1::2], strict=True))


def _fields(instance: object) -> dict[str, Any]:
    return fields_of(instance) if hasattr(instance, "__dict__") else {}


# --- access -------------------------------------------------------------------------------


def get(container: Any, key: Any, default: Any = None) -> Any:
    """Return the value of a key, or the element at an index; otherwise the default."""
    if isinstance(container, dict):
        return container.get(stored_key(container, key), default)
    if isinstance(container, str | list | array):
        index = to_integer(key)
        return (
            container[index] if -len(container) <= index < len(container) else default
        )
    return getattr(container, to_text(key), default)


def key(*entries: Any) -> Any:
    """Make, read or change a dictionary, by the number and kinds of the arguments.

    ``key(d, k)`` is the value, nil when absent; ``key(d, k, v …)`` sets and returns ``d``;
    ``key(k, v …)`` and ``key()`` make a dictionary.
    """
    return _key(entries, {}, "key")


def integer_key(*entries: Any) -> Any:
    """Like ``key``, for a dictionary whose keys are integers."""
    return _key(entries, IntegerDictionary(), "keyi", IntegerDictionary)


def number_key(*entries: Any) -> Any:
    """Like ``key``, for a dictionary whose keys are numbers."""
    return _key(entries, NumberDictionary(), "keyn", NumberDictionary)


def _key(
    entries: tuple[Any, ...],
    empty: dict[Any, Any],
    name: str,
    kind: type[dict[Any, Any]] = dict,
) -> Any:
    match entries:
        case [dict() as container, wanted, *values]:
            if not isinstance(container, kind) and container:
                raise LispError(f"Error: wrong dictionary type for '{name}'")
            if not values:
                return get(container, wanted)
            return _filled(container, entries[1:], name)
        case [list() | array() as items, wanted]:
            return get(items, wanted)
    return _filled(empty, entries, name)


def keys(container: Any) -> Any:
    """Return the keys of a dictionary, the indexes of a list."""
    if container is None:
        return List()
    if not isinstance(container, dict):
        return Integers(range(len(container)))
    names = list(container)
    if all(isinstance(name, str) for name in names):
        return Strings(names)
    if all(isinstance(name, int) for name in names):
        return Integers(names)
    if all(isinstance(name, int | float) for name in names):
        return Numbers(names)
    return List(names)


def values(container: Any) -> List:
    """Return the values of a dictionary, the elements of a list."""
    if isinstance(container, dict):
        return List(container.values())
    return List(elements(container))


def has_key(container: dict[Any, Any], key: Any) -> bool:
    """Tell whether a dictionary has a key."""
    return stored_key(container, key) in container


# --- sets ---------------------------------------------------------------------------------


def make_set(*items: Any) -> set[Any]:
    """Return a set of the items; what is no hashable value raises an error."""
    try:
        return {as_member(item) for item in items}
    except TypeError as error:
        raise LispError("Error: this element cannot be put into a set") from error


def text_set(*items: Any) -> set[str]:
    """Return a set of texts; lists among the items are spliced."""
    return {to_text(item) for item in spliced(items)}


def integer_set(*items: Any) -> set[int]:
    """Return a set of integers; lists among the items are spliced."""
    return {to_integer(item) for item in spliced(items)}


def number_set(*items: Any) -> set[float]:
    """Return a set of numbers; lists among the items are spliced."""
    return {to_float(item) for item in spliced(items)}
