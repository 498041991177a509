"""Arithmetic and comparison as LispE's interpreter does them, for ``--lispe-numbers``.

The left operand decides: an integer cuts a real on its right to an integer, after each
step of a calculation, before each comparison. With one number and one list, the elements
of the list are on the left where the order of the operands makes no difference.
"""

from __future__ import annotations

import itertools
import operator
from array import array
from collections.abc import Callable, Iterable
from functools import reduce
from typing import Any

from lisptorch_compile.runtime import arithmetic, operators
from lisptorch_compile.runtime.arithmetic import Elementwise, is_list
from lisptorch_compile.runtime.containers import elements
from lisptorch_compile.runtime.conversions import to_float, to_integer
from lisptorch_compile.runtime.errors import LispError
from lisptorch_compile.runtime.text import text
from lisptorch_compile.runtime.torch_presence import is_tensor
from lisptorch_compile.runtime.values import List

Operation = Callable[[Any, Any], Any]
_TEXTS = (str, bytes)


# --- arithmetic -----------------------------------------------------------------------------


def add(left: Any, right: Any, *others: Any) -> Any:
    """Return the sum, an integer where the first operand is one; a text grows.

    >>> add(10, 2.5), add(2.5, 10), add(1, 0.6, 0.6), add("a", 1.5)
    (12, 12.5, 1, 'a1.5')
    """
    return _through(_add, left, right, others)


def subtract(left: Any, right: Any, *others: Any) -> Any:
    """Return what is left after subtracting each further operand in turn.

    >>> subtract(1, 0.5), subtract(1.5, 1)
    (0, 0.5)
    """
    return _through(_subtract, left, right, others)


def multiply(left: Any, right: Any, *others: Any) -> Any:
    """Return the product; an integer on the left also reads a text as an integer.

    >>> multiply(2, 1.5), multiply(1.5, 2), multiply(2, "3")
    (3, 3.0, 6)
    """
    return _through(_multiply, left, right, others)


def remainder(left: Any, right: Any, *others: Any) -> Any:
    """Return the remainder of whole numbers with the sign of the dividend, as in C.

    >>> remainder(-7, 3), remainder(7.9, 3), remainder(7, 2.5)
    (-1, 1.0, 1)
    """
    return _through(_remainder, left, right, others)


def fold_add(items: Iterable[Any]) -> Any:
    """Return the sum of the elements in the kind of the first; 0 of nothing.

    >>> fold_add([1, 2.5]), fold_add([2.5, 1]), fold_add([])
    (3, 3.5, 0)

    Raises:
        LispError: ``items`` is one number or text, which is nothing to fold.
    """
    if isinstance(items, int | float | complex | str) or items is None:
        raise LispError("Error: cannot apply '+' to one element")
    iterator = iter(items)
    first = next(iterator, 0)
    return reduce(_add, iterator, first)


def _through(
    operation: Operation, left: Any, right: Any, others: tuple[Any, ...]
) -> Any:
    result = operation(left, right)
    for other in others:
        result = operation(result, other)
    return result


def _add(left: Any, right: Any) -> Any:
    if isinstance(left, int) and isinstance(right, float):
        return int(left + right)
    if _are_typed(left, right):
        return left + right
    if is_list(left) or (is_list(right) and not isinstance(left, _TEXTS)):
        return _each(_add, left, right, commutes=True)
    return arithmetic.add(left, right)


def _subtract(left: Any, right: Any) -> Any:
    if isinstance(left, int) and isinstance(right, float):
        return int(left - right)
    if _are_typed(left, right):
        return left - right
    if is_list(left) or is_list(right):
        return _each(_subtract, left, right)
    return left - right


def _multiply(left: Any, right: Any) -> Any:
    if isinstance(left, int) and isinstance(right, float):
        return int(left * right)
    if isinstance(left, int) and (right is None or isinstance(right, _TEXTS)):
        return left * to_integer(right)
    if _are_typed(left, right):
        return left * right
    if is_list(left) or is_list(right):
        return _each(_multiply, left, right, commutes=True)
    if isinstance(right, _TEXTS) or isinstance(left, _TEXTS):
        raise _no_number(right if isinstance(right, _TEXTS) else left)
    return left * right


def _remainder(left: Any, right: Any) -> Any:
    if isinstance(left, int) and isinstance(right, float):
        return arithmetic.remainder(left, int(right))
    if is_list(left) or is_list(right):
        return _each(_remainder, left, right)
    return arithmetic.remainder(left, right)


def _are_typed(left: Any, right: Any) -> bool:
    """Tell whether a typed list calculates: it cuts what it stores by itself."""
    if isinstance(left, array):
        return isinstance(right, int | float) or is_list(right)
    return isinstance(right, array) and isinstance(left, int | float)


def _no_number(value: Any) -> LispError:
    shown = text(value)
    return LispError(
        f"Error: cannot use this element in an arithmetic expression: '{shown}'"
    )


def _each(
    operation: Operation, left: Any, right: Any, *, commutes: bool = False
) -> Any:
    """Return the list of the results element by element.

    Where ``operation`` commutes, the elements of a single list are the left operands.
    """
    if is_list(left):
        return arithmetic.on_left(operation, _own(left), right)
    if commutes and not is_tensor(left):
        return arithmetic.on_left(operation, _own(right), left)
    return arithmetic.on_right(operation, left, _own(right))


def _own(items: Any) -> Elementwise:
    """Return a list as one of ours."""
    return items if isinstance(items, Elementwise) else List(items)


# --- bits -------------------------------------------------------------------------------------


def bit_and(left: Any, right: Any, *others: Any) -> Any:
    """Return the bits that all operands have."""
    return _through(_AND, left, right, others)


def bit_or(left: Any, right: Any, *others: Any) -> Any:
    """Return the bits that one of the operands has."""
    return _through(_OR, left, right, others)


def bit_xor(left: Any, right: Any, *others: Any) -> Any:
    """Return the bits that only one of two operands has."""
    return _through(_XOR, left, right, others)


def clear_bits(left: Any, right: Any, *others: Any) -> Any:
    """Return the bits that the second operand lacks."""
    return _through(_CLEAR, left, right, others)


def shift_left(left: Any, right: Any, *others: Any) -> Any:
    """Return the bits moved to the left."""
    return _through(_LEFT, left, right, others)


def shift_right(left: Any, right: Any, *others: Any) -> Any:
    """Return the bits moved to the right.

    >>> shift_right(12, 1.9)
    6
    """
    return _through(_RIGHT, left, right, others)


def _whole(operation: Operation, *, commutes: bool = False) -> Operation:
    """Return ``operation`` with reals on the right cut, element by element on lists."""

    def whole(left: Any, right: Any) -> Any:
        if is_list(left) or is_list(right):
            return _each(whole, left, right, commutes=commutes)
        return operation(left, int(right) if isinstance(right, float) else right)

    return whole


_AND = _whole(operator.and_, commutes=True)
_OR = _whole(operator.or_, commutes=True)
_XOR = _whole(operator.xor, commutes=True)
_CLEAR = _whole(lambda left, right: left & ~right)
_LEFT = _whole(operator.lshift)
_RIGHT = _whole(operator.rshift)


# --- comparison -------------------------------------------------------------------------------


def equal(left: Any, right: Any, *others: Any) -> bool:
    """Tell whether neighbours are equal; a number reads what it is compared with as one.

    >>> equal(1, 1.5), equal(1.5, 1), equal(1, "1"), equal("1", 1), equal(0, None)
    (True, False, True, False, True)
    """
    return bool(_neighbours(_equal, left, right, others))


def unequal(left: Any, right: Any, *_others: Any) -> bool:
    """Tell whether two values are not equal; as in LispE, others are not looked at."""
    return not _equal(left, right)


def same(left: Any, right: Any, *others: Any) -> bool:
    """Tell whether all others are the first: the same object, or equal scalars.

    >>> same(1, 1.5), same(1, "1")
    (True, False)
    """
    return all(_same(left, other) for other in (right, *others))


def different(left: Any, right: Any, *others: Any) -> bool:
    """Tell whether none of the others is the first value, in the sense of ``same``."""
    return not any(_same(left, other) for other in (right, *others))


def equal_each(left: Any, right: Any) -> Any:
    """Return 1 for equal values and 0 for others, element by element on lists."""
    if is_tensor(left) or is_tensor(right) or not (is_list(left) or is_list(right)):
        return operators.equal_each(*_beside(left, right))
    if is_list(left) and is_list(right):
        if len(left) != len(right):
            return 0
        return List([equal_each(a, b) for a, b in zip(left, right, strict=True)])
    if is_list(left):
        return List([equal_each(item, right) for item in left])
    return List([equal_each(left, item) for item in right])


def less(left: Any, right: Any, *others: Any) -> Any:
    """Tell whether each operand is smaller than the next.

    >>> less(1, 1.5), less(1.0, 1.5), less(1, "2")
    (False, True, True)
    """
    return _neighbours(_LESS, left, right, others)


def less_equal(left: Any, right: Any, *others: Any) -> Any:
    """Tell whether no operand is greater than the next."""
    return _neighbours(_LESS_EQUAL, left, right, others)


def greater(left: Any, right: Any, *others: Any) -> Any:
    """Tell whether each operand is greater than the next."""
    return _neighbours(_GREATER, left, right, others)


def greater_equal(left: Any, right: Any, *others: Any) -> Any:
    """Tell whether no operand is smaller than the next.

    >>> greater_equal(1, 1.5)
    True
    """
    return _neighbours(_GREATER_EQUAL, left, right, others)


def compare(left: Any, right: Any) -> int:
    """Return -1, 0 or 1 as ``left`` is smaller than, level with or greater than ``right``."""
    return operators.compare(*_beside(left, right))


def _neighbours(test: Operation, left: Any, right: Any, others: tuple[Any, ...]) -> Any:
    if not others:
        return test(left, right)
    return all(test(a, b) for a, b in itertools.pairwise((left, right, *others)))


def _ordered(test: Operation) -> Operation:
    return lambda left, right: test(*_beside(left, right))


_LESS = _ordered(operators.less)
_LESS_EQUAL = _ordered(operators.less_equal)
_GREATER = _ordered(operators.greater)
_GREATER_EQUAL = _ordered(operators.greater_equal)


def _beside(left: Any, right: Any) -> tuple[Any, Any]:
    """Return two operands as they are compared: the right one in the kind of the left."""
    if isinstance(left, bool) or is_tensor(right):
        return left, right
    if isinstance(left, int) and not isinstance(right, int):
        return left, _read(right, to_integer)
    if isinstance(left, float) and not isinstance(right, int | float):
        return left, _read(right, to_float)
    if isinstance(left, str) and isinstance(right, int | float):
        return left, text(right)
    return left, right


def _read(value: Any, convert: Callable[[Any], Any]) -> Any:
    """Return a value as a number: 0 of what has none; complex numbers stay."""
    if isinstance(value, complex):
        return value
    try:
        return convert(value)
    except LispError:
        return value if isinstance(value, float) else 0  # infinite, or no number


def _equal(left: Any, right: Any) -> bool:
    if left is True:  # an atom in LispE
        return right is True
    if isinstance(left, int | float) and left is not False:
        return operators.equal(*_beside(left, right))
    if is_list(left) and is_list(right):
        return len(left) == len(right) and all(
            _equal(a, b) for a, b in zip(left, right, strict=True)
        )
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(
            _equal(value, right[key]) for key, value in left.items()
        )
    return operators.equal(left, right)


def _same(left: Any, right: Any) -> bool:
    if isinstance(left, int | float) and isinstance(right, int | float):
        return _equal(left, right)
    return operators.same(left, right)


# --- the smallest and the greatest ------------------------------------------------------------


def greatest(value: Any, *values: Any) -> Any:
    """Return the greatest of the arguments, or of one list; nil of an empty list.

    >>> greatest(1, 1.5), greatest(1.5, 1)
    (1, 1.5)
    """
    if not values and is_tensor(value):
        return value.max()
    return _best(less, _candidates(value, values))


def smallest(value: Any, *values: Any) -> Any:
    """Return the smallest of the arguments, or of one list; nil of an empty list."""
    if not values and is_tensor(value):
        return value.min()
    return _best(greater, _candidates(value, values))


def minmax(value: Any, *values: Any) -> List | None:
    """Return the smallest and the greatest; nil of an empty list."""
    candidates = list(_candidates(value, values))
    if not candidates:
        return None
    return List([_best(greater, candidates), _best(less, candidates)])


def _candidates(value: Any, values: tuple[Any, ...]) -> Iterable[Any]:
    if values:
        return (value, *values)
    return elements(value) if isinstance(value, Iterable) else (value,)


def _best(is_worse: Operation, candidates: Iterable[Any]) -> Any:
    """Return the first candidate, or a later one that the best so far ``is_worse`` than."""
    best = None
    for index, candidate in enumerate(candidates):
        if index == 0 or is_worse(best, candidate):
            best = candidate
    return best
