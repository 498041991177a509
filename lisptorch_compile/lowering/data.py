"""Quoted data → the Python that builds it, afresh at each evaluation."""

from __future__ import annotations

from collections.abc import Sequence

from lisptorch_compile import pytree as py
from lisptorch_compile.catalogue.model import SYMBOL, takes_options
from lisptorch_compile.diagnostics import Span
from lisptorch_compile.fact_rules import takes_function
from lisptorch_compile.facts import Facts
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
from lisptorch_compile.lowering.build import Code, literal
from lisptorch_compile.nodes import BuiltinCall, Call, Data, Node
from lisptorch_compile.pytree import Expr, Stmt
from lisptorch_compile.walk import argument_value, children

_NAMES: dict[str, bool | None] = {
    "nil": None,
    "_": None,
    "false": None,
    "fail_": None,
    "true": True,
}


#: Data nest this deep before an inner list gets a name of its own.
_MAX_DEPTH = 12


def data_code(lowerer: Lowerer, node: Data, *, plain: bool = False) -> Code:
    """Return the Python of a quoted datum: ``'(a 1)`` → ``List([Symbol("a"), 1])``."""
    before: list[Stmt] = []
    functions = dict(node.functions) if lowerer.atoms_are_called else {}
    value = _Builder(lowerer, before, functions).value(node.form, 0, plain=plain)
    return Code(before, value)


def atoms_are_called(facts: Facts) -> bool:
    """Tell whether a call, or a builtin that takes a function, may be given an atom."""
    stack: list[Node] = list(facts.body)
    while stack:
        node = stack.pop()
        match node:
            case Call(function) if facts.of(function).may_be(SYMBOL):
                return True
            case BuiltinCall(builtin) if takes_options(builtin):
                return True
            case BuiltinCall(builtin, (function, *_)) if takes_function(builtin):
                if facts.of(argument_value(function)).may_be(SYMBOL):
                    return True
        stack.extend(children(node))
    return False


class _Builder:
    """Builds one datum; what nests too deeply is made in statements ``before``."""

    def __init__(
        self, lowerer: Lowerer, before: list[Stmt], functions: dict[str, Node]
    ) -> None:
        self.lowerer = lowerer
        self.before = before
        self.functions = functions  # that atoms name

    def value(self, form: Form, depth: int, *, plain: bool = False) -> Expr:
        if depth < _MAX_DEPTH or isinstance(form, Symbol | Number | String):
            return self._value(form, depth, plain=plain)
        value = self._value(form, 0)
        inner = self.lowerer.temporary("inner", form.span)
        self.before.extend(self.lowerer.assign(inner, value, form.span))
        return py.Name(inner, form.span)

    def symbol(self, name: str, span: Span) -> Expr:
        """Return an atom, with the function that it names if the program may call it."""
        arguments: list[Expr] = [literal(name, span)]
        function = self.functions.get(name)
        if function is not None:
            before, value = self.lowerer.value(function)
            self.before.extend(before)
            arguments.append(value)
        return self.lowerer.runtime("Symbol", arguments, span)

    def values(self, forms: Sequence[Form], depth: int) -> list[Expr]:
        return [self.value(form, depth + 1) for form in forms]

    def _value(self, form: Form, depth: int, *, plain: bool = False) -> Expr:
        return _datum(self, form, depth, plain=plain)


def _datum(builder: _Builder, form: Form, depth: int, *, plain: bool) -> Expr:
    lowerer, span = builder.lowerer, form.span
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
            return builder.symbol(name, span)
        case ListForm(items) if any([_is_dot(item) for item in items]):
            front = builder.values(items[:-2], depth)
            tail = builder.value(items[-1], depth + 1)
            display = py.ListDisplay(tuple(front), span)
            return lowerer.runtime("LinkedList", [display, tail], span)
        case ListForm((Symbol(), *fields)) if (
            record := lowerer.facts.classes.quoted_record(form)
        ) is not None:
            # a record as it stands: patterns take it for one
            values = builder.values(fields, depth)
            return py.Call(lowerer.variable(record, span), tuple(values), (), span)
        case ListForm(items):
            values = builder.values(items, depth)
            return lowerer.list_display(values, span, plain=plain)
        case Quote(quoted):
            quote = lowerer.runtime("Symbol", [literal("quote", span)], span)
            values = [quote, builder.value(quoted, depth + 1)]
            return lowerer.list_display(values, span, plain=plain)
        case DictForm(entries):
            pairs = [
                (_key(builder, key, depth), builder.value(value, depth + 1))
                for key, value in entries
            ]
            return py.DictDisplay(tuple(pairs), span)
        case SetForm(items):
            return set_display(lowerer, builder.values(items, depth), span)


def set_display(lowerer: Lowerer, values: list[Expr], span: Span) -> Expr:
    """Return a set: ``{1, 2}``, by the runtime when an item may not be hashable."""
    if all([isinstance(value, py.Literal) for value in values]):
        return py.SetDisplay(tuple(values), span)
    return lowerer.runtime("dictionaries.make_set", values, span)


def _is_dot(item: Form) -> bool:
    return isinstance(item, Symbol) and item.name == "."


def _key(builder: _Builder, key: Form, depth: int) -> Expr:
    if isinstance(key, Symbol):
        return literal(key.name, key.span)
    return builder.value(key, depth + 1)
