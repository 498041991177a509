"""Conversions between numbers and texts: what a typed list does to its elements."""

from __future__ import annotations

import re
from typing import Any

from lisptorch_compile.runtime.errors import LispError
from lisptorch_compile.runtime.text import text

#: The number that a text starts with: hexadecimal, binary, or decimal.
_INTEGER = re.compile(r"\s*([+-]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|(\d+))")
_REAL = re.compile(r"\s*[+-]?(?:inf|nan|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)")
_MINIMUM_SHORT, _MAXIMUM_SHORT = -(2**15), 2**15 - 1


def to_text(value: Any) -> str:
    """Return ``value`` as a text: its printed form, or the text of a byte string."""
    return value if isinstance(value, str) else text(value)


def to_integer(value: Any) -> int:
    """Return ``value`` as an integer: reals are cut, texts give the number they start with.

    >>> to_integer(2.7), to_integer("12abc"), to_integer("0x1F"), to_integer(None)
    (2, 12, 31, 0)

    Raises:
        LispError: ``value`` is no number, text or truth value, or is infinite.
    """
    if type(value) is str and value.isdecimal():
        return int(value)
    if isinstance(value, int):
        return int(value)
    if isinstance(value, str | bytes):
        return _read_integer(text(value))
    if value is None:
        return 0
    try:
        return int(value)
    except (TypeError, ValueError, OverflowError) as error:
        raise _not_a_number(value) from error


def to_float(value: Any) -> float:
    """Return ``value`` as a real; texts give the number they start with.

    >>> to_float(3), to_float("2.5 m"), to_float("0x10"), to_float("x")
    (3.0, 2.5, 16.0, 0.0)

    Raises:
        LispError: ``value`` is no number, text or truth value.
    """
    if isinstance(value, int | float):
        return float(value)
    if isinstance(value, str | bytes):
        return _read_real(text(value))
    if value is None:
        return 0.0
    try:
        return float(value)
    except (TypeError, ValueError) as error:
        raise _not_a_number(value) from error


def to_short(value: Any) -> int:
    """Return ``value`` as an integer of 16 bits.

    Raises:
        LispError: it has no such form.
    """
    number = to_integer(value)
    if not _MINIMUM_SHORT <= number <= _MAXIMUM_SHORT:
        raise LispError(f"Error: number out of range in 'short': {number}")
    return number


def to_complex(real: Any, imaginary: Any = 0) -> complex:
    """Return the complex number of a real and an imaginary part."""
    if isinstance(real, complex):
        return real
    return complex(to_float(real), to_float(imaginary))


def _read_integer(digits: str) -> int:
    found = _INTEGER.match(digits)
    if found is None:
        return 0
    sign, hexadecimal, binary, decimal = found.groups()
    if hexadecimal:
        number = int(hexadecimal, 16)
    elif binary:
        number = int(binary, 2)
    else:
        return int(_read_real(digits)) if _has_exponent(digits) else int(sign + decimal)
    return -number if sign == "-" else number


def _has_exponent(digits: str) -> bool:
    found = _REAL.match(digits)
    return found is not None and "e" in found[0].lower()


def _read_real(digits: str) -> float:
    found = _INTEGER.match(digits)
    if found is not None and found[4] is None:
        return float(_read_integer(digits))
    found = _REAL.match(digits)
    return float(found[0]) if found is not None else 0.0


def _not_a_number(value: Any) -> LispError:
    return LispError(f"Error: cannot convert this value into a number: '{text(value)}'")
