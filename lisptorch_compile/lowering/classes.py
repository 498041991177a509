"""Classes, instances and their methods → Python's own.

(class@ account (owner (balance 0)) (defun deposit (n) (setqi balance (+ balance n))))
class account(Instance):
    def __init__(self, owner, balance=0):
        self.owner = owner
        self.balance = balance

    def deposit(self, n):
        self.balance = self.balance + n
"""

from __future__ import annotations

from collections.abc import Sequence

from lisptorch_compile import pytree as py
from lisptorch_compile.catalogue.model import ANY, FUNCTION, INSTANCE, MODULE, OBJECT
from lisptorch_compile.diagnostics import Span
from lisptorch_compile.forms import Symbol
from lisptorch_compile.lowering.base import AssignTo, Destination, Effect, Lowerer
from lisptorch_compile.lowering.build import Code, call, if_statement, just, literal
from lisptorch_compile.lowering.functions import (
    arguments_code,
    called_by_name,
    computed_default,
    lower_function,
    python_default,
)
from lisptorch_compile.lowering.pattern_functions import lower_pattern_function
from lisptorch_compile.names import spell_attribute, spell_field
from lisptorch_compile.nodes import (
    BuiltinCall,
    Call,
    ClassDef,
    Data,
    Field,
    FunctionDef,
    Literal,
    New,
    Node,
    PatternFunction,
    Send,
    SuperCall,
    Variable,
)
from lisptorch_compile.pytree import Expr, Stmt
from lisptorch_compile.records import replaced
from lisptorch_compile.scope import Binding, BindingKind
from lisptorch_compile.walk import argument_value, children


def this(span: Span) -> py.Name:
    """Return ``self``: no variable of a program can have the name."""
    return py.Name("self", span)


# --- definitions -----------------------------------------------------------------------------


def lower_class(lowerer: Lowerer, node: ClassDef) -> list[Stmt]:
    """Return the ``class`` statement."""
    if node.base is None:
        base = lowerer.imported("Instance", node.span)
    else:
        base = lowerer.value(node.base).value
    body: list[Stmt] = [
        *_match_order(lowerer, node),
        *_spellings(lowerer, node),
        *_constructor(lowerer, node),
    ]
    bindings: list[Binding] = []
    for method in node.methods:
        if isinstance(method, FunctionDef | PatternFunction):
            bindings.append(method.binding)
            body.extend(_method(lowerer, method))
    definition = py.ClassDef(
        py.Name(node.binding, node.span),
        (base,),
        tuple(body),
        called_by_name(lowerer, node.binding, node.span),
        node.docstring,
        tuple(bindings),
        node.span,
    )
    return [definition]


def _method(lowerer: Lowerer, node: FunctionDef | PatternFunction) -> list[Stmt]:
    if isinstance(node, PatternFunction):
        statements = lower_pattern_function(lowerer, node)
    else:
        statements = lower_function(lowerer, node)
    instance = py.Parameter(this(node.span), None, "", node.span)
    return [
        (
            replaced(statement, parameters=(instance, *statement.parameters))
            if isinstance(statement, py.FunctionDef)
            else statement
        )
        for statement in statements
    ]


def _match_order(lowerer: Lowerer, node: ClassDef) -> list[Stmt]:
    """Return the order of the fields for patterns, where the program has such."""
    if node.binding not in lowerer.field_names or not node.fields:
        return []
    names: list[Expr] = [
        literal(spell_field(field.attribute), node.span) for field in node.fields
    ]
    target = py.Name("__match_args__", node.span)
    return [py.Assign((target,), py.TupleDisplay(tuple(names), node.span), node.span)]


def _spellings(lowerer: Lowerer, node: ClassDef) -> list[Stmt]:
    """Return the LispE names of the class and its fields, where Python's differ, and the
    parent has not the same."""
    span = node.span
    spelled = _spelled(node)
    match node.base:
        case Variable(binding) if binding in lowerer.facts.classes.classes:
            if spelled == _spelled(lowerer.facts.classes.classes[binding]):
                return []
    pairs: list[Expr] = [
        py.TupleDisplay((literal(python, span), literal(name, span)), span)
        for python, name in spelled.items()
    ]
    if not pairs:
        return []
    target = py.Name("lisp_names", span)
    return [py.Assign((target,), py.TupleDisplay(tuple(pairs), span), span)]


def _spelled(node: ClassDef) -> dict[str, str]:
    """Return the names of the class and its fields in LispE by those in Python."""
    names = {spell_attribute(node.binding.name): node.binding.name}
    fields = [*[field.attribute for field in node.fields], *node.added]
    names.update({spell_field(field): field.name for field in fields})
    return {python: name for python, name in names.items() if python != name}


def _constructor(lowerer: Lowerer, node: ClassDef) -> list[Stmt]:
    """Return ``__init__``; without fields of its own a class has its parent's."""
    own = [field for field in node.fields if not field.inherited]
    foreign = node.binding in lowerer.facts.classes.foreign
    if not own:
        return []
    span = Span(own[0].parameter.span.start, own[-1].parameter.span.end)
    late = _late_required(node.fields)
    body: list[Stmt] = []
    if late:
        body.append(_missing(lowerer, late, span))
    rest = _rest_for_parent(lowerer, node, span)
    passed: list[Expr] = [py.Name(binding, span) for binding in node.passed or ()]
    passed.extend([py.Starred(name, span) for name in rest])
    if foreign:  # Python's classes want to be set up before they get attributes
        body.append(_parents_constructor(passed, span))
    for index, field in enumerate(own):
        body.extend(_set_field(lowerer, field, own[index + 1 :]))
    if node.passed is not None and not foreign:
        body.append(_parents_constructor(passed, span))
    parameters = [py.Parameter(this(span), None, "", span)]
    parameters.extend([_parameter(lowerer, field, late) for field in node.fields])
    parameters.extend([py.Parameter(one, None, "*", span) for one in rest])
    bindings = tuple(
        [one.name.id for one in parameters if isinstance(one.name.id, Binding)]
    )
    name = py.Name("__init__", span)
    return [
        py.FunctionDef(name, tuple(parameters), tuple(body), (), None, bindings, span)
    ]


def _late_required(fields: Sequence[Field]) -> list[Field]:
    """Return the required fields behind one with a default, where Python allows none."""
    optional = False
    late: list[Field] = []
    for field in fields:
        if field.parameter.optional or field.parameter.default is not None:
            optional = True
        elif optional:
            late.append(field)
    return late


def _parameter(lowerer: Lowerer, field: Field, late: list[Field]) -> py.Parameter:
    span = field.parameter.span
    default = python_default(lowerer, field.parameter)
    if field in late:
        default = lowerer.imported("UNSET", span)
    return py.Parameter(py.Name(field.parameter.binding, span), default, "", span)


def _missing(lowerer: Lowerer, late: list[Field], span: Span) -> Stmt:
    """``if x is UNSET or y is UNSET: raise LispError("Error: Missing arguments")``."""
    unset = lowerer.imported("UNSET", span)
    tests: list[Expr] = [
        py.Compare(py.Name(field.parameter.binding, span), ("is",), (unset,), span)
        for field in late
    ]
    test = tests[0] if len(tests) == 1 else py.Logical("or", tuple(tests), span)
    text = literal("Error: Missing arguments", span)
    error = lowerer.runtime("LispError", [text], span)
    return py.If(test, (py.Raise(error, None, span),), (), span)


def _set_field(lowerer: Lowerer, field: Field, later: Sequence[Field]) -> list[Stmt]:
    """``self.x = x``; ``self.x = List() if x is UNSET else x`` for a computed default."""
    parameter, span = field.parameter, field.parameter.span
    value: Expr = py.Name(parameter.binding, span)
    before: list[Stmt] = []
    default = parameter.default
    if default is not None and not isinstance(default, Literal):
        code = lowerer.value(default) if lowerer.expressible(default) else None
        seen = any([_mentions(other.parameter.default, field) for other in later])
        if code is None or code.before or seen:
            before = computed_default(lowerer, parameter)
        else:
            unset = lowerer.imported("UNSET", span)
            test = py.Compare(value, ("is",), (unset,), span)
            value = py.Conditional(test, code.value, value, span)
    target = py.Attribute(this(span), spell_field(field.attribute), span)
    return [*before, py.Assign((target,), value, span)]


def _mentions(node: Node | None, field: Field) -> bool:
    stack = [] if node is None else [node]
    while stack:
        current = stack.pop()
        match current:
            case Variable(binding) if binding is field.parameter.binding:
                return True
        stack.extend(children(current))
    return False


def _rest_for_parent(lowerer: Lowerer, node: ClassDef, span: Span) -> list[py.Name]:
    """Return ``*inherited`` where the parent is a class of an earlier input, whose fields
    are not known here."""
    match node.base:
        case Variable(binding) if (
            binding.kind is BindingKind.GLOBAL and binding not in lowerer.facts.imported
        ):
            inherited = Binding("inherited", BindingKind.TEMPORARY, span)
            return [py.Name(inherited, span)]
        case _:
            return []


def _parents_constructor(passed: Sequence[Expr], span: Span) -> Stmt:
    parent = call(py.Name("super", span), (), span)
    method = py.Attribute(parent, "__init__", span)
    return py.ExprStmt(call(method, passed, span), span)


# --- calls -------------------------------------------------------------------------------------


def super_call(lowerer: Lowerer, node: SuperCall) -> Code:
    """``(from@ account (deposit n))`` → ``super().deposit(n)``."""
    before, positional, keywords = arguments_code(lowerer, node)
    if node.bare:
        parent: Expr = call(py.Name("super", node.span), (), node.span)
    else:
        parent = lowerer.value(node.parent).value
        positional.insert(0, lowerer.this(node.span))
    method = py.Attribute(parent, node.name, node.span)
    return Code(before, py.Call(method, tuple(positional), tuple(keywords), node.span))


#: What may be called, among what Python's methods are called on.
_CALLABLE = FUNCTION | INSTANCE | MODULE | OBJECT


def send(lowerer: Lowerer, node: Send) -> Code:
    """``(x (g y))``: ``x.g(y)`` or ``x(g(y))``, by what is known of x."""
    fact, span = lowerer.fact(node.receiver), node.span
    called = FUNCTION | MODULE if node.foreign else ANY & ~(INSTANCE | OBJECT | MODULE)
    if fact.kinds and fact.only(called):
        return lowerer.value(node.otherwise)
    variable = _called_variable(node)
    if variable is not None:
        calls = lowerer.fact(variable).may_be(_CALLABLE)
        return lowerer.value(node.otherwise) if calls else _sent(lowerer, node)
    if not fact.may_be(_CALLABLE if node.foreign else FUNCTION):
        return _sent(lowerer, node)
    sent, otherwise = _sent(lowerer, node), lowerer.value(node.otherwise)
    receiver = lowerer.value(node.receiver).value
    if node.foreign:
        codes = otherwise, sent
        test = call(py.Name("callable", span), [receiver], span)
    else:
        codes = sent, otherwise
        name = literal(node.name, span)
        test = call(py.Name("hasattr", span), [receiver, name], span)
    if not sent.before and not otherwise.before:
        return just(py.Conditional(test, codes[0].value, codes[1].value, span))
    result = lowerer.temporary("result", span)
    arms = [[*code.before, *lowerer.assign(result, code.value, span)] for code in codes]
    return Code(if_statement(test, arms[0], arms[1], span), py.Name(result, span))


def _called_variable(node: Send) -> Variable | None:
    """Return the variable ``g`` of ``(x (g y))``, where it is no instruction."""
    match node.otherwise:
        case Call(_, (Call(Variable() as variable),)) if node.foreign:
            return variable
        case _:
            return None


def _sent(lowerer: Lowerer, node: Send) -> Code:
    receiver = lowerer.value(node.receiver).value
    before, positional, keywords = arguments_code(lowerer, node)
    method = py.Attribute(receiver, node.name, node.span)
    value = py.Call(method, tuple(positional), tuple(keywords), node.span)
    return Code(before, value)


def new(lowerer: Lowerer, node: New, destination: Destination) -> list[Stmt]:
    """``(setq r (Rect 10 (init)))`` → ``r = Rect(10, None)`` and ``r.height = r.init()``."""
    if isinstance(destination, AssignTo) and not _is_attribute(lowerer, destination):
        target = destination.binding
        lowerer.renamed[node.instance] = target
        return _filled(lowerer, node, target)
    lowerer.own(node.instance)
    statements = _filled(lowerer, node, node.instance)
    if isinstance(destination, Effect):
        return statements
    value = py.Name(node.instance, node.span)
    return statements + lowerer.place(value, node, destination)


def _is_attribute(lowerer: Lowerer, destination: AssignTo) -> bool:
    span = destination.binding.span
    return not isinstance(lowerer.variable(destination.binding, span), py.Name)


def _filled(lowerer: Lowerer, node: New, target: Binding) -> list[Stmt]:
    statements = lowerer.lower(node.construction, AssignTo(target, node.span))
    for name, value in node.fields:
        before, result = lowerer.value(value)
        place = py.Attribute(py.Name(target, value.span), name, value.span)
        statements += [*before, py.Assign((place,), result, value.span)]
    return statements


# --- at the end of an instance ------------------------------------------------------------------


def _to_clean(
    lowerer: Lowerer, node: BuiltinCall, *, plain: bool = False
) -> Code | None:
    """``(toclean 'm)`` → ``classes.to_clean(self, "m")``."""
    instance, method = [argument_value(argument) for argument in node.arguments]
    assert isinstance(method, Data) and isinstance(method.form, Symbol)
    before, value = lowerer.value(instance)
    name = literal(spell_attribute(method.form.name), method.span)
    return Code(before, lowerer.runtime("classes.to_clean", [value, name], node.span))


VALUES = {"toclean": _to_clean}
