"""Functions given to functions: quoted names, operators, lambdas and templates.

'upper    +    (\\(x) …)    '(< 10)    '(split _ " ")    '(1 -)
"""

from __future__ import annotations

from lisptorch_compile import catalogue
from lisptorch_compile.analyzer.context import (
    Analyzer,
    Scope,
    failure,
    unknown_instruction,
)
from lisptorch_compile.analyzer.form_parts import CONSTANTS, is_lambda, is_template
from lisptorch_compile.analyzer.parameters import (
    accepts,
    begins_with_function,
    signatures_of,
)
from lisptorch_compile.catalogue.model import Builtin
from lisptorch_compile.diagnostics import Span
from lisptorch_compile.forms import Form, ListForm, Number, Quote, String, Symbol
from lisptorch_compile.macros import symbols
from lisptorch_compile.names import singular
from lisptorch_compile.nodes import (
    BuiltinCall,
    BuiltinValue,
    Lambda,
    Node,
    Parameter,
    Variable,
)
from lisptorch_compile.scope import Binding, BindingKind

#: Where a template puts the element: right after the operator when that stands first,
#: last when the operator stands last. Everywhere else it comes at the end.
_ELEMENT_FIRST = frozenset(("map", "filter", "takewhile", "dropwhile"))

#: Those for which a list that is not quoted may be a template, too.
_UNQUOTED_TEMPLATES = frozenset(
    ("maplist", "mapcar", "filterlist", "droplist", "takelist", "scanlist")
)

#: ``(map '+ l)`` gives the operator each element twice.
_OPERATORS = frozenset(
    ("+", "-", "*", "/", "%", "^^", "&", "|", "^", "&~", "<<", ">>", "=", "==", "!=")
    + ("<", "<=", ">", ">=", ">=<", "and", "or", "xor")
)

#: With one argument, these go between the elements of a list.
_FOLDING = frozenset(("+", "-", "*", "/", "%", "^^", "&", "|", "^", "&~", "<<", ">>"))

#: In these, ``=`` means ``==``: 1 or 0, element by element.
_ARRAY_FORMS = frozenset(
    ("reduce", "backreduce", "scan", "backscan", "outer", "inner", "rank@")
)

#: The name of the element in a template: no symbol of a program has a blank.
_ELEMENT = " element"


def function_value(
    analyzer: Analyzer, form: Form, builtin: Builtin, call: ListForm
) -> Node:
    """Return the node of a function given to ``builtin``."""
    form = analyzer.constant_atom(form)
    match form:
        case Symbol():
            return _named(analyzer, form, builtin, call, quoted=False)
        case Quote(Symbol() as symbol):
            return _named(analyzer, symbol, builtin, call, quoted=True)
        case Quote(ListForm() as quoted) if is_lambda(quoted):
            return analyzer.lower(quoted)
        case Quote(ListForm() as quoted) if is_template(form):
            return _template(analyzer, quoted, builtin, call)
        case ListForm() if not is_lambda(form):
            if builtin.name in _UNQUOTED_TEMPLATES and _lacks_element(analyzer, form):
                return _template(analyzer, form, builtin, call)
            return analyzer.lower(form)
        case Quote(ListForm(items)) if items and _takes_templates(builtin):
            analyzer.report("LT0405", form.span)
            return failure("Error: missing operator", form.span)
        case Number() | String() if form is call.items[1] and begins_with_function(
            builtin
        ):
            analyzer.report("LT0404", form.span, found=analyzer.text(form))
            return failure("Error: missing operator", form.span)
        case _:
            return analyzer.lower(form)


def _takes_templates(builtin: Builtin) -> bool:
    return builtin.name in _ELEMENT_FIRST or builtin.name in _UNQUOTED_TEMPLATES


def operators_first(form: ListForm, builtin: Builtin) -> ListForm:
    """Return ``(° a f b)`` as ``(° f a b)``, ``(. a f g b)`` as ``(. f g a b)``."""
    match builtin.name, form.items:
        case "outer", (head, rows, function, columns) if _is_infix([function], rows):
            return ListForm((head, function, rows, columns), form.span)
        case "inner", (head, left, outer, inner, right) if _is_infix(
            [outer, inner], left
        ):
            return ListForm((head, outer, inner, left, right), form.span)
        case _:
            return form


def _is_infix(functions: list[Form], first: Form) -> bool:
    names = [_operator_name(form) for form in functions]
    return None not in names and _operator_name(first) is None


def _operator_name(form: Form) -> str | None:
    symbol = form.form if isinstance(form, Quote) else form
    if not isinstance(symbol, Symbol):
        return None
    builtin = catalogue.lookup(symbol.name)
    known = builtin is not None and builtin.name in _OPERATORS
    return symbol.name if known else None


def named_or_datum(analyzer: Analyzer, form: Form) -> Node:
    """Return what goes to a variable that is called: a quoted name is a function."""
    form = analyzer.constant_atom(form)
    match form:
        case Quote(Symbol() as symbol) if symbol.name not in CONSTANTS:
            found = named_function(analyzer, symbol)
            return analyzer.lower(form) if found is None else found
        case Quote(ListForm() as quoted) if is_lambda(quoted):
            return analyzer.lower(quoted)
        case _:
            return analyzer.lower(form)


# --- names ----------------------------------------------------------------------------------


def _named(
    analyzer: Analyzer,
    symbol: Symbol,
    builtin: Builtin,
    call: ListForm,
    *,
    quoted: bool,
) -> Node:
    if symbol.name in CONSTANTS:
        return analyzer.lower(symbol)
    if not quoted or catalogue.lookup(symbol.name) is None:
        variable = analyzer.variable(symbol)
        if variable is not None:
            return variable
    named = _array_name(symbol.name, builtin)
    found = named_function(analyzer, Symbol(named, symbol.span))
    if found is None and not quoted:
        return analyzer.unknown_name(symbol)
    if found is None and analyzer.may_come_later:
        return analyzer.late_name(symbol)
    if found is None:
        analyzer.report_unknown("LT0302", symbol, otherwise="define it by defun")
        return unknown_instruction(symbol)
    if builtin.name == "map" and _is_operator(found):
        return _doubled(analyzer, found, symbol.span, call)
    if builtin.name in _UNQUOTED_TEMPLATES and symbol.name in _FOLDING:
        # ``(maplist '+ rows)``: the sum of each row
        return _template(analyzer, ListForm((symbol,), symbol.span), builtin, call)
    return found


def named_function(analyzer: Analyzer, symbol: Symbol) -> Node | None:
    """Return the function that a quoted name means, None when there is none."""
    function = analyzer.find_function(symbol.name)
    if function is not None:
        return Variable(function, symbol.span)
    builtin = catalogue.lookup(symbol.name)
    if builtin is None:
        return analyzer.variable(symbol) or analyzer.attribute(symbol)
    if builtin.unsupported is not None:
        return analyzer.unsupported(builtin, symbol)
    if builtin.form:
        return _form_as_function(analyzer, builtin, symbol)
    return BuiltinValue(builtin, symbol.span)


def quoted_functions(analyzer: Analyzer, datum: Form) -> tuple[tuple[str, Node], ...]:
    """Return the functions that atoms of a datum name, where the program calls values:
    ``(loop f '(sqrt double) (f 16))``. The runtime knows the operators."""
    of_more = bool(analyzer.survey.loads or analyzer.foreign or analyzer.is_open)
    if not analyzer.survey.calls_values and not of_more:
        return ()
    found: dict[str, Node] = {}
    for symbol in symbols(datum):
        function = analyzer.find_function(symbol.name)
        builtin = catalogue.lookup(symbol.name)
        if function is not None:
            found[symbol.name] = Variable(function, symbol.span)
        elif builtin is not None and _is_function(builtin):
            found[symbol.name] = BuiltinValue(builtin, symbol.span)
    return tuple(sorted(found.items()))


def _is_function(builtin: Builtin) -> bool:
    special = builtin.form or builtin.unsupported is not None
    return not special and builtin.name not in _OPERATORS


def _array_name(name: str, builtin: Builtin) -> str:
    return "==" if name == "=" and builtin.name in _ARRAY_FORMS else name


def _is_operator(function: Node) -> bool:
    return isinstance(function, BuiltinValue) and function.builtin.name in _OPERATORS


def _doubled(analyzer: Analyzer, function: Node, span: Span, call: ListForm) -> Node:
    """``(map '* l)`` → the lambda of ``(* x x)``."""
    assert isinstance(function, BuiltinValue)
    element = _element(call, span)
    twice = (Variable(element, span), Variable(element, span))
    return _lambda([element], BuiltinCall(function.builtin, twice, span), span)


#: Special forms that make sense as functions, and how many arguments they then take.
_FORM_ARITY = {"not": 1, "and": 2, "or": 2, "xor": 2, "andvalue": 2, "select": 2}


def _form_as_function(analyzer: Analyzer, builtin: Builtin, symbol: Symbol) -> Node:
    """``'not`` → the lambda of ``(not value)``."""
    count = _FORM_ARITY.get(builtin.name)
    if count is None:
        analyzer.report("LT0214", symbol.span, name=symbol.name)
        return unknown_instruction(symbol)
    span = symbol.span
    names = ("value", "other")[:count]
    elements = [Binding(name, BindingKind.TEMPORARY, span) for name in names]
    symbols = [Symbol(f" {name}", span) for name in names]
    bound = {s.name: e for s, e in zip(symbols, elements, strict=True)}
    with analyzer.inside(Scope(None, bound, analyzer.scope)):
        body = analyzer.lower(ListForm((symbol, *symbols), span))
    return _lambda(elements, body, span)


# --- templates ---------------------------------------------------------------------------------


def _lacks_element(analyzer: Analyzer, form: ListForm) -> bool:
    """Tell whether an unquoted list is a call with one argument missing."""
    if any(isinstance(i, Symbol) and i.name == "_" for i in form.items[1:]):
        return True
    head = form.items[0] if form.items else None
    if not isinstance(head, Symbol) or analyzer.find(head.name) is not None:
        return False
    builtin = catalogue.lookup(head.name)
    if builtin is None or builtin.form:
        return False
    given = len(form.items) - 1
    if given == 1 and builtin.name in _OPERATORS:
        return True
    signatures = signatures_of(builtin)
    whole = any(accepts(s, given, ()) for s in signatures)
    return not whole and any(accepts(s, given + 1, ()) for s in signatures)


def _template(
    analyzer: Analyzer, template: ListForm, builtin: Builtin, call: ListForm
) -> Node:
    """``'(< 10)`` → the lambda of ``(< item 10)``, by the rules of the builtin."""
    place = Symbol(_ELEMENT, template.span)
    items = _with_element(analyzer, template, place, builtin.name in _ELEMENT_FIRST)
    if items is None:
        analyzer.report("LT0405", template.span)
        return failure("Error: missing operator", template.span)
    element = _element(call, template.span)
    scope = Scope(None, {_ELEMENT: element}, analyzer.scope)
    with analyzer.inside(scope):
        body = analyzer.lower(ListForm(items, template.span))
    return _lambda([element], body, template.span)


def _with_element(
    analyzer: Analyzer, template: ListForm, place: Symbol, element_first: bool
) -> tuple[Form, ...] | None:
    items = template.items
    slots = [i for i in items if isinstance(i, Symbol) and i.name == "_"]
    first, last = items[0], items[-1]
    if slots:
        return tuple([place if any(i is s for s in slots) else i for i in items])
    if isinstance(first, Symbol):
        if element_first and not _is_late_operator(analyzer, items):
            return (first, place, *items[1:])
        if not element_first:
            return (*items, place)
    if isinstance(last, Symbol):
        return (last, *items[:-1], place)
    return None


def _is_late_operator(analyzer: Analyzer, items: tuple[Form, ...]) -> bool:
    """``'(limit <)``: the first element is a variable, the last one an operator."""
    first, last = items[0], items[-1]
    if len(items) < 2 or not isinstance(last, Symbol) or not isinstance(first, Symbol):
        return False
    known = catalogue.lookup(last.name)
    if known is None or known.name not in _OPERATORS:
        return False
    return catalogue.lookup(first.name) is None


def _element(call: ListForm, span: Span) -> Binding:
    """Return a variable for one element, named after the list when that has a name."""
    name = "item"
    for item in call.items[1:]:
        if (
            isinstance(item, Symbol)
            and item.name[-1:] == "s"
            and item.name.isidentifier()
        ):
            name = singular(item.name)
    return Binding(name, BindingKind.TEMPORARY, span)


def _lambda(elements: list[Binding], body: Node, span: Span) -> Lambda:
    parameters = tuple([Parameter(e, None, False, False, span) for e in elements])
    return Lambda(parameters, (body,), (), None, span)
