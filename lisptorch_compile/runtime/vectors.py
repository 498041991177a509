"""Element-wise arithmetic on long typed lists by numpy, where numpy gives the same values.

numpy wraps where LispE has an error (an integer that is too large), and warns where Python
raises (a division by zero). The bounds of integer operands mostly show that nothing wraps;
where they do not, the results are looked at, as quotients always are. What does not fit is
left to a loop, which finds the element to blame.
"""

from __future__ import annotations

import functools
import importlib
import sys
from array import array
from collections.abc import Callable, Iterator
from typing import Any

Operation = Callable[[Any, Any], Any]
Bounds = tuple[int, int]

#: From this length on numpy is faster than a loop, when it is there already.
_MINIMUM = 64
#: From this length on it pays to import numpy, which takes about 0.1 seconds.
_WORTH_IMPORTING = 50_000

_FUNCTIONS = {"add": "add", "sub": "subtract", "mul": "multiply", "truediv": "divide"}
_COVERED = (array, int, float)
_INTEGER_CODES = "qh"
#: numpy's types of the same size without a sign.
_UNSIGNED = {"q": "Q", "h": "H"}
_LIMITS: dict[str, Bounds] = {"q": (-(2**63), 2**63 - 1), "h": (-(2**15), 2**15 - 1)}
#: So many elements tell whether to expect negative ones.
_SAMPLE = 16
#: Integers up to here are reals without loss.
_EXACT = (-(2**53), 2**53)
#: So many bytes of a list are looked at and calculated with before the next: they are then
#: still in the cache.
_PORTION = 2**22


def combine(operation: Operation, left: Any, right: Any) -> Any:
    """Return ``operation`` on a typed list and another or a number, None to use a loop.

    The result is of the type of the left list, or of the only one. What is left over of a
    left list that is longer stays as it is.
    """
    kind: Any = left if isinstance(left, array) else right
    if len(kind) < _MINIMUM:
        return None
    numpy = _numpy(len(kind))
    function = _FUNCTIONS.get(operation.__name__)
    if numpy is None or function is None or not _is_covered(left, right):
        return None
    # The result starts as a copy: numpy then reads what it writes to, which is quicker than
    # to fill memory that is only written to.
    result = type(kind)(kind)
    operate = getattr(numpy, function)
    with numpy.errstate(all="ignore"):  # as in Python, a real that is too large is inf
        for a, b, out in _portions(numpy, left, right, result):
            if not _calculate(numpy, operate, a, b, out):
                return None
    return result


def equal(left: Any, right: Any, kind: Any) -> Any:
    """Return a list like ``kind``: 1 where elements are equal, else 0; None to use a loop.

    It is as long as the shorter of two lists.
    """
    length = len(left if isinstance(left, array) else right)
    numpy = _numpy(length) if length >= _MINIMUM else None
    if numpy is None or not _is_covered(left, right):
        return None
    a, b = _side_by_side(numpy, left, right)
    if _is_whole(a) != _is_whole(b) and not _is_exact(numpy, a, b):
        return None
    a, b = [numpy.float64(o) if isinstance(o, float) else o for o in (a, b)]
    answers = a == b
    result = _blank(kind, len(answers))
    numpy.copyto(numpy.frombuffer(result, kind.typecode), answers, casting="unsafe")
    return result


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


# --- operands -------------------------------------------------------------------------------


def _is_covered(left: Any, right: Any) -> bool:
    """Tell whether both are numbers or typed lists."""
    return isinstance(left, _COVERED) and isinstance(right, _COVERED)


def _side_by_side(numpy: Any, left: Any, right: Any) -> tuple[Any, Any]:
    """Return the operands as numpy sees them, two lists as long as the shorter one."""
    a, b = _as_array(numpy, left), _as_array(numpy, right)
    if isinstance(left, array) and isinstance(right, array):
        length = min(len(a), len(b))
        return a[:length], b[:length]
    return a, b


def _as_array(numpy: Any, operand: Any) -> Any:
    if isinstance(operand, array):
        return numpy.frombuffer(operand, operand.typecode)
    return operand


def _portions(
    numpy: Any, left: Any, right: Any, result: Any
) -> Iterator[tuple[Any, Any, Any]]:
    """Yield the operands and the memory of the result, part by part.

    ``result`` is a copy of the left list, or of the only one, and stands for it.
    """
    on_left = isinstance(left, array)
    a, b = _side_by_side(
        numpy, result if on_left else left, right if on_left else result
    )
    length = len(a if on_left else b)
    size = _PORTION // result.itemsize
    for start in range(0, length, size):
        first, second = [
            (
                operand
                if isinstance(operand, int | float)
                else operand[start : start + size]
            )
            for operand in (a, b)
        ]
        if left is right:
            second = first
        yield first, second, first if on_left else second


def _calculate(numpy: Any, operate: Any, a: Any, b: Any, out: Any) -> bool:
    """Put the results into ``out``; False when only a loop can tell them."""
    calculate = _integers if _is_whole(a) and _is_whole(b) else _reals
    if not calculate(numpy, operate, a, b, out):
        return False
    return operate is not numpy.divide or _is_finite(numpy, out)


def _is_whole(operand: Any) -> bool:
    if isinstance(operand, int | float):
        return isinstance(operand, int)
    return operand.dtype.char in _INTEGER_CODES


def _is_finite(numpy: Any, quotients: Any) -> bool:
    """Tell whether no divisor was zero, and no quotient too large to be squared."""
    return _is_whole(quotients) or bool(numpy.isfinite(numpy.dot(quotients, quotients)))


def _bounds(numpy: Any, operand: Any) -> Bounds:
    """Return an integer that no element is smaller than, and one that none is greater than."""
    if isinstance(operand, int):
        return operand, operand
    # One pass is enough where no element is negative: unsigned, they are the greatest.
    code = operand.dtype.char
    if min(operand[:_SAMPLE].tolist()) >= 0:
        high = int(numpy.maximum.reduce(operand.view(_UNSIGNED[code])))
        if high <= _LIMITS[code][1]:
            return 0, high
    return int(numpy.minimum.reduce(operand)), int(numpy.maximum.reduce(operand))


def _lie_within(limits: Bounds, *bounds: Bounds) -> bool:
    low, high = limits
    for lowest, highest in bounds:
        if lowest < low or high < highest:
            return False
    return True


# --- integers -------------------------------------------------------------------------------


def _integers(numpy: Any, operate: Any, a: Any, b: Any, out: Any) -> bool:
    """Calculate with integers on both sides, whose results numpy would wrap silently."""
    of_a = _bounds(numpy, a)
    of_b = of_a if a is b else _bounds(numpy, b)
    if operate is numpy.divide:
        exact = _lie_within(_EXACT, of_a, of_b)
        return exact and _convert(numpy, operate(a, b, dtype="d"), out)
    reached = _reached(numpy, operate, of_a, of_b)
    if _lie_within(_LIMITS[out.dtype.char], of_a, of_b, reached):
        operate(a, b, out, casting="unsafe")
        return True
    wide = _LIMITS["q"]
    if not _lie_within(wide, of_a, of_b):
        return False
    values = operate(a, b, dtype="q")
    if not _lie_within(wide, reached) and _wraps(numpy, operate, a, b, values):
        return False
    return _convert(numpy, values, out)


def _reached(numpy: Any, operate: Any, a: Bounds, b: Bounds) -> Bounds:
    """Return the bounds of the results from those of the operands."""
    if operate is numpy.add:
        return a[0] + b[0], a[1] + b[1]
    if operate is numpy.subtract:
        return a[0] - b[1], a[1] - b[0]
    corners = [first * second for first in a for second in b]
    return min(corners), max(corners)


def _wraps(numpy: Any, operate: Any, a: Any, b: Any, values: Any) -> bool:
    """Tell whether 64 bits were too few for a result; a product near the limit counts."""
    if operate is numpy.add:  # both operands have a sign that the sum has not
        return bool((((a ^ values) & (b ^ values)) < 0).any())
    if operate is numpy.subtract:
        return bool((((a ^ b) & (a ^ values)) < 0).any())
    products = numpy.multiply(a, b, dtype="d")
    return bool(abs(products).max() >= 2.0**62)


# --- reals ----------------------------------------------------------------------------------


def _reals(numpy: Any, operate: Any, a: Any, b: Any, out: Any) -> bool:
    """Calculate where one operand has reals: in double precision, as in Python.

    Where the result is rounded to single precision, single precision operands give the same
    without the detour.
    """
    code = out.dtype.char
    if code == "f" and _is_single(numpy, a) and _is_single(numpy, b):
        a, b = [
            (
                operand.astype("f", copy=False)
                if isinstance(operand, numpy.ndarray)
                else numpy.float32(operand)
            )
            for operand in (a, b)
        ]
        operate(a, b, out)
        return True
    if not _is_exact(numpy, a, b):
        return False
    if code == "d":
        operate(a, b, out)
        return True
    return _convert(numpy, operate(a, b, dtype="d"), out)


def _is_single(numpy: Any, operand: Any) -> bool:
    """Tell whether single precision holds the operand without loss."""
    if isinstance(operand, int):
        return abs(operand) <= 2**24
    if isinstance(operand, float):
        return bool(numpy.float32(operand) == operand)
    return operand.dtype.char in "fh"


def _is_exact(numpy: Any, a: Any, b: Any) -> bool:
    """Tell whether what is an integer among the operands is a real without loss."""
    return all(
        _lie_within(_EXACT, _bounds(numpy, operand))
        for operand in (a, b)
        if _is_whole(operand)
    )


# --- results --------------------------------------------------------------------------------


def _convert(numpy: Any, values: Any, out: Any) -> bool:
    """Put ``values`` into ``out``; False when an element does not fit."""
    code = out.dtype.char
    if code in _INTEGER_CODES:
        limits = _LIMITS[code]
        if values.dtype.kind == "f" and code == "q":
            limits = _EXACT  # the limits of 64 bits are no reals
        low, high = values.min(), values.max()
        if not limits[0] <= low <= high <= limits[1]:  # nor is what is no number
            return False
    numpy.copyto(out, values, casting="unsafe")
    return True


def _blank(kind: Any, length: int) -> Any:
    """Return a list like ``kind`` of zeros."""
    blank = type(kind)([0])
    array.__imul__(blank, length)
    return blank
