"""Lists: construction, access, change. Texts are taken where LispE takes them, too."""

from __future__ import annotations

import builtins
import copy
import functools
import operator
from array import array
from collections.abc import Callable, Iterable, Iterator, Sized
from typing import Any

from lisptorch_compile.runtime.arithmetic import is_list
from lisptorch_compile.runtime.containers import as_member, elements, like, spliced
from lisptorch_compile.runtime.conversions import to_text
from lisptorch_compile.runtime.copies import container_copy
from lisptorch_compile.runtime.dictionaries import stored_key
from lisptorch_compile.runtime.errors import LispError
from lisptorch_compile.runtime.ordering import Heap, insert_sorted
from lisptorch_compile.runtime.text import in_order
from lisptorch_compile.runtime.torch_presence import is_tensor
from lisptorch_compile.runtime.values import (
    Floats,
    Integers,
    LinkedList,
    List,
    Numbers,
    Shorts,
    Strings,
)

#: Exact types that answer first what most calls ask: cheaper than a look at the classes.
_PLAIN_LISTS = frozenset((List, Strings, Integers, Numbers, Floats, Shorts, list))

OUT_OF_BOUNDS = "Error: index out of bounds"
_NO_LIST = "Error: You can only apply 'car/cdr' to a list"


# --- construction -------------------------------------------------------------------------


def integers(*items: object) -> Integers:
    """Return a list of 64-bit integers; containers among the items are spliced."""
    return Integers(spliced(items))


def shorts(*items: object) -> Shorts:
    """Return a list of 16-bit integers; containers among the items are spliced."""
    return Shorts(spliced(items))


def numbers(*items: object) -> Numbers:
    """Return a list of double precision numbers; containers among them are spliced."""
    return Numbers(spliced(items))


def floats(*items: object) -> Floats:
    """Return a list of single precision numbers; containers among them are spliced."""
    return Floats(spliced(items))


def strings(*items: object) -> Strings:
    """Return a list of texts; containers among the items are spliced."""
    return Strings(spliced(items))


def cons(item: object, items: Any) -> Any:
    """Return a new list: the item, then the items; a dotted pair when they are no list."""
    if items is None:
        return List([item])
    if isinstance(items, list | array | LinkedList):
        return like(items, [item, *items])
    return LinkedList([item], items)


def cons_back(items: Any, item: object) -> Any:
    """Return a new list: the items, then the item; of nil, the item alone."""
    if items is None:
        return List([item])
    if isinstance(items, list | array | LinkedList):
        return like(items, [*items, item])
    return cons(items, item)


def concat_in_place(*containers: Any) -> Any:
    """Append all that follows the first list to it; the list. Nil is an empty list."""
    target, *others = [item for item in containers if item is not None] or [List()]
    if not isinstance(target, list | array | LinkedList):
        target = List([target])
    for other in others:
        extend(target, other)
    return target


def concat(*containers: Any) -> Any:
    """Return a new list with the elements of all the lists; nil is an empty one."""
    head, *others = [item for item in containers if item is not None] or [List()]
    return concat_in_place(
        like(head, elements(head)) if is_list(head) else head, *others
    )


def to_linked(value: object) -> LinkedList:
    """Return a linked list of the elements of a container."""
    return LinkedList(elements(value))


def clone(value: Any) -> Any:
    """Return a copy of a container, with copies of the containers in it.

    A tensor is copied, too; other elements, modules among them, stay the same objects.
    """
    if is_tensor(value):
        return value.clone()
    if isinstance(value, list | dict | set | array | LinkedList):
        return container_copy(value)
    return copy.copy(value)


# --- access -------------------------------------------------------------------------------


def size(value: Any) -> int:
    """Return the number of elements or characters; 0 of a number or nil."""
    if type(value) in _MEASURED:
        return len(value)
    if is_tensor(value):
        return int(value.numel())
    return len(value) if isinstance(value, Sized) else 0


_MEASURED = _PLAIN_LISTS | {str, dict, set}


def tally(value: object) -> int:
    """Return the number of leaves of nested lists."""
    if is_tensor(value):
        return size(value)
    return builtins.sum(1 for _ in _leaves(value))


def first(items: Any) -> Any:
    """Return the first element of a list or character of a text; nil of an empty list."""
    if type(items) in _PLAIN_LISTS or isinstance(items, list | array):
        return items[0] if items else None
    match items:
        case "":
            raise LispError("Error: Empty string")
        case str():
            return items[0]
        case LinkedList() | dict() | set():
            return next(iter(elements(items)), None)
    if is_tensor(items):
        return items[0] if items.dim() and items.numel() else None
    raise LispError(_NO_LIST)


def rest(items: Any) -> Any:
    """Return a list or text without its first element; empty of an empty list.

    A linked list shares its cells with the rest, which is the end of ``(a . end)``.
    """
    match items:
        case "":
            raise LispError("Error: Empty string")
        case str():
            return items[1:]
        case LinkedList():
            return items.rest
        case list() | array():
            return like(items, items[1:])
    if is_tensor(items):
        return items[1:] if items.dim() and len(items) > 1 else None
    raise LispError(_NO_LIST)


def last(items: Any) -> Any:
    """Return the last element of a list or text, nil when it is empty or nil."""
    if items is None:
        return None
    if isinstance(items, LinkedList):
        items = list(items)
    if type(items) in _PLAIN_LISTS or isinstance(items, str | list | array):
        return items[-1] if items else None
    raise LispError(_NO_LIST)


def second(items: Any) -> Any:
    """Return the second element (``cadr``); an error when there is none."""
    return _element(items, 1)


def third(items: Any) -> Any:
    """Return the third element (``caddr``); an error when there is none."""
    return _element(items, 2)


def _element(items: Any, index: int) -> Any:
    if type(items) not in _PLAIN_LISTS and not isinstance(items, str | list | array):
        return follow(items, "a" + "d" * index)
    if index >= len(items):
        raise LispError(_NO_LIST)
    return items[index]


def follow(items: Any, letters: str) -> Any:
    """Apply ``car`` (a) and ``cdr`` (d) from right to left, as ``caddr`` does for "add".

    >>> follow(List([1, List([2, 3])]), "ada")
    Traceback (most recent call last):
    ...
    lisptorch_compile.runtime.errors.LispError: Error: You can only apply 'car/cdr' to a list
    """
    for letter in reversed(letters):
        if not is_tensor(items) and not items:
            raise LispError(_NO_LIST)
        items = first(items) if letter == "a" else rest(items)
    return items


# --- change -------------------------------------------------------------------------------


def push(container: Any, *items: object) -> Any:
    """Append values (linked list: in front; set, heap: add them); the container.

    Of a text, which is a value, the longer one is returned.
    """
    if type(container) is List:
        container.extend(items)
        return container
    if isinstance(container, LinkedList):
        return push_first(container, *items)
    return push_last(container, *items)


def push_last(container: Any, *items: object) -> Any:
    """Append values; the container."""
    match container:
        case Heap():
            for item in items:
                container.add(item)
        case list() | array():
            container.extend(items)
        case LinkedList():
            for item in items:
                container.append(item)
        case set():
            container.update([as_member(item) for item in items])
        case str():
            return container + "".join([to_text(item) for item in items])
        case _:
            raise LispError("Error: cannot push into this element")
    return container


def push_first(container: Any, *items: object) -> Any:
    """Put values in front, one after the other; the container."""
    if isinstance(container, Heap | set):
        return push_last(container, *items)
    if isinstance(container, str):
        return "".join([to_text(item) for item in reversed(items)]) + container
    if not isinstance(container, list | array | LinkedList):
        raise LispError("Error: cannot push into this element")
    for item in items:
        container.insert(0, item)
    return container


def push_true(container: Any, *items: object) -> Any:
    """Append the values that are neither nil nor the empty list; the container."""
    return push(container, *[item for item in items if not _is_nil(item)])


def _is_nil(value: object) -> bool:
    return value is None or value is False or (isinstance(value, list) and not value)


def pop(container: Any, key: Any = None) -> Any:
    """Remove the last element (linked list: the first), or that at an index or key.

    Sets and heaps remove the value ``key``. The container, or nil when nothing was
    removed; of a text a new one.
    """
    if key is None and type(container) in _PLAIN_LISTS:
        return _pop_index(container, -1)
    match container:
        case dict():
            return _pop_key(container, key)
        case set() | Heap() if key is not None:
            return _pop_value(container, key)
        case set():
            return _pop_value(container, in_order(container)[-1]) if container else None
        case LinkedList() if key is None:
            return pop_first(container)
        case str() | list() | array() | LinkedList():
            return _pop_index(container, -1 if key is None else int(key))
    raise LispError("Error: cannot pop from this element")


def _pop_key(container: dict[Any, Any], key: object) -> dict[Any, Any] | None:
    stored = stored_key(container, key)
    if key is None or stored not in container:
        return None
    del container[stored]
    return container


def _pop_value(container: Any, value: object) -> Any:
    member = as_member(value)
    if member not in container:
        return None
    container.remove(member)
    return container


def _pop_index(container: Any, index: int) -> Any:
    length = len(container)
    if not -length <= index < length:
        return None
    index %= length
    if isinstance(container, str):
        return container[:index] + container[index + 1 :]
    del container[index]
    return container


def pop_first(container: Any) -> Any:
    """Remove the first element; the container, of a text a new one."""
    if isinstance(container, set):
        return _pop_value(container, in_order(container)[0]) if container else None
    return _pop_index(container, 0)


def pop_last(container: Any) -> Any:
    """Remove the last element; the container, of a text a new one."""
    if isinstance(container, set):
        return pop(container)
    return _pop_index(container, -1)


def insert(container: Any, item: object, place: Any = None) -> Any:
    """Insert at an index, or in order of a comparator; the container.

    Without a place: behind the last element of a list, between all characters of a text.

    >>> insert("abc", "-"), list(insert(List([1, 2, 3]), 4, 1))
    ('a-b-c', [1, 4, 2, 3])
    """
    if not isinstance(container, str | list | array | LinkedList | Heap | set):
        raise LispError("Error: missing list in 'insert'")
    if callable(place):
        return insert_sorted(container, item, place)
    if isinstance(container, str):
        if place is None:
            return to_text(item).join(container)
        return container[: int(place)] + to_text(item) + container[int(place) :]
    if place is None or isinstance(container, Heap | set):
        return push_last(container, item)
    container.insert(int(place), item)
    return container


def extend(container: Any, items: Any) -> Any:
    """Append the elements of a list, or ``items`` itself when it is none; the container."""
    if not isinstance(container, list | array | LinkedList | set):
        raise LispError("Error: missing list in 'extend'")
    if isinstance(container, LinkedList) and items is container:
        container.extend(items)  # a list that runs into itself
        return container
    if isinstance(items, list | array | LinkedList | set):
        return push_last(container, *elements(items))
    return push_last(container, items)


def reverse(container: Any, copied: bool = False) -> Any:
    """Reverse a list in place, or a copy of it; a text, a dictionary, a number reversed."""
    match container:
        case list() | array():
            if copied:
                return like(container, container[::-1])
            container.reverse()
            return container
        case LinkedList():
            turned = LinkedList(reversed(list(container)))
            if copied:
                return turned
            container.head = turned.head
            return container
        case str():
            return container[::-1]
        case dict():
            return _keys_by_value(container)
        case int() | float():
            return -container
        case None:
            return List()
    raise LispError("Error: cannot reverse this element")


def _keys_by_value(container: dict[Any, Any]) -> dict[str, List]:
    result: dict[str, List] = {}
    for key, value in container.items():
        result.setdefault(to_text(value), List()).append(key)
    return result


def rotate(container: Any, turn: Any = -1, line: object = None) -> Any:
    """Return a list or text rotated by ``turn`` to the left.

    Without a turn (or nil) by one to the right, with true by one to the left; with
    ``line`` each row of a matrix.

    >>> rotate("abcde"), rotate("abcde", True), rotate("abcde", 2), rotate("abcde", 0)
    ('eabcd', 'bcdea', 'cdeab', 'abcde')
    """
    if line:
        return List([rotate(row, turn) for row in container])
    if not container:
        return like(container, ())
    step = -1 if turn is None or turn is False else int(turn)
    cut = step % len(container)
    items: Any = container if isinstance(container, str) else list(container)
    return like(container, items[cut:] + items[:cut])


def swap(items: Any, first_index: int, second_index: int | None = None) -> Any:
    """Exchange two elements (by default with the next one) in place; the list."""
    other = first_index + 1 if second_index is None else second_index
    length = len(items)
    if not (-length <= first_index < length and -length <= other < length):
        raise LispError(OUT_OF_BOUNDS)
    items[first_index], items[other] = items[other], items[first_index]
    return items


# --- parts and leaves ---------------------------------------------------------------------


def flatten(value: Any) -> Any:
    """Return all leaves of nested lists, the keys and values of a dictionary.

    >>> list(flatten(List([List([1, List([2])]), 3])))
    [1, 2, 3]
    """
    if isinstance(value, array | Strings):
        return clone(value)
    if is_tensor(value):
        return value.flatten()
    return List(_leaves(value))


def _leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        for entry in value.items():
            yield from _leaves(entry)
    elif isinstance(value, list | array | LinkedList | set | tuple):
        for item in elements(value):
            yield from _leaves(item)
    else:
        yield value


def sum(items: Any) -> Any:
    """Return the sum of the elements: an integer of integers, otherwise a number.

    Texts are joined.
    """
    if isinstance(items, Strings):
        return "".join(items)
    return _total(items, builtins.sum)


def product(items: Any) -> Any:
    """Return the product of the elements: an integer of integers, otherwise a number."""
    return _total(items, _multiplied)


def _multiplied(items: Iterable[Any]) -> Any:
    return functools.reduce(operator.mul, items, 1)


def _total(items: Any, total: Callable[[Iterable[Any]], Any]) -> Any:
    if items is None or isinstance(items, str | bytes | int | float):
        raise LispError("Error: expecting a container as argument")
    if is_tensor(items):
        return items.sum() if total is builtins.sum else items.prod()
    result = total(elements(items))
    if isinstance(result, int) and not isinstance(items, array):
        return float(result)
    return result
