"""Element-wise arithmetic on long typed lists by numpy, where numpy gives the same values.

numpy wraps where LispE has an error (an integer that is too large), and warns where Python
raises (a division by zero). The bounds of the operands mostly show that neither can happen;
where they do not, the results are looked at, and what does not fit is left to a loop, which
finds the element to blame.
"""

from __future__ import annotations

import functools
import importlib
import sys
from array import array
from collections.abc import Callable
from typing import Any

Operation = Callable[[Any, Any], Any]
Bounds = tuple[int, int]

#: From this length on numpy is faster than a loop, when it is there already.
_MINIMUM = 64
#: From this length on it pays to import numpy, which takes about 0.1 seconds.
_WORTH_IMPORTING = 50_000

_FUNCTIONS = {"add": "add", "sub": "subtract", "mul": "multiply", "truediv": "divide"}
_INTEGER_CODES = "qh"
_LIMITS: dict[str, Bounds] = {"q": (-(2**63), 2**63 - 1), "h": (-(2**15), 2**15 - 1)}
#: So many elements tell whether to expect negative ones.
_SAMPLE = 16
#: Integers up to here are reals without loss.
_EXACT = (-(2**53), 2**53)


def combine(operation: Operation, left: Any, right: Any) -> Any:
    """Return ``operation`` on a typed list and another or a number, None to use a loop.

    The result is of the type of the left list, or of the only one. What is left over of a
    left list that is longer stays as it is.
    """
    kind = left if isinstance(left, array) else right
    if len(kind) < _MINIMUM:
        return None
    numpy = _numpy(len(kind))
    function = _FUNCTIONS.get(operation.__name__)
    if numpy is None or function is None or not _is_covered(left, right):
        return None
    a, b = _side_by_side(numpy, left, right)
    if function == "divide" and _has_zero(numpy, b):
        return None
    calculate = _integers if _is_whole(a) and _is_whole(b) else _reals
    with numpy.errstate(all="ignore"):  # as in Python, a real that is too large is inf
        result = calculate(numpy, function, a, b, kind)
    if result is not None and len(result) < len(kind):
        array.extend(result, kind[len(result) :])
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
    if _is_whole(a) != _is_whole(b) and not _is_exact(a, b):
        return None
    a, b = [numpy.float64(o) if isinstance(o, float) else o for o in (a, b)]
    return _stored(numpy, a == b, kind)


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
    return all(isinstance(operand, array | int | float) for operand in (left, right))


def _side_by_side(numpy: Any, left: Any, right: Any) -> tuple[Any, Any]:
    """Return the operands as numpy sees them, two lists as long as the shorter one."""
    a, b = [
        (
            numpy.frombuffer(operand, operand.typecode)
            if isinstance(operand, array)
            else operand
        )
        for operand in (left, right)
    ]
    if left is right:
        return a, a
    if isinstance(left, array) and isinstance(right, array):
        length = min(len(a), len(b))
        return a[:length], b[:length]
    return a, b


def _is_whole(operand: Any) -> bool:
    if isinstance(operand, int | float):
        return isinstance(operand, int)
    return operand.dtype.char in _INTEGER_CODES


def _has_zero(numpy: Any, operand: Any) -> bool:
    if isinstance(operand, int | float):
        return operand == 0
    return not (operand.min() > 0 or numpy.all(operand))


def _bounds(operand: Any) -> Bounds:
    """Return an integer that no element is smaller than, and one that none is greater than."""
    if isinstance(operand, int):
        return operand, operand
    # One pass is enough where no element is negative: unsigned, they are the greatest.
    if min(operand[:_SAMPLE].tolist()) >= 0:
        high = int(operand.view(f"u{operand.itemsize}").max())
        if high <= _LIMITS[operand.dtype.char][1]:
            return 0, high
    return int(operand.min()), int(operand.max())


def _lie_within(bounds: Bounds, limits: Bounds) -> bool:
    return limits[0] <= bounds[0] and bounds[1] <= limits[1]


# --- integers -------------------------------------------------------------------------------


def _integers(numpy: Any, function: str, a: Any, b: Any, kind: Any) -> Any:
    """Return the results for integers on both sides, which numpy would wrap silently."""
    bounds = _bounds(a)
    operands = bounds, bounds if a is b else _bounds(b)
    if function == "divide":
        exact = all(_lie_within(bounds, _EXACT) for bounds in operands)
        return _converted(numpy, numpy.divide(a, b, dtype="d"), kind) if exact else None
    reached = _reached(function, *operands)
    own = _LIMITS[kind.typecode]
    if all(_lie_within(bounds, own) for bounds in (reached, *operands)):
        return _in_place(numpy, function, a, b, kind)
    wide = _LIMITS["q"]
    if not all(_lie_within(bounds, wide) for bounds in operands):
        return None
    values = getattr(numpy, function)(a, b, dtype="q")
    if not _lie_within(reached, wide) and _wraps(numpy, function, a, b, values):
        return None
    return _converted(numpy, values, kind)


def _reached(function: str, a: Bounds, b: Bounds) -> Bounds:
    """Return the bounds of the results from those of the operands."""
    match function:
        case "add":
            return a[0] + b[0], a[1] + b[1]
        case "subtract":
            return a[0] - b[1], a[1] - b[0]
        case _:
            corners = [first * second for first in a for second in b]
            return min(corners), max(corners)


def _wraps(numpy: Any, function: str, a: Any, b: Any, values: Any) -> bool:
    """Tell whether 64 bits were too few for a result; a product near the limit counts."""
    match function:
        case "add":  # both operands have a sign that the sum has not
            return bool((((a ^ values) & (b ^ values)) < 0).any())
        case "subtract":
            return bool((((a ^ b) & (a ^ values)) < 0).any())
        case _:
            products = numpy.multiply(a, b, dtype="d")
            return bool(abs(products).max() >= 2.0**62)


# --- reals ----------------------------------------------------------------------------------


def _reals(numpy: Any, function: str, a: Any, b: Any, kind: Any) -> Any:
    """Return the results where one operand has reals: double precision, as in Python.

    Where the result is rounded to single precision, single precision operands give the same
    without the detour.
    """
    if kind.typecode == "f" and _is_single(numpy, a) and _is_single(numpy, b):
        a, b = [
            (
                operand.astype("f", copy=False)
                if isinstance(operand, numpy.ndarray)
                else numpy.float32(operand)
            )
            for operand in (a, b)
        ]
        return _in_place(numpy, function, a, b, kind)
    if not _is_exact(a, b):
        return None
    if kind.typecode == "d":
        return _in_place(numpy, function, a, b, kind)
    return _converted(numpy, getattr(numpy, function)(a, b, dtype="d"), kind)


def _is_single(numpy: Any, operand: Any) -> bool:
    """Tell whether single precision holds the operand without loss."""
    if isinstance(operand, int):
        return abs(operand) <= 2**24
    if isinstance(operand, float):
        return bool(numpy.float32(operand) == operand)
    return operand.dtype.char in "fh"


def _is_exact(a: Any, b: Any) -> bool:
    """Tell whether what is an integer among the operands is a real without loss."""
    return all(
        _lie_within(_bounds(operand), _EXACT)
        for operand in (a, b)
        if _is_whole(operand)
    )


# --- results --------------------------------------------------------------------------------


def _converted(numpy: Any, values: Any, kind: Any) -> Any:
    """Return ``values`` as a list like ``kind``, None when an element does not fit."""
    if kind.typecode in _INTEGER_CODES:
        limits = _LIMITS[kind.typecode]
        if values.dtype.kind == "f" and kind.typecode == "q":
            limits = _EXACT  # the limits of 64 bits are no reals
        low, high = values.min(), values.max()
        if not limits[0] <= low <= high <= limits[1]:  # nor is what is no number
            return None
    return _stored(numpy, values, kind)


def _stored(numpy: Any, values: Any, kind: Any) -> Any:
    result = _blank(kind, len(values))
    numpy.copyto(numpy.frombuffer(result, kind.typecode), values, casting="unsafe")
    return result


def _in_place(numpy: Any, function: str, a: Any, b: Any, kind: Any) -> Any:
    """Return the result as a list like ``kind``, which is the first list among the operands.

    It is calculated in a copy of ``kind``: numpy then reads what it writes to, which is
    quicker than to fill memory that is only written to.
    """
    result = type(kind)(kind)
    out = numpy.frombuffer(result, kind.typecode)
    if isinstance(a, numpy.ndarray):
        out = out[: len(a)]
        a, b = out, out if b is a else b
    else:
        b = out
    getattr(numpy, function)(a, b, out=out, dtype=kind.typecode, casting="unsafe")
    return result


def _blank(kind: Any, length: int) -> Any:
    """Return a list like ``kind`` of zeros."""
    blank = type(kind)([0])
    array.__imul__(blank, length)
    return blank
