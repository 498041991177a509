"""Calls of builtins: by the catalogue's targets, or by a lowering of their own."""

from __future__ import annotations

from collections.abc import Sequence

from lisptorch_compile import pytree as py
from lisptorch_compile.catalogue.lispe_numbers import in_arithmetic
from lisptorch_compile.catalogue.model import (
    ANY,
    BOOL,
    INT,
    PLAIN,
    ROLES,
    Builtin,
    Fact,
    Overload,
    Parameter,
    parse_parameters,
)
from lisptorch_compile.diagnostics import Span
from lisptorch_compile.lowering import (
    accumulating,
    applying,
    classes,
    comparisons,
    containers,
    evaluation,
    folds,
    higher_order,
    naming,
    operators,
    printing,
    setting,
    sorting,
    torch_values,
    zipping,
)
from lisptorch_compile.lowering.base import EFFECT, Lowerer
from lisptorch_compile.lowering.build import (
    Code,
    is_atom,
    is_python_bool,
    just,
    literal,
)
from lisptorch_compile.lowering.templates import (
    Absent,
    Default,
    Hole,
    Instantiation,
    Sizes,
    hole_order,
    parse_target,
)
from lisptorch_compile.nodes import (
    BuiltinCall,
    BuiltinValue,
    Data,
    If,
    Lambda,
    Literal,
    Named,
    Node,
    Variable,
)
from lisptorch_compile.pytree import Expr, Stmt
from lisptorch_compile.scope import Binding, BindingKind

_VALUES = {
    **operators.VALUES,
    **comparisons.VALUES,
    **applying.VALUES,
    **accumulating.VALUES,
    **containers.VALUES,
    **evaluation.VALUES,
    **higher_order.VALUES,
    **printing.VALUES,
    **sorting.VALUES,
    **torch_values.VALUES,
    **classes.VALUES,
    **zipping.VALUES,
}
_EFFECTS = {
    **containers.EFFECTS,
    **setting.EFFECTS,
    **higher_order.EFFECTS,
    **printing.EFFECTS,
    **sorting.EFFECTS,
    **torch_values.EFFECTS,
}


def lower_effect(lowerer: Lowerer, node: BuiltinCall) -> list[Stmt] | None:
    """Return the statements of a builtin called for its effect, where they differ from
    those that compute its value."""
    choice = _choice_of_calls(lowerer, node)
    if choice is not None:
        return lowerer.lower(choice, EFFECT)
    _name_functions(lowerer, node)
    if node.builtin.statement:
        before, call = target_call(lowerer, node)
        return [*before, py.ExprStmt(call, node.span)]
    handler = _EFFECTS.get(node.builtin.name)
    return None if handler is None else handler(lowerer, node)


def _choice_of_calls(lowerer: Lowerer, node: BuiltinCall) -> If | None:
    """``(push l (if a (if b 1 2) 3))`` → ``if a: l.append(1 if b else 2)`` and so on, since
    nobody reads conditionals in conditionals."""
    match node.arguments:
        case (*others, If() as choice):
            nested = isinstance(choice.then, If) or isinstance(choice.orelse, If)
        case _:
            return None
    if not nested or not all([isinstance(o, Variable | Literal) for o in others]):
        return None
    if lowerer.has_effects(choice.test):
        return None
    calls = [
        BuiltinCall(node.builtin, (*others, arm), arm.span)
        for arm in (choice.then, choice.orelse)
    ]
    for call in calls:
        lowerer.facts.learn(call, lowerer.fact(node))
    return If(choice.test, calls[0], calls[1], node.span)


def call_value(lowerer: Lowerer, node: BuiltinCall, *, plain: bool = False) -> Code:
    """Return the code of a builtin's value."""
    _name_functions(lowerer, node)
    if lowerer.folder is not None and node.builtin.name == "_current":
        return just(py.Name(lowerer.folder, node.span))
    handler = _VALUES.get(node.builtin.name)
    if handler is not None:
        code = handler(lowerer, node, plain=plain)
        if code is not None:
            return code
    if node.builtin.statement:
        return statement_value(lowerer, node)
    return containers.accessed(lowerer, node) or target_call(lowerer, node, plain=plain)


def _name_functions(lowerer: Lowerer, node: BuiltinCall) -> None:
    for argument in node.arguments:
        if isinstance(argument, Lambda):
            role = naming.purpose(node)
            if role is not None:
                lowerer.purposes[id(argument)] = argument, role


# --- the catalogue's targets -------------------------------------------------------------------


def target_call(lowerer: Lowerer, node: BuiltinCall, *, plain: bool = False) -> Code:
    """Return the target of the overload that fits, with the arguments in its holes."""
    overload, bound = choose(lowerer, node)
    parameters = parse_parameters(overload.parameters)
    nodes: list[Node] = []
    roles: list[str] = []
    for parameter in parameters:
        for argument in bound.get(parameter.name, ()):
            nodes.append(argument)
            roles.append(parameter.role)
    flags = [_takes_plain(role) for role in roles]
    before, values = lowerer.operands(nodes, plain=flags)
    assert overload.target is not None, f"no lowering for {node.builtin.name}"
    values = _in_order(lowerer, overload, bound, nodes, values, before)
    values = [
        _converted(lowerer, value, argument, role)
        for value, argument, role in zip(values, nodes, roles, strict=True)
    ]
    holes = _holes(parameters, bound, values)
    instantiation = Instantiation(holes, node.span, lowerer.imported)
    result = instantiation.expression(parse_target(overload.target))
    if lowerer.fact(node).only(PLAIN) and not plain:
        result = lowerer.runtime("List", [result], node.span)
    return Code(before, result)


def statement_value(lowerer: Lowerer, node: BuiltinCall) -> Code:
    """``(torch_backward loss)`` as a value: the call as a statement, and true."""
    before, call = target_call(lowerer, node)
    done = py.ExprStmt(call, node.span)
    return Code([*before, done], literal(True, node.span))


Bound = dict[str, tuple[Node, ...]]


def choose(lowerer: Lowerer, node: BuiltinCall) -> tuple[Overload, Bound]:
    """Return the overload to use and its parameters' arguments: the first one that the
    facts prove, otherwise the last that takes so many arguments."""
    fallback: tuple[Overload, Bound] | None = None
    builtin = in_arithmetic(node.builtin, lowerer.facts.numbers)
    for overload in builtin.overloads:
        parameters = parse_parameters(overload.parameters)
        bound = bind(parameters, node.arguments)
        if bound is None:
            continue
        if _proved(lowerer, parameters, bound):
            return overload, bound
        fallback = overload, bound
    assert fallback is not None, f"{node.builtin.name} called with a wrong count"
    return fallback


def bind(
    parameters: Sequence[Parameter], arguments: Sequence[Node | Named]
) -> Bound | None:
    """Return the arguments of each parameter, None when the counts do not fit."""
    positional = [a for a in arguments if not isinstance(a, Named)]
    named = {a.name: a.value for a in arguments if isinstance(a, Named)}
    bound: Bound = {}
    rest = list(positional)
    for parameter in parameters:
        if parameter.rest:
            bound[parameter.name] = tuple(rest)
            rest = []
        elif rest:
            bound[parameter.name] = (rest.pop(0),)
        elif parameter.name in named:
            bound[parameter.name] = (named.pop(parameter.name),)
        elif parameter.default is None:
            return None
    return None if rest or named else bound


def _proved(lowerer: Lowerer, parameters: Sequence[Parameter], bound: Bound) -> bool:
    for parameter in parameters:
        role = ROLES[parameter.role]
        if role.accepts == ANY or not role.chooses:
            continue
        for argument in bound.get(parameter.name, ()):
            fact = lowerer.fact(argument)
            if not fact.only(role.accepts):
                return False
            if role.elements != ANY and not Fact(fact.elements).only(role.elements):
                return False
    return True


def _takes_plain(role: str) -> bool:
    return ROLES[role].plain


def _in_order(
    lowerer: Lowerer,
    overload: Overload,
    bound: Bound,
    nodes: Sequence[Node],
    values: list[Expr],
    before: list[Stmt],
) -> list[Expr]:
    """Name arguments first where the target would evaluate them twice, in another order,
    or not at all."""
    assert overload.target is not None
    order = hole_order(overload.target, frozenset(bound))
    present = [name for name in bound if bound[name]]
    used = [name for name in order if bound[name]]
    if used == present:
        return values
    owners = [name for name in bound for _ in bound[name]]
    shuffled = list(dict.fromkeys(used)) != present
    fixed = (Literal, Data, BuiltinValue, Lambda)
    changing = [node for node in nodes if not isinstance(node, fixed)]
    disturbed = shuffled and len(changing) > 1
    disturbed = disturbed and any([lowerer.has_effects(node) for node in changing])
    result: list[Expr] = []
    for name, node, value in zip(owners, nodes, values, strict=True):
        if is_atom(value):
            result.append(value)
        elif name not in used:
            if lowerer.has_effects(node):
                before.append(py.ExprStmt(value, node.span))
            result.append(value)
        elif used.count(name) > 1:
            # a function in the target may keep it: it needs a name of its own
            binding = Binding(lowerer.role(node), BindingKind.TEMPORARY, node.span)
            lowerer.own(binding)
            before.extend(lowerer.assign(binding, value, node.span))
            result.append(py.Name(binding, node.span))
        elif disturbed:
            result.append(lowerer.keep(value, node, before))
        else:
            result.append(value)
    return result


def _converted(lowerer: Lowerer, value: Expr, node: Node, role_name: str) -> Expr:
    """Return an argument as its role takes it."""
    role = ROLES[role_name]
    if role_name == "flag":
        return flag(lowerer, value, node)
    if role_name in _SHORTCUTS:
        short = _SHORTCUTS[role_name](lowerer, value, node)
        if short is not None:
            return short
    if role.convert is None or isinstance(value, py.ListDisplay):
        return value
    fact = lowerer.fact(node)
    refused = Fact(fact.elements).only(role.refuses)
    if (fact.only(role.accepts) and not refused) or fact.kinds == 0:
        return value
    if not role.eager and not refused and fact.may_be(role.accepts):
        return value
    holes: dict[str, Hole] = {"value": value}
    instantiation = Instantiation(holes, node.span, lowerer.imported)
    return instantiation.expression(parse_target(role.convert))


def _dtype(lowerer: Lowerer, value: Expr, node: Node) -> Expr | None:
    """``"float16"`` → ``torch.float16``."""
    if not isinstance(value, py.Literal) or value.value not in _DTYPES:
        return None
    torch = lowerer.imported("torch", node.span)
    return py.Attribute(torch, str(value.value), node.span)


def _shape(lowerer: Lowerer, value: Expr, node: Node) -> Expr | None:
    """``Integers(t.shape)`` → ``t.shape``, where only torch or Python sees it."""
    match value:
        case py.Call(py.Name("Integers"), (py.Attribute(_, "shape") as shape,)):
            return shape
        case _:
            return None


def _new_shape(lowerer: Lowerer, value: Expr, node: Node) -> Expr | None:
    """A shape may be a single size: ``(torch_zeros n)`` → ``torch.zeros(n)``."""
    if lowerer.fact(node).only(INT):
        return py.ListDisplay((value,), node.span)
    return _shape(lowerer, value, node)


def _device(lowerer: Lowerer, value: Expr, node: Node) -> Expr | None:
    """The CPU is always there: ``"cpu"`` needs no look."""
    is_cpu = isinstance(value, py.Literal) and value.value == "cpu"
    return value if is_cpu else None


def _options(lowerer: Lowerer, value: Expr, node: Node) -> Expr | None:
    """A variable that holds nothing but options is a dictionary already."""
    if isinstance(node, Variable) and node.binding in lowerer.option_tables:
        return value
    if isinstance(value, py.DictDisplay):
        entries = [(key, _function_named(option)) for key, option in value.entries]
        return py.DictDisplay(tuple(entries), value.span)
    return _written_pairs(value)


def _written_pairs(value: Expr) -> Expr | None:
    """``List([List(["top_k", 40])])`` → ``{"top_k": 40}``."""
    match value:
        case py.Call(py.Name("List"), (py.ListDisplay(items, span),)):
            entries: list[tuple[Expr | None, Expr]] = []
            for item in items:
                match item:
                    case py.Call(
                        py.Name("List"),
                        (py.ListDisplay((py.Literal(str()) as key, option)),),
                    ):
                        entries.append((key, option))
                    case _:
                        return None
            return py.DictDisplay(tuple(entries), span)
        case _:
            return None


def _function_named(option: Expr) -> Expr:
    """``Symbol("display", display)`` → ``display``: options only call it."""
    match option:
        case py.Call(py.Name("Symbol"), (py.Literal(), function)):
            return function
        case _:
            return option


_SHORTCUTS = {
    "dtype": _dtype,
    "device": _device,
    "shape": _new_shape,
    "sized": _shape,
    "iterable": _shape,
    "options": _options,
}
_DTYPES = frozenset(
    ("float16", "bfloat16", "float32", "float64", "int8", "int16", "int32", "int64")
    + ("uint8", "bool")
)


def flag(lowerer: Lowerer, value: Expr, node: Node) -> Expr:
    """Return a value as a Python bool: ``nil`` → ``False``."""
    if isinstance(node, Literal):
        return literal(bool(node.value), node.span)
    if is_python_bool(value) or lowerer.fact(node).only(BOOL):
        return value
    return py.Call(py.Name("bool", node.span), (value,), (), node.span)


def _holes(
    parameters: Sequence[Parameter], bound: Bound, values: Sequence[Expr]
) -> dict[str, Hole]:
    holes: dict[str, Hole] = {}
    remaining = list(values)
    for parameter in parameters:
        count = len(bound.get(parameter.name, ()))
        taken, remaining = remaining[:count], remaining[count:]
        if parameter.rest:
            holes[parameter.name] = tuple(taken)
        elif not taken:
            holes[parameter.name] = Absent(parameter.default)
        elif _is_default(taken[0], parameter):
            holes[parameter.name] = Default(taken[0])
        elif parameter.role == "shape":
            (node,) = bound[parameter.name]
            holes[parameter.name] = _sizes(taken[0], node)
        else:
            holes[parameter.name] = taken[0]
    return holes


def _sizes(shape: Expr, node: Node | Named) -> Hole:
    """Return the sizes of a written shape, or what torch takes as a shape."""
    is_of_tensor = isinstance(node, BuiltinCall) and node.builtin.name == "torch_shape"
    match shape:
        case py.ListDisplay(items) if items:
            return items
        case py.ListDisplay():
            return Sizes(shape)
        case py.Attribute(_, "shape") if is_of_tensor:
            return Sizes(shape)
        case py.Call(py.Attribute(py.Name("tensors"), "shape")):
            return Sizes(shape)
        case _:
            spread = py.Starred(shape, shape.span)
            return Sizes(py.ListDisplay((spread,), shape.span))


def _is_default(value: Expr, parameter: Parameter) -> bool:
    """Tell whether an argument says what leaving it out says: nil does, of a flag that
    is neither true nor false by default."""
    if not isinstance(value, py.Literal) or parameter.default is None:
        return False
    undecided = parameter.role == "flag" and parameter.default == "None"
    return repr(value.value) == parameter.default or (undecided and not value.value)


# --- builtins as values ----------------------------------------------------------------------------


def function_value(lowerer: Lowerer, builtin: Builtin, span: Span) -> Expr:
    """Return a Python function that does what the builtin does.

    ``'upper`` → ``strings.upper``, ``'torch_relu`` → ``torch.relu``: the declared value, the
    function that the target calls with just the parameters, or a lambda.
    """
    builtin = in_arithmetic(builtin, lowerer.facts.numbers)
    if builtin.value is not None:
        instantiation = Instantiation({}, span, lowerer.imported)
        return instantiation.expression(parse_target(builtin.value))
    overload = builtin.overloads[-1]
    if overload.target is None:
        return folds.function_of(lowerer, builtin.name, span)
    parameters = parse_parameters(overload.parameters)
    names = [p.name for p in parameters if p.default is None]
    bodies: dict[str, Hole] = {
        p.name: py.Name(p.name, span) if p.default is None else Absent(p.default)
        for p in parameters
    }
    instantiation = Instantiation(bodies, span, lowerer.imported)
    body = instantiation.expression(parse_target(overload.target))
    if _calls_with(body, names):
        assert isinstance(body, py.Call)
        return body.function
    python_parameters = [
        py.Parameter(py.Name(p.name, span), None, "*" if p.rest else "", span)
        for p in parameters
        if p.default is None
    ]
    return py.Lambda(tuple(python_parameters), body, span)


def _calls_with(body: Expr, names: Sequence[str]) -> bool:
    """Tell whether ``body`` is ``f(a, b)`` with just these names."""
    if not isinstance(body, py.Call) or body.keywords:
        return False
    given = [
        (
            a.value.id
            if isinstance(a, py.Starred) and isinstance(a.value, py.Name)
            else a.id if isinstance(a, py.Name) else None
        )
        for a in body.arguments
    ]
    method = isinstance(body.function, py.Attribute) and not isinstance(
        body.function.value, py.Name
    )
    own = isinstance(body.function, py.Attribute) and (
        isinstance(body.function.value, py.Name) and body.function.value.id in names
    )
    return given == list(names) and not method and not own
