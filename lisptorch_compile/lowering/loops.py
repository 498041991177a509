"""Loops: `while`, `loop` and its kin, `loopcount`, `break`.

A loop whose value is used keeps the last round's value in a variable:

    found = None
    for x in values:
        if x > limit:
            found = None
            break
        found = x
"""

from __future__ import annotations

from lisptorch_compile import pytree as py
from lisptorch_compile.catalogue.model import (
    FLOAT,
    INT,
    NIL,
)
from lisptorch_compile.diagnostics import Span
from lisptorch_compile.lowering.base import (
    EFFECT,
    AssignTo,
    Destination,
    Effect,
    Lowerer,
    Return,
)
from lisptorch_compile.lowering.build import if_statement, literal, negate
from lisptorch_compile.lowering.entries import Walk, entries, walk_of
from lisptorch_compile.lowering.higher_order import iteration
from lisptorch_compile.lowering.iteration import iterable_of
from lisptorch_compile.nodes import (
    Body,
    Break,
    For,
    FunctionDef,
    Lambda,
    LoopKind,
    Node,
    Repeat,
    While,
)
from lisptorch_compile.nodes import Literal as LiteralNode
from lisptorch_compile.pytree import Expr, Stmt
from lisptorch_compile.scope import Binding, BindingKind
from lisptorch_compile.walk import children


def lower_loop(
    lowerer: Lowerer, node: While | For | Repeat, destination: Destination
) -> list[Stmt]:
    """Return the loop; a value that is used goes by a variable."""
    if isinstance(destination, Effect):
        return _loop(lowerer, node, None)
    if isinstance(destination, Return) and _never_ends(node):
        return _loop(lowerer, node, None)
    if lowerer.fact(node).only(NIL):  # a round that has a value leaves the function
        nothing = literal(None, node.span)
        return _loop(lowerer, node, None) + lowerer.place(nothing, node, destination)
    if isinstance(destination, AssignTo) and _free_for_rounds(destination):
        target = destination.binding
    else:
        target = lowerer.temporary("last", node.span)
    statements = lowerer.assign(target, literal(None, node.span), node.span)
    statements += _loop(lowerer, node, target)
    return statements + lowerer.place(py.Name(target, node.span), node, destination)


def _never_ends(node: While | For | Repeat) -> bool:
    """Tell whether only a ``return`` or an error leaves a loop, which has no value then."""
    if not isinstance(node, While) or node.test != LiteralNode(True, node.test.span):
        return False
    stack: list[Node] = list(node.body)
    while stack:
        part = stack.pop()
        if isinstance(part, Break):
            return False
        if not isinstance(part, While | For | Repeat | Lambda | FunctionDef):
            stack.extend(children(part))
    return True


def _free_for_rounds(destination: AssignTo) -> bool:
    """Tell whether the target itself may hold the value of each round: nothing in the
    loop can still want the value that it had before."""
    return destination.binding.kind is BindingKind.TEMPORARY


def _loop(
    lowerer: Lowerer, node: While | For | Repeat, target: Binding | None
) -> list[Stmt]:
    match node:
        case While():
            return _while(lowerer, node, target)
        case For():
            return _for(lowerer, node, target)
        case Repeat():
            return _repeat(lowerer, node, target)


def lower_break(lowerer: Lowerer, span: Span) -> list[Stmt]:
    target = lowerer.loop_targets[-1] if lowerer.loop_targets else None
    leave: list[Stmt] = [py.Break(span)]
    if target is None:
        return leave
    return lowerer.assign(target, literal(None, span), span) + leave


def _round(
    lowerer: Lowerer, body: Body, target: Binding | None, span: Span
) -> tuple[Stmt, ...]:
    destination = EFFECT if target is None else AssignTo(target)
    with lowerer.rounds(target):
        statements = lowerer.arm(body, destination)
    return tuple(statements) if statements else (py.Pass(span),)


def _while(lowerer: Lowerer, node: While, target: Binding | None) -> list[Stmt]:
    before, test = lowerer.condition(node.test)
    body = _round(lowerer, node.body, target, node.span)
    if not before:
        return [py.While(test, body, (), node.span)]
    stop = if_statement(
        negate(test, node.test.span), [py.Break(node.test.span)], [], node.test.span
    )
    forever = literal(True, node.span)
    return [py.While(forever, (*before, *stop, *body), (), node.span)]


def _for(lowerer: Lowerer, node: For, target: Binding | None) -> list[Stmt]:
    walk = walk_of(lowerer, node)
    if walk is not None:
        return _over_dictionary(lowerer, node, walk, target)
    if len(node.iterables) == 1:
        before, iterable = iteration(lowerer, node.iterables[0], lazy=False)
        iterables = [iterable]
    else:
        plain = [True] * len(node.iterables)
        before, iterables = lowerer.operands(node.iterables, plain=plain)
    for binding in node.bindings:
        lowerer.note_assigned(binding)
    variables, iterable = _walked(lowerer, node, iterables)
    body = _rounds(lowerer, node, target)
    return [*before, py.For(variables, iterable, body, (), node.span)]


def _over_dictionary(
    lowerer: Lowerer, node: For, walk: Walk, target: Binding | None
) -> list[Stmt]:
    lowerer.note_assigned(walk.key)
    key = lowerer.variable(walk.key, node.span)
    (before, iterable), names, value = entries(lowerer, walk, key, node.span)
    walked = len(lowerer.walked)
    if value is not None or isinstance(iterable, py.Name | py.Attribute):
        lowerer.walked.append((walk.source.binding, walk.key, value))
    body = _rounds(lowerer, node, target)
    del lowerer.walked[walked:]
    return [*before, py.For(names, iterable, body, (), node.span)]


def _rounds(lowerer: Lowerer, node: For, target: Binding | None) -> tuple[Stmt, ...]:
    body = _round(lowerer, node.body, target, node.span)
    if node.test is None:
        return body
    before, test = lowerer.condition(node.test)
    stop = if_statement(
        negate(test, node.test.span), [py.Break(node.test.span)], [], node.test.span
    )
    return (*before, *stop, *body)


def _walked(lowerer: Lowerer, node: For, iterables: list[Expr]) -> tuple[Expr, Expr]:
    names = tuple([lowerer.variable(binding, node.span) for binding in node.bindings])
    if node.kind is LoopKind.LOOP:
        return names[0], iterables[0]
    variables = py.TupleDisplay(names, node.span)
    if node.kind is LoopKind.LLOOP:
        walked = [
            iterable_of(lowerer, source, value)
            for source, value in zip(node.iterables, iterables, strict=True)
        ]
        zipped = py.Call(py.Name("zip", node.span), tuple(walked), (), node.span)
        return variables, zipped
    return variables, lowerer.runtime("loops.parallel_values", iterables, node.span)


def _repeat(lowerer: Lowerer, node: Repeat, target: Binding | None) -> list[Stmt]:
    before, rounds = lowerer.value(node.count)
    span = node.span
    if node.binding is None:
        counter: Expr = py.Name("_", span)
    else:
        lowerer.note_assigned(node.binding)
        counter = lowerer.variable(node.binding, span)
    body = _round(lowerer, node.body, target, span)
    return [*before, py.For(counter, _counted(lowerer, node, rounds), body, (), span)]


def _counted(lowerer: Lowerer, node: Repeat, rounds: Expr) -> Expr:
    """``range(n)``; a negative literal counts down from ``|n| - 1``."""
    span = node.span
    if isinstance(node.count, LiteralNode) and isinstance(node.count.value, int):
        count = node.count.value
        if count < 0:
            bounds = [literal(number, span) for number in (-count - 1, -1, -1)]
            return py.Call(py.Name("range", span), tuple(bounds), (), span)
    if lowerer.fact(node.count).may_be(FLOAT) and not lowerer.fact(node.count).only(
        INT
    ):
        return lowerer.runtime("loops.rounds", [rounds], span)
    return py.Call(py.Name("range", span), (rounds,), (), span)
