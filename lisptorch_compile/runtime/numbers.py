"""Mathematics: what LispE does with one number, it does with each element of a list.

Results are reals, as in LispE; of a tensor they are tensors. Outside of its domain a
function raises Python's error (``math domain error``).
"""

from __future__ import annotations

import builtins
import cmath
import math
from array import array
from collections.abc import Callable
from typing import Any

from lisptorch_compile.runtime.arithmetic import is_list
from lisptorch_compile.runtime.conversions import (
    to_complex,
    to_float,
    to_integer,
    to_short,
)
from lisptorch_compile.runtime.errors import LispError
from lisptorch_compile.runtime.torch_presence import is_tensor
from lisptorch_compile.runtime.values import LinkedList, List, Numbers

__all__ = ["to_complex", "to_short"]

Function = Callable[[Any], Any]


def _each(
    on_number: Callable[[Any], Any],
    tensor_method: str | None = None,
    on_complex: Function | None = None,
) -> Function:
    """Return the function of any value that does ``on_number`` with a number.

    Texts count as the number that they start with, nil as 0.
    """

    def function(value: Any) -> Any:
        if isinstance(value, int | float):
            return on_number(value)
        if isinstance(value, array):
            return Numbers([on_number(item) for item in value])
        if is_list(value):
            return _list_like(value, [function(item) for item in value])
        if is_tensor(value) and tensor_method is not None:
            return getattr(value, tensor_method)()
        if isinstance(value, complex) and on_complex is not None:
            return on_complex(value)
        return on_number(to_float(value))

    return function


def _list_like(value: Any, items: list[Any]) -> Any:
    return LinkedList(items) if isinstance(value, LinkedList) else List(items)


# --- functions of one number ------------------------------------------------------------------

acos = _each(math.acos, "acos", cmath.acos)
acosh = _each(math.acosh, "acosh", cmath.acosh)
asin = _each(math.asin, "asin", cmath.asin)
asinh = _each(math.asinh, "asinh", cmath.asinh)
atan = _each(math.atan, "atan", cmath.atan)
atanh = _each(math.atanh, "atanh", cmath.atanh)
cbrt = _each(math.cbrt)
cos = _each(math.cos, "cos", cmath.cos)
cosh = _each(math.cosh, "cosh", cmath.cosh)
degree = _each(math.degrees, "rad2deg")
erf = _each(math.erf, "erf")
erfc = _each(math.erfc, "erfc")
exp = _each(math.exp, "exp", cmath.exp)
exp2 = _each(math.exp2, "exp2")
expm1 = _each(math.expm1, "expm1")
fabs = _each(math.fabs, "abs", builtins.abs)
lgamma = _each(math.lgamma, "lgamma")
log = _each(math.log, "log", cmath.log)
log10 = _each(math.log10, "log10", cmath.log10)
log1p = _each(math.log1p, "log1p")
log2 = _each(math.log2, "log2")
radian = _each(math.radians, "deg2rad")
sin = _each(math.sin, "sin", cmath.sin)
sinh = _each(math.sinh, "sinh", cmath.sinh)
sqrt = _each(math.sqrt, "sqrt", cmath.sqrt)
tan = _each(math.tan, "tan", cmath.tan)
tanh = _each(math.tanh, "tanh", cmath.tanh)
tgamma = _each(math.gamma)


def _whole(rounded: Callable[[float], int]) -> Callable[[Any], float]:
    """Return ``rounded`` with a real result, which inf and nan have, too."""

    def function(value: float) -> float:
        return float(rounded(value)) if math.isfinite(value) else float(value)

    return function


def _half_away_from_zero(value: float) -> int:
    whole = math.trunc(value)
    step = 1 if value > 0 else -1
    return whole + step if builtins.abs(value - whole) >= 0.5 else whole


def _exponent(value: float) -> float:
    """Return the exponent of the power of two below ``value``, as C's logb does."""
    if value == 0:
        return -math.inf
    return float(math.frexp(value)[1] - 1) if math.isfinite(value) else value * value


floor = _each(_whole(math.floor), "floor")
ceiling = _each(_whole(math.ceil), "ceil")
trunc = _each(_whole(math.trunc), "trunc")
nearest = _each(_whole(builtins.round), "round")  # halves go to the even neighbour
logb = _each(_exponent)
_rounded = _each(_whole(_half_away_from_zero), "round")


def round(value: Any, divisor: Any = None) -> Any:
    """Return the nearest whole number, a half away from zero, divided by ``divisor``.

    >>> round(2.5), round(-2.5), round(31415.9, 10000)
    (3.0, -3.0, 3.1416)
    """
    rounded = _rounded(value)
    return rounded if divisor is None else rounded / divisor


def _absolute_integer(value: Any) -> int:
    return builtins.abs(to_integer(value))


iabs = _each(_absolute_integer, "abs")
abs = _each(builtins.abs, "abs", builtins.abs)


def negative(value: Any) -> Any:
    """Return a number, or each of a list, with the other sign."""
    return -to_float(value) if isinstance(value, str | bytes) else -value


# --- whole numbers ------------------------------------------------------------------------------


def factorial(value: Any) -> Any:
    """Return the factorial of an integer, a list of reals for a list.

    Raises:
        LispError: the number is negative.
    """
    if is_list(value):
        return Numbers([factorial(item) for item in value])
    number = to_integer(value)
    if number < 0:
        raise LispError("Error: factorial of a negative number does not exists")
    return math.factorial(number)


def clear_bits(left: Any, right: Any) -> Any:
    """Return ``left`` without the bits of ``right``."""
    return left & ~right


def gcd(left: Any, right: Any) -> int:
    """Return the greatest common divisor."""
    return math.gcd(to_integer(left), to_integer(right))


# --- complex numbers ----------------------------------------------------------------------------


def real_part(value: Any) -> float:
    """Return the real part of a number."""
    return value.real if isinstance(value, complex) else to_float(value)


def imaginary_part(value: Any) -> float:
    """Return the imaginary part of a number, 0 of a real one."""
    return value.imag if isinstance(value, complex) else 0.0


# --- vectors ------------------------------------------------------------------------------------


def cosine(left: Any, right: Any) -> float:
    """Return the cosine of the angle between two vectors of the same length.

    >>> cosine([1, 0], [1, 1])
    0.7071067811865475
    """
    a, b = [to_float(item) for item in left], [to_float(item) for item in right]
    if len(a) != len(b):
        raise LispError("Error: 'cosine' needs two lists of the same size")
    product = math.fsum(x * y for x, y in zip(a, b, strict=True))
    return product / (math.hypot(*a) * math.hypot(*b))


def flat_product(left: Any, left_shape: Any, right: Any, right_shape: Any) -> List:
    """Return the shape and the elements of the product of two flat matrices.

    >>> flat_product([1, 2, 3, 4], [2, 2], [1, 1], [2, 1])
    List([List([2, 1]), List([3, 7])])

    Raises:
        LispError: the shapes do not fit.
    """
    (rows, inner), (height, columns) = left_shape, right_shape
    if inner != height or len(left) != rows * inner or len(right) != height * columns:
        raise LispError("Error: the shapes of the matrices do not fit")
    product = [
        builtins.sum(
            left[row * inner + step] * right[step * columns + column]
            for step in range(inner)
        )
        for row in range(rows)
        for column in range(columns)
    ]
    return List([List([rows, columns]), List(product)])
