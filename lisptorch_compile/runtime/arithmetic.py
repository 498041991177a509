"""LispE's operators on values whose kinds are unknown, and element by element on lists.

``List`` and the typed lists get Python's operators from ``Elementwise``: a scalar meets
each element, two lists meet element by element. The result has the length and the type of
the left list (of the only one); where the right list is shorter, the rest of the left list
stays as it is.
"""

from __future__ import annotations

import math
import operator
import sys
from array import array
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from lisptorch_compile.runtime import vectors
from lisptorch_compile.runtime.errors import LispError
from lisptorch_compile.runtime.text import text
from lisptorch_compile.runtime.torch_presence import is_tensor

Operation = Callable[[Any, Any], Any]

# Tuples and sets made once: these decide at each operation on unknown operands.
_NUMBERS = frozenset((int, float))
_REALS = (int, float)
_TEXTS = (str, bytes)


class Elementwise:
    """What LispE's lists share: operators that work on the elements.

    A subclass is iterable and sized, and says by ``with_items`` how a list of its kind is
    made, by ``as_list`` how a list is made that takes any elements.
    """

    __slots__ = ()

    def __iter__(self) -> Iterator[Any]:
        raise NotImplementedError

    def __len__(self) -> int:
        raise NotImplementedError

    def with_items(self, items: Iterable[Any]) -> Any:
        """Return a list of the same kind with other elements."""
        raise NotImplementedError

    def as_list(self, items: Iterable[Any]) -> Any:
        """Return a list of ``items``, which may be of any kind."""
        raise NotImplementedError

    # Python's `+` is three times as fast as `add`, and means the same where it works.

    def __add__(self, other: Any) -> Any:
        try:
            return on_left(operator.add, self, other)
        except TypeError:
            return on_left(add, self, other)

    def __radd__(self, other: Any) -> Any:
        if isinstance(other, str | bytes):
            return self.as_list([add(other, item) for item in self])
        try:
            return on_right(operator.add, other, self)
        except TypeError:
            return on_right(add, other, self)

    def __sub__(self, other: Any) -> Any:
        return on_left(operator.sub, self, other)

    def __rsub__(self, other: Any) -> Any:
        return on_right(operator.sub, other, self)

    def __mul__(self, other: Any) -> Any:
        return on_left(operator.mul, self, other)

    def __rmul__(self, other: Any) -> Any:
        return on_right(operator.mul, other, self)

    def __truediv__(self, other: Any) -> Any:
        return on_left(operator.truediv, self, other)

    def __rtruediv__(self, other: Any) -> Any:
        return on_right(operator.truediv, other, self)

    def __mod__(self, other: Any) -> Any:
        return on_left(remainder, self, other)

    def __rmod__(self, other: Any) -> Any:
        return on_right(remainder, other, self)

    def __pow__(self, other: Any) -> Any:
        if type(other) is int and other == 2:  # as in LispE, 2 keeps the kind
            return on_left(operator.mul, self, self)
        return on_left(power, self, other)

    def __rpow__(self, other: Any) -> Any:
        return on_right(power, other, self)

    def __and__(self, other: Any) -> Any:
        return on_left(operator.and_, self, other)

    def __rand__(self, other: Any) -> Any:
        return on_right(operator.and_, other, self)

    def __or__(self, other: Any) -> Any:
        return on_left(operator.or_, self, other)

    def __ror__(self, other: Any) -> Any:
        return on_right(operator.or_, other, self)

    def __xor__(self, other: Any) -> Any:
        return on_left(operator.xor, self, other)

    def __rxor__(self, other: Any) -> Any:
        return on_right(operator.xor, other, self)

    def __lshift__(self, other: Any) -> Any:
        return on_left(operator.lshift, self, other)

    def __rlshift__(self, other: Any) -> Any:
        return on_right(operator.lshift, other, self)

    def __rshift__(self, other: Any) -> Any:
        return on_left(operator.rshift, self, other)

    def __rrshift__(self, other: Any) -> Any:
        return on_right(operator.rshift, other, self)

    def __neg__(self) -> Any:
        return self.with_items([-item for item in self])

    def __invert__(self) -> Any:
        return self.with_items([~item for item in self])

    # `list` and `array` would change the shared object here: LispE gets a new value.

    def __iadd__(self, other: Any) -> Any:
        return self + other

    def __imul__(self, other: Any) -> Any:
        return self * other


def is_list(value: object) -> bool:
    """Tell whether ``value`` is a list to LispE: one of ours, or a plain one of Python."""
    return isinstance(value, _LISTS)


_LISTS = (Elementwise, list, array)


def on_left(operation: Operation, left: Elementwise, right: Any) -> Any:
    if isinstance(left, array):
        combined = vectors.combine(operation, left, right)
        if combined is not None:
            return combined
    if is_list(right):
        return left.with_items(_paired(operation, left, right))
    if is_tensor(right):
        return operation(tensor_beside(left, right), right)
    if hasattr(right, "__array_ufunc__"):  # numpy's arrays know how to meet a list
        return NotImplemented
    return left.with_items([operation(item, right) for item in left])


def on_right(operation: Operation, left: Any, right: Elementwise) -> Any:
    if isinstance(right, array):
        combined = vectors.combine(operation, left, right)
        if combined is not None:
            return combined
    if is_list(left):  # a plain list: ours have their own operator
        return right.as_list(_paired(operation, left, right))
    if is_tensor(left):
        return operation(left, tensor_beside(right, left))
    return right.with_items([operation(left, item) for item in right])


def _paired(operation: Operation, left: Any, right: Any) -> list[Any]:
    combined = [operation(a, b) for a, b in zip(left, right, strict=False)]
    if len(combined) < len(left):
        combined.extend(list(left)[len(combined) :])
    return combined


# --- tensors --------------------------------------------------------------------------------

_TENSOR_TYPES = {"q": "int64", "h": "int16", "f": "float32", "d": "float64"}


def tensor_beside(items: Any, tensor: Any) -> Any:
    """Return the tensor of a list that meets ``tensor``, on its device.

    A typed list keeps its type. Numbers in other lists take the type of a floating
    ``tensor``, as Python's numbers do, and torch's own choice beside one of integers.
    """
    torch: Any = sys.modules["torch"]
    if isinstance(items, array):
        dtype = getattr(torch, _TENSOR_TYPES[items.typecode])
        return torch.tensor(items.tolist(), dtype=dtype, device=tensor.device)
    dtype = tensor.dtype if tensor.is_floating_point() else None
    return torch.tensor(list(items), dtype=dtype, device=tensor.device)


# --- operators on any operands ----------------------------------------------------------------


def add(left: Any, right: Any, *others: Any) -> Any:
    """Return the sum; with a text on the left, the text followed by what is printed.

    >>> add(1, 2.5), add("a", 12), add("a", 1.5, None)
    (3.5, 'a12', 'a1.5nil')
    """
    if (
        type(left) in _NUMBERS
        and type(right) in _NUMBERS
        or type(left) is str
        and type(right) is str
    ):  # by far the most calls
        total = left + right
    else:
        total = _sum(left, right)
    for other in others:
        total = _sum(total, other)
    return total


def _sum(left: Any, right: Any) -> Any:
    if type(left) in _NUMBERS and type(right) in _NUMBERS:
        return left + right
    if isinstance(left, str):
        if isinstance(right, str):
            return left + right
        if is_list(right):
            return _appended(left, right)
        return left + text(right)
    if isinstance(left, bytes):
        if is_list(right):
            return _appended(left, right)
        return left + (right if isinstance(right, bytes) else text(right).encode())
    if isinstance(right, _TEXTS) and not is_list(left):
        raise LispError(
            f"Error: cannot use this element in an arithmetic expression: '{text(right)}'"
        )
    return left + right


def _appended(left: str | bytes, right: Any) -> Any:
    if isinstance(right, Elementwise):
        return right.as_list([_sum(left, item) for item in right])
    return [_sum(left, item) for item in right]


def subtract(left: Any, right: Any, *others: Any) -> Any:
    """Return what is left after subtracting each further operand in turn."""
    difference = left - right
    for other in others:
        difference = difference - other
    return difference


def multiply(left: Any, right: Any, *others: Any) -> Any:
    """Return the product of all operands."""
    product = left * right
    for other in others:
        product = product * other
    return product


def divide(left: Any, right: Any, *others: Any) -> Any:
    """Return the first operand divided by each further one in turn; always a real."""
    quotient = left / right
    for other in others:
        quotient = quotient / other
    return quotient


def remainder(left: Any, right: Any, *others: Any) -> Any:
    """Return the remainder of a division, with the sign of the dividend as in C.

    Reals are cut to integers first, and the result is real again.

    >>> remainder(-7, 3), remainder(7.9, 3)
    (-1, 1.0)
    """
    if type(left) is int and type(right) is int and left >= 0 and right > 0:
        rest = left % right
    else:
        rest = _remainder(left, right)
    for other in others:
        rest = _remainder(rest, other)
    return rest


def _remainder(left: Any, right: Any) -> Any:
    if isinstance(left, int) and isinstance(right, int):
        rest = abs(left) % abs(right)
        return -rest if left < 0 else rest
    if isinstance(left, _REALS) and isinstance(right, _REALS):
        return float(_remainder(int(left), int(right)))
    if isinstance(left, _TEXTS):  # Python would fill in a pattern
        raise LispError("Error: cannot evaluate '%' with these operands")
    return left % right


def power(left: Any, right: Any, *others: Any) -> Any:
    """Return ``left`` to the power of ``right``, a real for numbers.

    >>> power(2, 10), power(4, 0.5)
    (1024.0, 2.0)
    """
    raised = _power(left, right)
    for other in others:
        raised = _power(raised, other)
    return raised


def _power(left: Any, right: Any) -> Any:
    if isinstance(left, _REALS) and isinstance(right, _REALS):
        return math.pow(left, right)
    return left**right
