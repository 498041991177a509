"""Element-wise arithmetic on long typed lists by numpy, where numpy gives the same values.

numpy wraps where LispE has an error (an integer that is too large, a division by zero): the
ranges of the operands are looked at first, and what might differ is left to a loop.
"""

from __future__ import annotations

import functools
import importlib
import sys
from array import array
from collections.abc import Callable
from typing import Any

Operation = Callable[[Any, Any], Any]

#: From this length on numpy is faster than a loop, when it is there already.
_MINIMUM = 64
#: From this length on it pays to import numpy, which takes about 0.1 seconds.
_WORTH_IMPORTING = 50_000

_FUNCTIONS = {"add": "add", "sub": "subtract", "mul": "multiply", "truediv": "divide"}
_INTEGER_CODES = "qh"
_LIMITS = {"q": (-(2**63), 2**63 - 1), "h": (-(2**15), 2**15 - 1)}
#: Integers up to here are reals without loss.
_EXACT = 2**53


def combine(operation: Operation, left: Any, right: Any) -> Any:
    """Return ``operation`` on a typed list and another or a number, None to use a loop.

    The result is of the type of the left list, or of the only one.
    """
    kind = left if isinstance(left, array) else right
    if len(kind) < _MINIMUM:
        return None
    numpy = _numpy(len(kind))
    function = _FUNCTIONS.get(operation.__name__)
    if numpy is None or function is None or not _is_covered(left, right):
        return None
    wide = _calculated_in(numpy, function, left, right, kind)
    a, b = _operand(numpy, left, wide), _operand(numpy, right, wide)
    if isinstance(b, numpy.ndarray):
        b = b[: len(kind)]
    if function == "divide" and not numpy.all(b):
        return None
    if not _is_exact(function, a, b):
        return None
    calculate = _in_place if wide == kind.typecode else _calculated
    with numpy.errstate(all="ignore"):  # as in Python, a real that is too large is inf
        return calculate(numpy, getattr(numpy, function), a, b, kind)


def _numpy(length: int) -> Any:
    if "numpy" in sys.modules or length >= _WORTH_IMPORTING:
        return _imported_numpy()
    return None


@functools.cache
def _imported_numpy() -> Any:
    try:
        return importlib.import_module("numpy")
    except ImportError:
        return None


def _is_covered(left: Any, right: Any) -> bool:
    """Tell whether both are numbers or typed lists, and the right list is long enough."""
    if isinstance(left, array) and isinstance(right, array):
        return len(left) <= len(right)
    scalar = right if isinstance(left, array) else left
    return isinstance(scalar, int | float)


def _calculated_in(numpy: Any, function: str, left: Any, right: Any, kind: Any) -> str:
    """Return the type that an operation is done in: the narrowest that gives Python's values.

    Python's reals have double precision. Where the result is rounded to single precision,
    single precision operands give the same without the detour.
    """
    operands = {_element_type(numpy, operand) for operand in (left, right)}
    if kind.typecode == "f" and operands <= {"f", "h"}:
        return "f"
    if function == "divide" or not operands <= {"q", "h"}:
        return "d"
    return "q" if "q" in operands else "i"


def _element_type(numpy: Any, operand: Any) -> str:
    if isinstance(operand, array):
        return operand.typecode
    if isinstance(operand, int):
        return "h" if abs(operand) < 2**15 else "q"
    with numpy.errstate(all="ignore"):
        return "f" if numpy.float32(operand) == operand else "d"


def _operand(numpy: Any, value: Any, wide: str) -> Any:
    """Return what numpy calculates with: integers stay integers until it does."""
    if not isinstance(value, array):
        return numpy.float32(value) if wide == "f" else value
    values = numpy.frombuffer(value, dtype=value.typecode)
    if wide == "d" and value.typecode in _INTEGER_CODES:
        return values
    return values.astype(wide, copy=False)


def _is_exact(function: str, a: Any, b: Any) -> bool:
    """Tell whether no intermediate value loses what Python's integers keep."""
    if _is_narrow(a) and _is_narrow(b):
        return True
    (a_low, a_high), (b_low, b_high) = _range(a), _range(b)
    bounds = [a_low, a_high, b_low, b_high]
    if function == "divide" or not all(isinstance(bound, int) for bound in bounds):
        whole = [bound for bound in bounds if isinstance(bound, int)]
        return all(abs(bound) <= _EXACT for bound in whole)
    match function:
        case "add":
            reached = [a_low + b_low, a_high + b_high]
        case "subtract":
            reached = [a_low - b_high, a_high - b_low]
        case _:
            reached = [
                low * high for low in (a_low, a_high) for high in (b_low, b_high)
            ]
    low, high = _LIMITS["q"]
    return all(low <= bound <= high for bound in (*bounds, *reached))


def _is_narrow(operand: Any) -> bool:
    """Tell whether an operand's type alone shows that it is small, or real."""
    if isinstance(operand, int):
        return abs(operand) < 2**15
    return isinstance(operand, float) or operand.dtype.char in "fdi"


def _range(operand: Any) -> tuple[Any, Any]:
    """Return the smallest and the greatest value, of reals just two reals."""
    if isinstance(operand, int | float):
        return operand, operand
    if operand.dtype.kind == "f":
        return 0.0, 0.0
    return int(operand.min()), int(operand.max())


def _calculated(numpy: Any, function: Any, a: Any, b: Any, kind: Any) -> Any:
    """Return the result of reals, or of integers beside reals, which may not fit: None."""
    if kind.typecode not in _INTEGER_CODES:
        return _in_place(numpy, function, a, b, kind)
    values = function(a, b)
    low, high = _LIMITS[kind.typecode]
    if values.dtype.kind == "f":
        # The limits of 64 bits are no reals: compare below them.
        if not numpy.isfinite(values).all() or abs(values).max() >= _EXACT:
            return None
        values = numpy.trunc(values)
    if kind.typecode == "h" and not low <= values.min() <= values.max() <= high:
        return None
    result = type(kind)()
    stored = values.astype(kind.typecode, copy=False)
    result.frombytes(stored.view(numpy.uint8).data)
    return result


def _in_place(numpy: Any, function: Any, a: Any, b: Any, kind: Any) -> Any:
    """Return the result as a list like ``kind``, calculated right where it is stored."""
    result = type(kind)([0])
    array.__imul__(result, len(kind))
    function(a, b, out=numpy.frombuffer(result, kind.typecode), casting="same_kind")
    return result
