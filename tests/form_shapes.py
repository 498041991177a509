"""Forms without their spans, to compare them, and random forms to print and read."""

from __future__ import annotations

import string
from typing import Any

from hypothesis import strategies as st

from lisptorch_compile.diagnostics import Span
from lisptorch_compile.forms import (
    DictForm,
    Form,
    ListForm,
    Number,
    Quote,
    SetForm,
    String,
    StringKind,
    Symbol,
)

NOWHERE = Span(0, 0)


def shape(form: Form) -> Any:  # Any: nested tuples and lists
    """Return a form as plain values: a list is a list, ``'x`` is ``("'", "x")``.

    A symbol is its name. Numbers stand with their type, since 1 == 1.0 and 0.0 == -0.0.
    """
    match form:
        case Symbol(name):
            return name
        case Number(value):
            return number(value)
        case String(value, kind):
            return (kind.value, value)
        case ListForm(items):
            return [shape(item) for item in items]
        case Quote(quoted):
            return ("'", shape(quoted))
        case SetForm(items):
            return ("set", [shape(item) for item in items])
        case DictForm(entries, constant):
            pairs = [(shape(key), shape(value)) for key, value in entries]
            return ("constant" if constant else "dictionary", pairs)


def number(value: complex) -> tuple[str, str]:
    return (type(value).__name__, repr(value))


def plain(text: str) -> tuple[str, str]:
    return ("plain", text)


# --- random forms -----------------------------------------------------------------

_SIGNS = "+-*/%^&|~<>=!?@#$°⍳∑_\\.,λé漢😀"
_NAMES = st.text(
    st.sampled_from(string.ascii_letters + string.digits + _SIGNS), min_size=1
)


def _is_symbol(name: str) -> bool:
    """Leave out what reads as a number, and a ``#`` that opens a comment."""
    digits = any(char.isdigit() for char in name)
    return not (digits and name.strip("+-.")[:1].isdigit()) and name != "#"


_SYMBOLS = _NAMES.filter(_is_symbol).map(lambda name: Symbol(name, NOWHERE))
_REALS = st.floats(allow_nan=False, allow_infinity=False)
_NUMBERS = st.one_of(
    st.integers(-(10**30), 10**30),
    _REALS,
    st.complex_numbers(allow_nan=False, allow_infinity=False),
).map(lambda value: Number(value, NOWHERE))
_TEXTS = st.text(st.characters(exclude_categories=()))
_STRINGS = st.builds(
    lambda value, kind: String(value, kind, NOWHERE),
    _TEXTS,
    st.sampled_from([StringKind.PLAIN, StringKind.BYTES]),
) | st.builds(
    lambda value: String(value, StringKind.RAW, NOWHERE),
    _TEXTS.filter(lambda value: "`" not in value or "»" not in value),
)


def _compounds(inner: st.SearchStrategy[Form]) -> st.SearchStrategy[Form]:
    some = st.lists(inner, max_size=5).map(tuple)
    pairs = st.lists(st.tuples(inner, inner), max_size=4).map(tuple)
    return st.one_of(
        some.map(lambda items: ListForm(items, NOWHERE)),
        inner.map(lambda form: Quote(form, NOWHERE)),
        some.filter(bool).map(lambda items: SetForm(items, NOWHERE)),
        st.builds(
            lambda p, constant: DictForm(p, constant, NOWHERE), pairs, st.booleans()
        ),
    )


forms: st.SearchStrategy[Form] = st.recursive(
    _SYMBOLS | _NUMBERS | _STRINGS, _compounds, max_leaves=20
)
