"""Functions that Python has no operator for where numbers have LispE's arithmetic.

There an integer cuts what it meets to an integer, so that the greatest of some numbers
depends on their order. ``in_arithmetic`` gives the declaration that counts.
"""

from __future__ import annotations

from lisptorch_compile.catalogue.model import (
    Arithmetic,
    Builtin,
    declare,
    declare_overloads,
)
from lisptorch_compile.catalogue.numbers import BUILTINS as NUMBERS
from lisptorch_compile.catalogue.sequences import BUILTINS as SEQUENCES
from lisptorch_compile.catalogue.yields import A_LIST, extreme
from lisptorch_compile.records import replaced

_DECLARED: dict[str, Builtin] = {b.name: b for b in (*NUMBERS, *SEQUENCES)}


def in_arithmetic(builtin: Builtin, arithmetic: Arithmetic) -> Builtin:
    """Return what ``builtin`` is declared to be where numbers mean ``arithmetic``."""
    if arithmetic is Arithmetic.PYTHON:
        return builtin
    return _IN_LISPE.get(builtin.name, builtin)


def _extreme(name: str, function: str) -> Builtin:
    """Declare `max` or `min`; of numbers of one kind it is Python's."""
    overloads = [
        (
            "first: integer, second: integer, *others: integer",
            f"{name}(first, second, *others)",
        ),
        (
            "first: real, second: real, *others: real",
            f"{name}(first, second, *others)",
        ),
        ("items: typed", f"{name}(items, default=None)"),
        ("value: list, *values", f"{function}(value, *values)"),
    ]
    doc = _DECLARED[name].doc
    return declare_overloads(name, overloads, extreme, doc, pure=True, value=function)


def _operator(name: str, function: str) -> Builtin:
    """Declare an operator that is a value: ``(foldl '& 7 l)``."""
    return replaced(_DECLARED[name], value=function)


_IN_LISPE: dict[str, Builtin] = {
    "max": _extreme("max", "lispe_numbers.greatest"),
    "min": _extreme("min", "lispe_numbers.smallest"),
    "minmax": declare(
        "minmax",
        "value: list, *values",
        "lispe_numbers.minmax(value, *values)",
        A_LIST,
        _DECLARED["minmax"].doc,
        pure=True,
    ),
    **{
        name: _operator(name, function)
        for name, function in (
            ("&", "lispe_numbers.bit_and"),
            ("|", "lispe_numbers.bit_or"),
            ("^", "lispe_numbers.bit_xor"),
            ("&~", "lispe_numbers.clear_bits"),
            ("<<", "lispe_numbers.shift_left"),
            (">>", "lispe_numbers.shift_right"),
        )
    },
}
