"""Comparison, truth, access: LispE's meaning where Python's operators have another."""

from __future__ import annotations

import itertools
from array import array
from collections.abc import Callable
from typing import Any

from lisptorch_compile.runtime import vectors
from lisptorch_compile.runtime.arithmetic import (
    Elementwise,
    add,
    divide,
    is_list,
    multiply,
    power,
    remainder,
    subtract,
)
from lisptorch_compile.runtime.classes import python_name
from lisptorch_compile.runtime.containers import as_member
from lisptorch_compile.runtime.dictionaries import lookup_key, stored_key
from lisptorch_compile.runtime.errors import LispError
from lisptorch_compile.runtime.symbols import Symbol
from lisptorch_compile.runtime.text import text
from lisptorch_compile.runtime.torch_presence import is_single_tensor, is_tensor
from lisptorch_compile.runtime.values import (
    ComparedByValue,
    Floats,
    Integers,
    LinkedList,
    List,
    Matrix,
    Numbers,
    Shorts,
    Strings,
    TypedList,
    is_nothing,
)

__all__ = [
    "add",
    "at",
    "compare",
    "complement",
    "different",
    "divide",
    "equal",
    "equal_each",
    "greater",
    "greater_equal",
    "is_null",
    "less",
    "less_equal",
    "multiply",
    "negation",
    "power",
    "remainder",
    "same",
    "set_at",
    "subtract",
    "truth",
    "unequal",
]

# --- equality ---------------------------------------------------------------------------------


def is_null(value: object) -> bool:
    """Tell whether ``value`` is nil or an empty list."""
    if value is None or value is False:
        return True
    return is_list(value) and not value


def equal(left: Any, right: Any, *others: Any) -> bool:
    """Tell whether neighbours are equal: containers by their elements, numbers by value.

    nil equals every empty list; a tensor equals one of the same shape and elements.
    """
    if not others:
        if type(left) in _PLAIN and type(right) in _PLAIN:
            return bool(left == right) or _is_group_of(left, right)
        return _equal(left, right)
    return all(_equal(a, b) for a, b in itertools.pairwise((left, right, *others)))


#: Types whose values Python compares as LispE does, with each other. These sets of exact
#: types answer first what most calls ask: each level of calls costs as much as they do.
_PLAIN = frozenset((int, float, str, Symbol))
_ORDERED: dict[type, tuple[type, ...]] = {
    int: (int, float),
    float: (float, int),
    str: (str,),
}
_INDEXED_TYPES = frozenset(
    (List, Strings, Integers, Numbers, Floats, Shorts, Matrix, list)
)
_READABLE_TYPES = _INDEXED_TYPES | {str}


def _equal(left: Any, right: Any) -> bool:
    if type(left) in _PLAIN and type(right) in _PLAIN:
        return bool(left == right) or _is_group_of(left, right)
    if is_tensor(left) or is_tensor(right):
        return _equal_tensors(left, right)
    if left is None or left is False:
        return is_null(right)
    if right is None or right is False:
        return is_null(left)
    try:
        return bool(left == right)
    except RecursionError:
        return _equal_deep(left, right)


def _is_group_of(left: Any, right: Any) -> bool:
    """Tell whether an atom names the group that the data type of the other belongs to."""
    return type(left) is Symbol and left.is_group_of(right)


def _equal_deep(left: Any, right: Any) -> bool:
    """Compare what nests deeper than Python's operators may call each other.

    A pair that is met again, as in a cyclic list, is equal unless something else differs.
    """
    pending = [(left, right)]
    seen: set[tuple[int, int]] = set()
    while pending:
        a, b = pending.pop()
        both = (id(a), id(b))
        if both in seen:
            continue
        if is_list(a) and is_list(b):
            if len(a) != len(b):
                return False
            seen.add(both)
            pending.extend(zip(a, b, strict=True))
        elif isinstance(a, dict) and isinstance(b, dict):
            if a.keys() != b.keys():
                return False
            seen.add(both)
            pending.extend((value, b[key]) for key, value in a.items())
        elif not _equal(a, b):
            return False
    return True


def _equal_tensors(left: Any, right: Any) -> bool:
    """Compare a tensor with another one or a number, which is like a 0-d tensor."""
    dimensions = _dimensions(left)
    if dimensions is None or dimensions != _dimensions(right):
        return False
    return bool((left == right).all())


def _dimensions(value: Any) -> tuple[int, ...] | None:
    if is_tensor(value):
        return tuple(value.shape)
    return () if isinstance(value, int | float) else None


def same(left: Any, right: Any, *others: Any) -> bool:
    """Tell whether all others are the first: the same object, or equal scalars.

    >>> same(1, 1.0), same("a", "a"), same(List([1]), List([1])), same(List(), None)
    (True, True, False, True)
    """
    return all(_same(left, other) for other in (right, *others))


def _same(left: Any, right: Any) -> bool:
    if left is right:
        return True
    if is_nothing(left) or is_nothing(right):
        return is_null(left) and is_null(right)
    if isinstance(left, _SCALARS) and isinstance(right, _SCALARS):
        return bool(left == right)
    if is_single_tensor(left) or is_single_tensor(right):
        return _equal_tensors(left, right)
    return False


def unequal(left: Any, right: Any, *_others: Any) -> bool:
    """Tell whether two values are not equal; as in LispE, others are not looked at."""
    return not _equal(left, right)


def different(left: Any, right: Any, *others: Any) -> bool:
    """Tell whether none of the others is the first value, in the sense of ``same``."""
    return not any(_same(left, other) for other in (right, *others))


_SCALARS = (int, float, complex, str, bytes, Symbol, ComparedByValue)


def equal_each(left: Any, right: Any) -> Any:
    """Return 1 for equal values and 0 for others, element by element on lists."""
    if is_tensor(left) or is_tensor(right):
        return left == right
    if _are_typed(left, right):
        return _equal_typed(left, right)
    if is_list(left) and is_list(right):
        if len(left) != len(right):
            return 0
        return List([equal_each(a, b) for a, b in zip(left, right, strict=True)])
    if is_list(left):
        return List([equal_each(item, right) for item in left])
    if is_list(right):
        return List([equal_each(left, item) for item in right])
    return int(_equal(left, right))


def _are_typed(left: Any, right: Any) -> bool:
    """Tell whether a typed list meets another or a single value."""
    if isinstance(left, array):
        return isinstance(right, array) or not is_list(right)
    return isinstance(right, array) and not is_list(left)


def _equal_typed(left: Any, right: Any) -> Integers:
    equal_elements: Integers | None = vectors.equal(left, right, Integers())
    if equal_elements is not None:
        return equal_elements
    if isinstance(left, array) and isinstance(right, array):
        pairs = zip(left, right, strict=False)
        return Integers([int(a == b) for a, b in pairs])
    items, value = (left, right) if isinstance(left, array) else (right, left)
    return Integers([int(_equal(item, value)) for item in items])


# --- order --------------------------------------------------------------------------------------


def less(left: Any, right: Any, *others: Any) -> Any:
    """Tell whether each operand is smaller than the next; unlike kinds are not."""
    if not others and type(left) in _ORDERED and type(right) in _ORDERED[type(left)]:
        return left < right
    return _chained(_less, left, right, others)


def less_equal(left: Any, right: Any, *others: Any) -> Any:
    """Tell whether no operand is greater than the next; false for unlike kinds."""
    if not others and type(left) in _ORDERED and type(right) in _ORDERED[type(left)]:
        return left <= right
    return _chained(_less_equal, left, right, others)


def greater(left: Any, right: Any, *others: Any) -> Any:
    """Tell whether each operand is greater than the next; unlike kinds are not."""
    if not others and type(left) in _ORDERED and type(right) in _ORDERED[type(left)]:
        return left > right
    return _chained(_greater, left, right, others)


def greater_equal(left: Any, right: Any, *others: Any) -> Any:
    """Tell whether no operand is smaller than the next; false for unlike kinds."""
    if not others and type(left) in _ORDERED and type(right) in _ORDERED[type(left)]:
        return left >= right
    return _chained(_greater_equal, left, right, others)


def compare(left: Any, right: Any) -> int:
    """Return -1, 0 or 1 as ``left`` is smaller than, level with or greater than ``right``."""
    if type(left) in _ORDERED and type(right) in _ORDERED[type(left)]:
        return int(left > right) - int(left < right)
    if _less(left, right):
        return -1
    return 1 if _greater(left, right) else 0


def _chained(
    test: Callable[[Any, Any], Any], left: Any, right: Any, others: tuple[Any, ...]
) -> Any:
    if not others:
        return test(left, right)
    operands = (left, right, *others)
    return all(test(a, b) for a, b in itertools.pairwise(operands))


def _comparable(left: Any, right: Any) -> bool:
    """Tell whether LispE orders the two: containers and nil have no order."""
    if left is False or right is False:
        return False
    if type(left) in _PLAIN:
        return type(right) in _PLAIN or not isinstance(right, _CONTAINERS)
    return not isinstance(left, _CONTAINERS) and not isinstance(right, _CONTAINERS)


_CONTAINERS = (Elementwise, list, array, dict, set, frozenset, tuple)


def _less(left: Any, right: Any) -> Any:
    try:
        return _comparable(left, right) and left < right
    except TypeError:
        return False


def _less_equal(left: Any, right: Any) -> Any:
    try:
        return _comparable(left, right) and left <= right
    except TypeError:
        return False


def _greater(left: Any, right: Any) -> Any:
    try:
        return _comparable(left, right) and left > right
    except TypeError:
        return False


def _greater_equal(left: Any, right: Any) -> Any:
    try:
        return _comparable(left, right) and left >= right
    except TypeError:
        return False


# --- truth --------------------------------------------------------------------------------------


def truth(value: Any) -> bool:
    """Tell whether ``value`` is true.

    nil, 0 and what is empty are false. A 0-d tensor counts as its number, any other tensor
    is true, and so is a foreign object that has no truth value.
    """
    if type(value) in _PLAIN or type(value) in _INDEXED_TYPES:
        return bool(value)
    if is_tensor(value) and not is_single_tensor(value):
        return True
    try:
        return bool(value)
    except (TypeError, ValueError, RuntimeError):
        return True


def negation(value: Any) -> Any:
    """Return whether ``value`` is false; a container that is not empty, element by element.

    >>> negation(0), negation(List([1, 0])), negation(List())
    (True, List([None, True]), True)
    """
    if not truth(value):
        return True
    match value:
        case TypedList():
            return value.with_items([not item for item in value])
        case LinkedList() | list():
            kind = LinkedList if isinstance(value, LinkedList) else List
            return kind([negation(item) or None for item in value])
        case dict():
            return type(value)(
                (key, negation(item) or None) for key, item in value.items()
            )
        case set():
            return {negation(item) or None for item in value}
    return False


def complement(value: Any) -> Any:
    """Return ``value`` with all bits turned, element by element on lists."""
    return ~value


# --- access -------------------------------------------------------------------------------------

_OUT_OF_BOUNDS = "Error: index out of bounds"
_NO_CONTAINER = "Error: value cannot be access through index"


def at(container: Any, key: Any, *keys: Any) -> Any:
    """Return the element at an index, a key, or a path of them.

    Negative indexes count from the end; of a tensor, one index counts the elements in
    order, several are its dimensions. A set gives the element or nil, an instance or a
    foreign object the field of a name.

    Raises:
        LispError: there is no such element, or ``container`` has none.
    """
    if not keys:
        direct = (type(key) is int and type(container) in _READABLE_TYPES) or (
            type(key) is str and type(container) is dict
        )
        if direct:
            try:
                return container[key]
            except (IndexError, KeyError) as error:
                raise LispError(_OUT_OF_BOUNDS) from error
        return _element(container, key)
    if type(container) not in _READABLE_TYPES and is_tensor(container):
        return _tensor_element(container, (key, *keys))
    try:
        for step in (key, *keys):
            if (type(step) is int and type(container) in _READABLE_TYPES) or (
                type(step) is str and type(container) is dict
            ):
                container = container[step]
            else:
                container = _element(container, step)
    except (IndexError, KeyError) as error:
        raise LispError(_OUT_OF_BOUNDS) from error
    return container


_INDEXED = (list, str, array, LinkedList, bytes, tuple, range)
_SETS = (set, frozenset)


def _element(container: Any, key: Any) -> Any:
    try:
        if isinstance(container, _INDEXED):
            return container[key if type(key) is int else _index(key)]
        if isinstance(container, dict):
            return container[lookup_key(container, key)]
        if isinstance(container, _SETS):
            return key if as_member(key) in container else None
    except (IndexError, KeyError) as error:
        raise LispError(_OUT_OF_BOUNDS) from error
    if is_tensor(container) and not isinstance(key, Symbol):
        return _tensor_element(container, (key,))
    return _member(container, key)


def _index(key: Any) -> int:
    if isinstance(key, int):
        return key
    if isinstance(key, float) or is_single_tensor(key):
        return int(key)
    raise LispError(_OUT_OF_BOUNDS)


def _tensor_element(tensor: Any, keys: tuple[Any, ...]) -> Any:
    try:
        if len(keys) == 1:
            return tensor.reshape(-1)[_index(keys[0])].item()
        element = tensor[tuple(_index(key) for key in keys)]
        return element.item() if element.ndim == 0 else element
    except IndexError as error:
        raise LispError("Error: tensor index out of bounds") from error


def _member(container: Any, key: Any) -> Any:
    """Return a field of an instance, or an item of a foreign container."""
    if isinstance(key, Symbol):
        return _attribute(container, key.name)
    if hasattr(type(container), "__getitem__"):
        try:
            return container[key]
        except (IndexError, KeyError) as error:
            raise LispError(_OUT_OF_BOUNDS) from error
    if isinstance(key, str):
        return _attribute(container, key)
    if isinstance(key, int) and hasattr(container, "__dict__"):
        return _element(list(vars(container).values()), key)
    raise LispError(_NO_CONTAINER)


def _attribute(container: Any, name: str) -> Any:
    try:
        return getattr(container, python_name(container, name))
    except AttributeError as error:
        known = hasattr(container, "__dict__")
        raise LispError(_OUT_OF_BOUNDS if known else _NO_CONTAINER) from error


def set_at(container: Any, key: Any, value: Any, *path: Any) -> Any:
    """Put ``value`` where ``key`` leads; the container. Of further arguments the last is the
    value, and those before it are keys of a path.

    An index at or beyond the end of a list appends. A text cannot change: the new text is
    returned, and put where the old one was in its container.
    """
    direct = type(key) is int and type(container) in _INDEXED_TYPES
    if direct and not path:
        try:
            container[key] = value
        except IndexError:
            _set_element(container, key, value)
        return container
    if not path:
        return _with_element(container, key, value)
    if direct and -len(container) <= key < len(container):
        inner = container[key]
        if type(inner) in _INDEXED_TYPES:  # which stays where it is
            set_at(inner, value, *path)
            return container
    if type(container) not in _INDEXED_TYPES and is_tensor(container):
        _set_tensor_element(container, (key, value, *path[:-1]), path[-1])
        return container
    inner = _element(container, key)
    changed = set_at(inner, value, *path)
    return container if changed is inner else _with_element(container, key, changed)


def _with_element(container: Any, key: Any, value: Any) -> Any:
    match container:
        case str():
            return _with_part(container, _index(key), text(value))
        case list() | array() | LinkedList():
            _set_element(container, _index(key), value)
        case dict():
            container[stored_key(container, key)] = value
        case set():
            container.add(value)
        case _:
            _set_member(container, key, value)
    return container


def _with_part(whole: str, index: int, part: str) -> str:
    if not -len(whole) <= index < len(whole):
        raise LispError(_OUT_OF_BOUNDS)
    index %= len(whole)
    return whole[:index] + part + whole[index + 1 :]


def _set_element(items: Any, index: int, value: Any) -> None:
    if index >= len(items):
        items.append(value)
    elif index < -len(items):
        raise LispError(_OUT_OF_BOUNDS)
    else:
        items[index] = value


def _set_member(container: Any, key: Any, value: Any) -> None:
    if is_tensor(container):
        _set_tensor_element(container, (key,), value)
    elif hasattr(type(container), "__setitem__") and not isinstance(key, Symbol):
        container[key] = value
    elif isinstance(key, Symbol | str) and hasattr(container, "__dict__"):
        setattr(container, python_name(container, str(key)), value)
    elif isinstance(key, int) and hasattr(container, "__dict__"):
        setattr(container, _element(list(vars(container)), key), value)
    else:
        raise LispError(_NO_CONTAINER)


def _set_tensor_element(tensor: Any, keys: tuple[Any, ...], value: Any) -> None:
    try:
        if len(keys) == 1:
            tensor.view(-1)[_index(keys[0])] = value
        else:
            tensor[tuple(_index(key) for key in keys)] = value
    except IndexError as error:
        raise LispError("Error: tensor index out of bounds") from error
