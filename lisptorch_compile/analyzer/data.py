"""Literals and what is read from them: quotes, dictionaries, sets, ``f_``, ``infix``."""

from __future__ import annotations

from lisptorch_compile import catalogue
from lisptorch_compile.analyzer.context import (
    Analyzer,
    Handler,
    Scope,
    nothing,
    string_literal,
)
from lisptorch_compile.analyzer.form_parts import CONSTANTS
from lisptorch_compile.analyzer.function_values import quoted_functions
from lisptorch_compile.analyzer.infix import is_expression, rewritten
from lisptorch_compile.analyzer.interpolation import pieces
from lisptorch_compile.analyzer.shape import shape_error
from lisptorch_compile.catalogue.forms import INFIX_OF_VALUE
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
from lisptorch_compile.nodes import (
    BuiltinCall,
    Data,
    DictLiteral,
    Elapse,
    Interpolated,
    Lambda,
    Literal,
    Node,
    Parameter,
    SetLiteral,
)
from lisptorch_compile.scope import Binding, BindingKind


def quote(analyzer: Analyzer, form: Quote) -> Node:
    """``'datum``; a literal is the same without the quote."""
    return _datum(form.form, quoted_functions(analyzer, form.form))


def quote_form(analyzer: Analyzer, form: ListForm, tail: bool) -> Node:
    return _datum(form.items[1], quoted_functions(analyzer, form.items[1]))


def _datum(form: Form, functions: tuple[tuple[str, Node], ...] = ()) -> Node:
    match form:
        case Number(value, span):
            return Literal(value, span)
        case String():
            return string_literal(form)
        case Symbol(name, span) if name in CONSTANTS:
            return Literal(True if name == "true" else None, span)
        case _:
            return Data(form, form.span, functions)


# --- dictionaries and sets ------------------------------------------------------------------


def dictionary(analyzer: Analyzer, form: DictForm) -> Node:
    """``{k:v}``, ``@{k:v}``: text keys, unless one is written as a number."""
    text_keys = not any(isinstance(key, Number) for key, _ in form.entries)
    entries: list[tuple[Node, Node]] = []
    for key, value in form.entries:
        name = _constant_key(key) if form.constant else _key(analyzer, key)
        content = _datum(value) if form.constant else analyzer.lower(value)
        entries.append((name, content))
    return DictLiteral(tuple(entries), text_keys, form.span)


def _key(analyzer: Analyzer, key: Form) -> Node:
    """A name that is no variable stands for itself."""
    if isinstance(key, Symbol) and key.name not in CONSTANTS:
        variable = analyzer.variable(key)
        return Literal(key.name, key.span) if variable is None else variable
    if isinstance(key, Quote) and isinstance(key.form, Symbol):
        return Literal(key.form.name, key.span)
    return analyzer.lower(key)


def _constant_key(key: Form) -> Node:
    return Literal(key.name, key.span) if isinstance(key, Symbol) else _datum(key)


def set_(analyzer: Analyzer, form: SetForm) -> Node:
    """``{a b}``: a name that is no variable is an atom."""
    items: list[Node] = []
    for item in form.items:
        atom = isinstance(item, Symbol) and item.name not in CONSTANTS
        if atom and isinstance(item, Symbol) and analyzer.find(item.name) is None:
            items.append(Data(item, item.span))
        else:
            items.append(analyzer.lower(item))
    return SetLiteral(tuple(items), form.span)


# --- forms ----------------------------------------------------------------------------------


def elapse(analyzer: Analyzer, form: ListForm, tail: bool) -> Node:
    with analyzer.guard(loop=False):
        return Elapse(analyzer.body(form.items[1:]), form.span)


def for_(analyzer: Analyzer, form: ListForm, tail: bool) -> Node:
    """``(for x items value [condition])`` → ``map`` (over ``filter``), where x is the
    parameter of a lambda."""
    name, items = form.items[1:3]
    if not isinstance(name, Symbol):
        return shape_error(analyzer, form, "a name", name)
    if not analyzer.may_bind(name):
        return nothing(form.span)
    source = analyzer.lower(items)
    value, *condition = form.items[3:]
    if condition:
        source = _applied("filter", analyzer, form, condition[0], source)
    return _applied("map", analyzer, form, value, source)


def _applied(
    builtin_name: str, analyzer: Analyzer, form: ListForm, part: Form, source: Node
) -> Node:
    """Return the call of a builtin on ``part``, as a lambda, and ``source``."""
    builtin = catalogue.lookup(builtin_name)
    assert builtin is not None
    name = form.items[1]
    assert isinstance(name, Symbol)
    region = analyzer.region(form)
    binding = Binding(name.name, BindingKind.PARAMETER, name.span)
    names = {**region.locals, name.name: binding}
    scope = Scope(region, names, analyzer.scope)
    with analyzer.inside(scope), analyzer.guard(loop=False):
        body = analyzer.lower(part)
    parameter = Parameter(binding, None, False, False, name.span)
    own = tuple(region.locals.values())
    function = Lambda((parameter,), (body,), own, None, part.span)
    return BuiltinCall(builtin, (function, source), form.span)


def stray_named(analyzer: Analyzer, form: ListForm, tail: bool) -> Node:
    """``(? name value)`` where it is no argument."""
    analyzer.report("LT0210", form.span)
    return nothing(form.span)


def interpolated(analyzer: Analyzer, form: ListForm, tail: bool) -> Node:
    """``(f_ "loss {loss} at {+ step 1}")``."""
    text = form.items[1]
    if not isinstance(text, String) or text.kind is StringKind.BYTES:
        return shape_error(analyzer, form, "a text", text)
    found = analyzer.survey.pieces.get(id(text)) or pieces(text, analyzer.source)
    if found is None:
        analyzer.report("LT0212", text.span)
        return nothing(form.span)
    parts = [p if isinstance(p, str) else analyzer.lower(p) for p in found]
    return Interpolated(tuple(parts), form.span)


def infix(analyzer: Analyzer, form: ListForm, tail: bool) -> Node:
    """``(infix 10 + 2 * 3)`` → ``(+ 10 (* 2 3))``; of a value: that list's."""
    items = form.items[1:]
    if len(items) == 1:
        (only,) = items
        quoted = _quoted_expression(only)
        if quoted is not None:
            return analyzer.lower(quoted, tail)
        if not isinstance(only, ListForm) or not is_expression(only):
            return BuiltinCall(INFIX_OF_VALUE, (analyzer.lower(only),), form.span)
        items = only.items
    result = rewritten(items, form.span)
    if isinstance(
        result, ListForm | Symbol | Number | String | Quote | DictForm | SetForm
    ):
        return analyzer.lower(result, tail)
    analyzer.report("LT0213", form.span, found=result)
    return nothing(form.span)


def _quoted_expression(form: Form) -> Form | None:
    """Return the call for an expression that is quoted: ``'(x + 1)`` reads x, as the code
    that ``eval`` gets does."""
    match form:
        case Quote(ListForm() as quoted) | ListForm(
            (Symbol("quote"), ListForm() as quoted)
        ) if is_expression(quoted):
            result = rewritten(quoted.items, quoted.span)
            return None if isinstance(result, str) else result
        case _:
            return None


FORMS: dict[str, Handler] = {
    "quote": quote_form,
    "elapse": elapse,
    "for": for_,
    "?": stray_named,
    "f_": interpolated,
    "infix": infix,
}
