"""`foldl`, `scanl`, `takewhile` and their kin with the function in place: loops.

(foldl (\\(total x) (+ total (* x x))) 0 xs)

    total = 0
    for x in xs:
        total += x * x
"""

from __future__ import annotations

from collections.abc import Callable

from lisptorch_compile import pytree as py
from lisptorch_compile.catalogue.forms import UPDATE_OPERATORS
from lisptorch_compile.catalogue.model import (
    LAZY,
    LIST,
    LISTS,
    PLAIN,
    RANGE,
    STRINGS,
    TEXT,
    TYPED,
)
from lisptorch_compile.diagnostics import Span
from lisptorch_compile.lowering import folds
from lisptorch_compile.lowering.base import (
    EFFECT,
    MAX_BLOCKS,
    AssignTo,
    Destination,
    Lowerer,
)
from lisptorch_compile.lowering.build import Code, if_statement, method, negate
from lisptorch_compile.lowering.closures import makes_function
from lisptorch_compile.lowering.containers import arguments_of
from lisptorch_compile.lowering.higher_order import (
    in_place,
    iteration,
    returns,
    walkable,
)
from lisptorch_compile.nodes import BuiltinCall, Lambda, Node, Update, Variable
from lisptorch_compile.pytree import Expr, Stmt
from lisptorch_compile.records import record
from lisptorch_compile.scope import Binding, BindingKind
from lisptorch_compile.walk import argument_value, children

#: What Python walks, from the end as well, as LispE does.
_SEQUENCES = LIST | PLAIN | TYPED | STRINGS | TEXT


@record
class Walk:
    """The head of a loop, and what each round does before its body."""

    before: list[Stmt]
    target: Expr
    iterable: Expr
    #: Puts a body behind the conditions and assignments of a round.
    round: Callable[[list[Stmt]], list[Stmt]]


@record
class Fold:
    """A function of two parameters in place, with what it starts from and walks."""

    function: Lambda
    result: Binding
    item: Binding
    initial: Node
    items: Node


def lower_accumulation(
    lowerer: Lowerer, node: BuiltinCall, destination: Destination
) -> list[Stmt] | None:
    """Return a loop that leaves the value in ``destination``, None to use the value."""
    handler = _LOOPS.get(node.builtin.name)
    if handler is None:
        return None
    code = handler(lowerer, node, _target(lowerer, node, destination))
    if code is None:
        return None
    return [*code.before, *lowerer.place(code.value, node, destination)]


def _target(
    lowerer: Lowerer, node: BuiltinCall, destination: Destination
) -> Binding | None:
    """Return the assigned variable when it may hold what is accumulated so far: nothing
    reads it before the end, even after an error."""
    if not isinstance(destination, AssignTo):
        return None
    binding = destination.binding
    if binding.kind is BindingKind.TEMPORARY:
        return binding
    local = binding in lowerer.frame.own and not lowerer.is_attribute(binding)
    if not local or lowerer.frame.tries or _mentions(node, binding):
        return None
    function, *others = arguments_of(node)
    parts = function.body if isinstance(function, Lambda) else (function,)
    calls = any([lowerer.effects.of(part).calls for part in (*parts, *others)])
    return None if calls else binding


def _mentions(node: Node, binding: Binding) -> bool:
    stack: list[Node] = [node]
    while stack:
        part = stack.pop()
        if isinstance(part, Variable) and part.binding is binding:
            return True
        stack.extend([argument_value(child) for child in children(part)])
    return False


# --- folds ------------------------------------------------------------------------------------


def _fold(lowerer: Lowerer, node: BuiltinCall, target: Binding | None) -> Code | None:
    """``(foldl (\\(total x) …) start xs)``: the parameter is the loop's variable."""
    if node.builtin.name == "foldl":
        operation = folds.fold_left(lowerer, node)
        if operation is not None:
            return operation
    fold = _in_place_fold(lowerer, node)
    if fold is None:
        return None
    total = _named(lowerer, fold.result, target)
    start = lowerer.lower(fold.initial, AssignTo(total, node.span))
    loop = _loop(lowerer, fold, total, [], from_right=node.builtin.name == "foldr")
    return Code([*start, *loop], lowerer.variable(total, node.span))


def _scan(lowerer: Lowerer, node: BuiltinCall, target: Binding | None) -> Code | None:
    """``(scanl (\\(total x) …) start xs)``: a fold that keeps each result."""
    fold = _in_place_fold(lowerer, node)
    if fold is None:
        return None
    span = node.span
    total = _named(lowerer, fold.result, None)
    start = lowerer.lower(fold.initial, AssignTo(total, span))
    results = target or lowerer.temporary("results", span)
    name = lowerer.variable(total, span)
    first = lowerer.list_display([name], span, plain=False)
    start.extend(lowerer.assign(results, first, span))
    kept = _append(lowerer, results, name, span)
    loop = _loop(lowerer, fold, total, [kept], from_right=False)
    return Code([*start, *loop], lowerer.variable(results, span))


def _in_place_fold(lowerer: Lowerer, node: BuiltinCall) -> Fold | None:
    function, initial, items = arguments_of(node)
    if lowerer.blocks + 2 > MAX_BLOCKS or not _is_loop_body(lowerer, function, 2):
        return None
    assert isinstance(function, Lambda)
    first, second = [parameter.binding for parameter in function.parameters]
    if node.builtin.name != "foldr":
        return Fold(function, first, second, initial, items)
    if not lowerer.fact(items).only(_SEQUENCES):
        return None
    return Fold(function, second, first, initial, items)


def _is_loop_body(lowerer: Lowerer, function: Node, parameters: int) -> bool:
    """Tell whether a function in place may be the body of a loop."""
    if not isinstance(function, Lambda) or len(function.parameters) != parameters:
        return False
    if any([p.default is not None or p.rest for p in function.parameters]):
        return False
    if function.locals or function.itself is not None or not function.body:
        return False
    if makes_function(function.body) or returns(function):
        return False
    own = {parameter.binding for parameter in function.parameters}
    if any([own & lowerer.effects.of(step).assigned for step in function.body]):
        return False
    return not _is_captured(function, own)


def _is_captured(function: Lambda, variables: set[Binding]) -> bool:
    """Tell whether a function inside of ``function`` reads one of its variables: of a
    loop's variable it would see the last value, and linters warn of it."""
    stack: list[tuple[Node, bool]] = [(node, False) for node in function.body]
    while stack:
        node, inside = stack.pop()
        if inside and isinstance(node, Variable) and node.binding in variables:
            return True
        inside = inside or isinstance(node, Lambda)
        stack.extend([(argument_value(child), inside) for child in children(node)])
    return False


def _loop(
    lowerer: Lowerer,
    fold: Fold,
    total: Binding,
    kept: list[Stmt],
    *,
    from_right: bool,
) -> list[Stmt]:
    """Return the loop over the elements; ``kept``: what each round does at its end."""
    span = fold.function.span
    walk = _backwards(lowerer, fold) if from_right else None
    walk = walk or _walk(lowerer, fold.items, _item(lowerer, fold.item))
    lowerer.renamed[fold.item] = _item(lowerer, fold.item)
    *steps, last = fold.function.body
    body: list[Stmt] = []
    lowerer.blocks += 2
    with lowerer.rounds(None):
        for step in steps:
            body.extend(lowerer.lower(step, EFFECT))
        body.extend(_next_total(lowerer, fold.result, last))
    lowerer.blocks -= 2
    lowerer.note_assigned(total)
    rounds = walk.round([*body, *kept]) or [py.Pass(span)]
    return [*walk.before, py.For(walk.target, walk.iterable, tuple(rounds), (), span)]


def _next_total(lowerer: Lowerer, result: Binding, value: Node) -> list[Stmt]:
    """``total += x`` for ``(+ total x)``, otherwise an assignment."""
    match value:
        case BuiltinCall(builtin, (Variable(binding), *operands)) if (
            builtin.name in _UPDATED and binding is result and operands
        ):
            nodes = arguments_of(value)[1:]
            update = Update(builtin, result, tuple(nodes), value.span)
            return lowerer.lower(update, EFFECT)
        case _:
            return lowerer.lower(value, AssignTo(result, value.span))


_UPDATED = frozenset(UPDATE_OPERATORS.values())


# --- selections -------------------------------------------------------------------------------


def _take_while(
    lowerer: Lowerer, node: BuiltinCall, target: Binding | None
) -> Code | None:
    """``(takewhile '(< 9) xs)``: a loop that breaks off."""
    function, items = arguments_of(node)
    span = node.span
    if lowerer.blocks + 2 > MAX_BLOCKS or not _is_loop_body(lowerer, function, 1):
        return None
    assert isinstance(function, Lambda)
    if len(function.body) != 1:
        return None
    variable = _item(lowerer, function.parameters[0].binding)
    walk = _walk(lowerer, items, variable)
    results = target or lowerer.temporary("results", span)
    start = lowerer.assign(results, lowerer.list_display([], span, plain=False), span)
    lowerer.blocks += 2
    with lowerer.rounds(None):
        before, test = lowerer.condition(function.body[0])
    lowerer.blocks -= 2
    stop = if_statement(negate(test, span), [py.Break(span)], [], span)
    kept = _append(lowerer, results, py.Name(variable, span), span)
    body = walk.round([*before, *stop, kept])
    loop = py.For(walk.target, walk.iterable, tuple(body), (), span)
    return Code([*walk.before, *start, loop], lowerer.variable(results, span))


# --- what is walked -----------------------------------------------------------------------------


def _walk(lowerer: Lowerer, items: Node, variable: Binding) -> Walk:
    """Return the head of a loop over ``items``; a `map` or `filter` in place, which works
    element by element, becomes a part of each round."""
    fused = _fused(lowerer, items, variable)
    if fused is not None:
        return fused
    span = items.span
    before, iterable = iteration(lowerer, items)
    if lowerer.fact(items).may_be(~(LISTS | TEXT | LAZY | RANGE)):
        iterable = _any_elements(lowerer, iterable, span)
    return Walk(before, py.Name(variable, span), iterable, lambda body: body)


def _any_elements(lowerer: Lowerer, iterable: Expr, span: Span) -> Expr:
    match iterable:
        case py.Call(py.Name("iterate" | "range" | "sorted" | "count")):
            return iterable
        case py.Comprehension():
            return iterable
        case _:
            return lowerer.runtime("iterate", [iterable], span)


def _fused(lowerer: Lowerer, items: Node, variable: Binding) -> Walk | None:
    if not isinstance(items, BuiltinCall) or items.builtin.name not in _FUSED:
        return None
    nodes = arguments_of(items)
    if len(nodes) != 2 or not walkable(lowerer.fact(nodes[1])):
        return None
    function = in_place(lowerer, items.builtin.name, nodes[0], nodes[1])
    if function is None or not lowerer.expressible(function):
        return None
    return _FUSED[items.builtin.name](lowerer, function, nodes[1], variable)


def _mapped(
    lowerer: Lowerer, function: Lambda, items: Node, variable: Binding
) -> Walk | None:
    source = _item(lowerer, function.parameters[0].binding)
    walk = _walk(lowerer, items, source)
    before, value = lowerer.value(function.body[0])
    if before:
        return None
    assigned = lowerer.assign(variable, value, function.span)
    inner = walk.round
    return Walk(
        walk.before, walk.target, walk.iterable, lambda body: inner([*assigned, *body])
    )


def _filtered(
    lowerer: Lowerer, function: Lambda, items: Node, variable: Binding
) -> Walk | None:
    walk = _walk(lowerer, items, variable)
    lowerer.renamed[function.parameters[0].binding] = variable
    before, test = lowerer.condition(function.body[0])
    if before:
        return None
    inner, span = walk.round, function.span
    return Walk(
        walk.before,
        walk.target,
        walk.iterable,
        lambda body: inner(if_statement(test, body, [], span)),
    )


_FUSED = {"map": _mapped, "filter": _filtered}


def _backwards(lowerer: Lowerer, fold: Fold) -> Walk:
    span = fold.items.span
    before, items = lowerer.value(fold.items, plain=True)
    turned = py.Call(py.Name("reversed", span), (items,), (), span)
    target = py.Name(_item(lowerer, fold.item), span)
    return Walk(before, target, turned, lambda body: body)


# --- variables -----------------------------------------------------------------------------------


def _named(lowerer: Lowerer, parameter: Binding, target: Binding | None) -> Binding:
    """Let a parameter go by the name of ``target``, or of a temporary."""
    name = target or lowerer.temporary(parameter.name, parameter.span)
    lowerer.renamed[parameter] = name
    return name


def _item(lowerer: Lowerer, parameter: Binding) -> Binding:
    known = lowerer.renamed.get(parameter)
    return known or _named(lowerer, parameter, None)


def _append(lowerer: Lowerer, results: Binding, item: Expr, span: Span) -> Stmt:
    name = lowerer.variable(results, span)
    return py.ExprStmt(method(name, "append", [item], span), span)


_LOOPS: dict[str, Callable[[Lowerer, BuiltinCall, Binding | None], Code | None]] = {
    "foldl": _fold,
    "foldr": _fold,
    "scanl": _scan,
    "takewhile": _take_while,
}


def _fold_value(
    lowerer: Lowerer, node: BuiltinCall, *, plain: bool = False
) -> Code | None:
    return _fold(lowerer, node, None)


VALUES = {"foldl": _fold_value, "foldr": _fold_value}
