"""``setq`` and its kin, the assigning operators, ``let``."""

from __future__ import annotations

from lisptorch_compile import catalogue
from lisptorch_compile.analyzer.context import Analyzer, Handler, Scope, nothing
from lisptorch_compile.analyzer.definitions import analyzed_lambda
from lisptorch_compile.analyzer.form_parts import CONSTANTS, is_lambda
from lisptorch_compile.analyzer.function_values import named_or_datum
from lisptorch_compile.analyzer.shape import shape_error
from lisptorch_compile.catalogue.forms import UPDATE_OPERATORS
from lisptorch_compile.forms import Form, ListForm, Symbol
from lisptorch_compile.nodes import (
    Assign,
    Constant,
    Destructure,
    Let,
    Node,
    Result,
    Update,
    UpdateItem,
)
from lisptorch_compile.scope import Binding, BindingKind


def setq(analyzer: Analyzer, form: ListForm, tail: bool) -> Node:
    """``(setq x e)``, ``(setq (a b) e)``: variables of the function."""
    return _assigned(analyzer, form, Result.TRUE, everywhere=False)


def setqv(analyzer: Analyzer, form: ListForm, tail: bool) -> Node:
    return _assigned(analyzer, form, Result.VALUE, everywhere=False)


def setg(analyzer: Analyzer, form: ListForm, tail: bool) -> Node:
    """``(setg x e)``: a variable of the file."""
    return _assigned(analyzer, form, Result.TRUE, everywhere=True)


def _assigned(
    analyzer: Analyzer, form: ListForm, result: Result, *, everywhere: bool
) -> Node:
    target, value_form = form.items[1:]
    if isinstance(target, Symbol):
        binding = _target(analyzer, target, everywhere)
        value = _value(analyzer, target, binding, value_form)
        if binding is None:
            return nothing(form.span)
        analyzer.routine.flow.assign(binding)
        return Assign(binding, value, result, form.span)
    value = analyzer.lower(value_form)
    if isinstance(target, ListForm) and target.items:
        return _destructured(analyzer, form, target, value, everywhere)
    return shape_error(analyzer, form, "a name or a list of names", target)


def _value(
    analyzer: Analyzer, target: Symbol, binding: Binding | None, form: Form
) -> Node:
    """Return the value for a variable: a quoted name when the variable is called is a
    function; a lambda that only this variable holds calls itself by it."""
    if isinstance(form, ListForm) and is_lambda(form):
        once = target.name not in analyzer.survey.set_again
        return analyzed_lambda(analyzer, form, binding if once else None)
    if analyzer.is_called(target.name):
        return named_or_datum(analyzer, form)
    return analyzer.lower(form)


def _target(analyzer: Analyzer, symbol: Symbol, everywhere: bool) -> Binding | None:
    owner, _, attribute = symbol.name.rpartition(".")
    if owner and attribute and analyzer.find(owner.partition(".")[0]) is not None:
        analyzer.report_once(
            "LT0611",
            symbol.name,
            symbol.span,
            name=symbol.name,
            owner=owner,
            attribute=attribute,
        )
    if everywhere:
        return analyzer.global_target(symbol)
    return analyzer.target(symbol)


def _destructured(
    analyzer: Analyzer, form: ListForm, names: ListForm, value: Node, everywhere: bool
) -> Node:
    bindings: list[Binding] = []
    for name in names.items:
        if not isinstance(name, Symbol):
            return shape_error(analyzer, form, "a list of names", name)
        binding = _target(analyzer, name, everywhere)
        if binding is None:
            return nothing(form.span)
        bindings.append(binding)
    for binding in bindings:
        analyzer.routine.flow.assign(binding)
    return Destructure(tuple(bindings), value, form.span)


def set_where_it_lives(analyzer: Analyzer, form: ListForm, tail: bool) -> Node:
    """``(setq= x e)``: the function's variable, else the file's."""
    target, value_form = form.items[1:]
    if not isinstance(target, Symbol):
        return shape_error(analyzer, form, "a name", target)
    value = analyzer.lower(value_form)
    binding = analyzer.target(target)
    if binding is None:
        return nothing(form.span)
    binding = analyzer.routine.flow.read(binding)
    return Assign(binding, value, Result.TRUE, form.span)


def setconst(analyzer: Analyzer, form: ListForm, tail: bool) -> Node:
    target, value_form = form.items[1:]
    value = analyzer.lower(value_form)
    if not isinstance(target, Symbol):
        return shape_error(analyzer, form, "a name", target)
    if not analyzer.may_bind(target):
        return nothing(form.span)
    return Constant(analyzer.survey.globals[target.name], value, form.span)


# --- += and its kin --------------------------------------------------------------------------


def update(analyzer: Analyzer, form: ListForm, tail: bool) -> Node:
    """``(+= x a b)``, ``(+= (@ container k1 k2) a)``."""
    head, target, *operand_forms = form.items
    assert isinstance(head, Symbol)
    operator = catalogue.lookup(UPDATE_OPERATORS[head.name])
    assert operator is not None
    if isinstance(target, Symbol):
        binding = _updated(analyzer, target, head.name)
        operands = analyzer.body(operand_forms)
        if binding is None:
            return nothing(form.span)
        return Update(operator, binding, operands, form.span)
    access = _access(target)
    if access is None:
        return shape_error(analyzer, form, "a name or (@ container key …)", target)
    container = analyzer.lower(access[0])
    keys = analyzer.body(access[1:])
    operands = analyzer.body(operand_forms)
    return UpdateItem(operator, container, keys, operands, form.span)


def _updated(analyzer: Analyzer, symbol: Symbol, operator: str) -> Binding | None:
    """Return the variable that ``+=`` changes: where it lives, local before global."""
    if analyzer.find(symbol.name) is None and symbol.name not in CONSTANTS:
        analyzer.unknown_name(symbol)
        return None
    binding = analyzer.target(symbol)
    if binding is None:
        return None
    if binding.kind is BindingKind.PARAMETER:
        analyzer.report_once(
            "LT0603",
            f"{symbol.name} {binding.span}",
            symbol.span,
            operator=operator,
            name=symbol.name,
        )
    return analyzer.routine.flow.read(binding)


def _access(form: Form) -> tuple[Form, ...] | None:
    """Return container and keys of ``(@ container key …)``."""
    match form:
        case ListForm((Symbol("@" | "at" | "nth"), *rest)) if len(rest) >= 2:
            return tuple(rest)
        case _:
            return None


# --- let ---------------------------------------------------------------------------------------


def let(analyzer: Analyzer, form: ListForm, tail: bool) -> Node:
    """``(let ((a 1) (b a)) …)``: one after the other, for the body only."""
    pairs = form.items[1]
    if not isinstance(pairs, ListForm):
        return shape_error(analyzer, form, "a list of (name value) pairs", pairs)
    region = analyzer.region(form)
    scope = Scope(region, {}, analyzer.scope)
    bindings: list[tuple[Binding, Node]] = []
    with analyzer.inside(scope):
        for pair in pairs.items:
            bound = _bound(analyzer, form, pair)
            if bound is not None:
                bindings.append(bound)
                scope.names[bound[0].name] = bound[0]
        body = analyzer.body(form.items[2:], tail)
    return Let(tuple(bindings), body, form.span)


def _bound(
    analyzer: Analyzer, form: ListForm, pair: Form
) -> tuple[Binding, Node] | None:
    match pair:
        case ListForm((Symbol() as name, value)):
            node = analyzer.lower(value)
            if not analyzer.may_bind(name):
                return None
            return Binding(name.name, BindingKind.LOCAL, name.span), node
        case Symbol() as name:  # bound all the same: the body is not to blame
            error = shape_error(analyzer, form, "pairs (name value)", pair)
            return Binding(name.name, BindingKind.LOCAL, name.span), error
        case _:
            shape_error(analyzer, form, "pairs (name value)", pair)
            return None


FORMS: dict[str, Handler] = {
    "setq": setq,
    "setqv": setqv,
    "label": setqv,
    "setg": setg,
    "setq=": set_where_it_lives,
    "setconst": setconst,
    "let": let,
    **dict.fromkeys(UPDATE_OPERATORS, update),
}
