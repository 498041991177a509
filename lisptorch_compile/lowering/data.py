"""Quoted data → the Python that builds it, afresh at each evaluation."""

from __future__ import annotations

from lisptorch_compile import pytree as py
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
from lisptorch_compile.lowering.base import Lowerer
from lisptorch_compile.lowering.build import literal
from lisptorch_compile.pytree import Expr

_NAMES: dict[str, bool | None] = {
    "nil": None,
    "_": None,
    "false": None,
    "fail_": None,
    "true": True,
}


def data_value(lowerer: Lowerer, form: Form, *, plain: bool = False) -> Expr:
    """Return the Python of a quoted datum: ``'(a 1)`` → ``List([Symbol("a"), 1])``."""
    span = form.span
    match form:
        case Number(value):
            return literal(value, span)
        case String(value, StringKind.BYTES):
            return literal(value.encode(), span)
        case String(value):
            return literal(value, span)
        case Symbol(name) if name in _NAMES:
            return literal(_NAMES[name], span)
        case Symbol(name):
            return lowerer.runtime("Symbol", [literal(name, span)], span)
        case ListForm(items) if any([_is_dot(item) for item in items]):
            return _dotted(lowerer, form)
        case ListForm(items):
            values = [data_value(lowerer, item) for item in items]
            return _list(lowerer, values, form, plain=plain)
        case Quote(quoted):
            quote = lowerer.runtime("Symbol", [literal("quote", span)], span)
            values = [quote, data_value(lowerer, quoted)]
            return _list(lowerer, values, form, plain=plain)
        case DictForm(entries):
            pairs = [
                (_key(lowerer, key), data_value(lowerer, value))
                for key, value in entries
            ]
            return py.DictDisplay(tuple(pairs), span)
        case SetForm(items):
            return set_display(lowerer, [data_value(lowerer, i) for i in items], span)


def set_display(lowerer: Lowerer, values: list[Expr], span: Span) -> Expr:
    """Return a set: ``{1, 2}``, by the runtime when an item may not be hashable."""
    if all([isinstance(value, py.Literal) for value in values]):
        return py.SetDisplay(tuple(values), span)
    return lowerer.runtime("dictionaries.make_set", values, span)


def _list(lowerer: Lowerer, values: list[Expr], form: Form, *, plain: bool) -> Expr:
    display = py.ListDisplay(tuple(values), form.span)
    if plain:
        return display
    arguments = [display] if values else []
    return lowerer.runtime("List", arguments, form.span)


def _dotted(lowerer: Lowerer, form: ListForm) -> Expr:
    """``'(a b . c)``: a linked list whose last cell holds c."""
    front = [data_value(lowerer, item) for item in form.items[:-2]]
    tail = data_value(lowerer, form.items[-1])
    display = py.ListDisplay(tuple(front), form.span)
    return lowerer.runtime("LinkedList", [display, tail], form.span)


def _is_dot(item: Form) -> bool:
    return isinstance(item, Symbol) and item.name == "."


def _key(lowerer: Lowerer, key: Form) -> Expr:
    if isinstance(key, Symbol):
        return literal(key.name, key.span)
    return data_value(lowerer, key)
