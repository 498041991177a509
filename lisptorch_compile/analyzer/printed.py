"""How LispE prints a datum, for the keys of ``switch``, and a function."""

from __future__ import annotations

from lisptorch_compile.analyzer.form_parts import CONSTANTS, is_lambda
from lisptorch_compile.catalogue.spellings import printed_name
from lisptorch_compile.forms import (
    DictForm,
    Form,
    ListForm,
    Number,
    Quote,
    SetForm,
    String,
    Symbol,
)


def printed(form: Form) -> str:
    """Return the text that ``println`` writes for a literal or an atom.

    >>> from lisptorch_compile.diagnostics import Span
    >>> printed(Number(2.50, Span(0, 3)))
    '2.5'
    """
    match form:
        case String(value):
            return value
        case Number(value):
            return _number(value)
        case Symbol("true"):
            return "true"
        case Symbol(name):
            return "nil" if name in CONSTANTS else printed_name(name)
        case Quote(Symbol() | Number() | String() as datum):
            return printed(datum)
        case _:
            return _inside(form)


def printed_function(form: ListForm) -> str:
    """Return the text that ``println`` writes for a ``defun`` or a lambda."""
    head = "λ" if is_lambda(form) else printed(form.items[0])
    return f"({' '.join([head, *map(_inside, form.items[1:])])})"


def _number(value: complex) -> str:
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return f"{value:g}"
    imaginary = f"{value.imag:g}"
    imaginary = {"1": "", "-1": "-"}.get(imaginary, imaginary)
    return f"{value.real:g},{imaginary}i"


def _inside(form: Form) -> str:
    """Return the text of a datum within a container: texts are quoted there."""
    match form:
        case String(value):
            escaped = value.replace("\\", "\\\\").replace('"', '\\"')
            return f'"{escaped}"'
        case ListForm() if is_lambda(form):
            return printed_function(form)
        case ListForm(items):
            return f"({' '.join([_inside(item) for item in items])})"
        case SetForm(items):
            return f"{{{' '.join([_inside(item) for item in items])}}}"
        case DictForm(entries):
            pairs = [f"{_inside(key)}:{_inside(value)}" for key, value in entries]
            return f"{{{' '.join(pairs)}}}"
        case Quote(datum):
            return f"'{_inside(datum)}"
        case _:
            return printed(form)
