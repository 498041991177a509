"""``and``, ``or``, ``xor``: expressions where Python says the same, else statements."""

from __future__ import annotations

from collections.abc import Sequence

from lisptorch_compile import pytree as py
from lisptorch_compile.lowering.base import (
    EFFECT,
    AssignTo,
    Destination,
    Effect,
    Lowerer,
)
from lisptorch_compile.lowering.build import (
    Code,
    as_bool,
    if_statement,
    negate,
)
from lisptorch_compile.nodes import Literal, Logical, Node
from lisptorch_compile.pytree import Expr, Stmt
from lisptorch_compile.scope import Binding, BindingKind


def statements(low: Lowerer, node: Logical, destination: Destination) -> list[Stmt]:
    """Lower ``and``/``or`` whose later operands need statements.

    The partial result goes to a temporary, never to the target: the second operand of
    ``(setq x (and y x))`` still reads the old ``x``.
    """
    if isinstance(destination, Effect):
        return _effect(low, node, list(node.operands))
    span = node.span
    if (
        isinstance(destination, AssignTo)
        and destination.binding.kind is BindingKind.TEMPORARY
    ):
        return _chain(low, node, list(node.operands), destination.binding)
    result = _result(low, node)
    statements = _chain(low, node, list(node.operands), result)
    return statements + low.place(py.Name(result, span), node, destination)


def _effect(low: Lowerer, node: Logical, operands: list[Node]) -> list[Stmt]:
    if len(operands) > _MAX_NESTED:
        return _chain(low, node, operands, _result(low, node))
    if len(operands) == 1:
        return low.lower(operands[0], EFFECT)
    before, test = low.condition(operands[0])
    rest = _effect(low, node, operands[1:])
    if node.operator == "or":
        test = negate(test, operands[0].span)
    return before + if_statement(test, rest, [], node.span)


def _chain(
    low: Lowerer, node: Logical, operands: Sequence[Node], result: Binding
) -> list[Stmt]:
    steps = [_step(low, node, operand, result) for operand in operands]
    return _in_turn(low, node, operands, steps, result)


def _step(low: Lowerer, node: Logical, operand: Node, result: Binding) -> list[Stmt]:
    if node.value:
        return low.lower(operand, AssignTo(result))
    before, test = low.condition(operand)
    value = as_bool(test, operand.span)
    return [*before, *low.assign(result, value, operand.span)]


#: More operands than these are tested one after the other: Python takes 99 indents.
_MAX_NESTED = 8


def _in_turn(
    low: Lowerer,
    node: Logical,
    operands: Sequence[Node],
    steps: Sequence[list[Stmt]],
    result: Binding,
) -> list[Stmt]:
    """Return statements that take each step unless the result so far decides."""
    span = node.span
    tests = [_goes_on(low, node, operand, result) for operand in operands[:-1]]
    if len(steps) > _MAX_NESTED:
        statements = list(steps[0])
        for test, step in zip(tests, steps[1:], strict=True):
            statements.extend(if_statement(test, step, [], span))
        return statements
    statements = steps[-1]
    for test, step in zip(reversed(tests), reversed(steps[:-1]), strict=True):
        statements = [*step, *if_statement(test, statements, [], span)]
    return statements


def _goes_on(low: Lowerer, node: Logical, operand: Node, result: Binding) -> Expr:
    name = py.Name(result, operand.span)
    test = low.truth(name, operand) if node.value else name
    return negate(test, operand.span) if node.operator == "or" else test


def value(low: Lowerer, node: Logical) -> Code:
    if node.operator == "xor":
        return _xor(low, node)
    node = flat(node)
    if node.value and all([low.bare_truth(o) for o in node.operands[:-1]]):
        codes = [low.value(operand) for operand in node.operands]
    elif node.value:
        return in_temporary(low, node)
    else:
        codes = [low.condition(operand) for operand in node.operands]
    if any([code.before for code in codes[1:]]):
        return joined(low, node, codes)
    values = tuple([code.value for code in codes])
    if len(values) == 1:
        value = values[0]
    else:
        value = py.Logical(node.operator, values, node.span)
    if not node.value:
        value = as_bool(value, node.span)
    return Code(codes[0].before, value)


def joined(low: Lowerer, node: Logical, codes: Sequence[Code]) -> Code:
    """Return statements that combine operands that were lowered before."""
    span = node.span
    result = _result(low, node)
    steps: list[list[Stmt]] = []
    for code in codes:
        value = code.value if node.value else as_bool(code.value, span)
        steps.append([*code.before, *low.assign(result, value, span)])
    statements = _in_turn(low, node, node.operands, steps, result)
    return Code(statements, py.Name(result, span))


def in_temporary(low: Lowerer, node: Logical) -> Code:
    result = _result(low, node)
    statements = _chain(low, node, list(node.operands), result)
    return Code(statements, py.Name(result, node.span))


def _xor(low: Lowerer, node: Logical) -> Code:
    before, values = low.operands(node.operands)
    tests = [
        _as_bool(low, value, operand)
        for value, operand in zip(values, node.operands, strict=True)
    ]
    pairs = [
        py.Compare(left, ("!=",), (right,), node.span)
        for left, right in zip(tests, tests[1:], strict=False)
    ]
    if len(pairs) == 1:
        return Code(before, pairs[0])
    return Code(before, py.Logical("and", tuple(pairs), node.span))


def _as_bool(low: Lowerer, value: Expr, node: Node) -> Expr:
    return as_bool(low.truth(value, node), node.span)


def _result(low: Lowerer, node: Logical) -> Binding:
    return low.temporary("result" if node.value else "holds", node.span)


def flat(node: Logical) -> Logical:
    """``(and a (and b c))`` → ``(and a b c)``."""
    operands: list[Node] = []
    pending: list[Node] = list(reversed(node.operands))
    while pending:
        operand = pending.pop()
        if (
            isinstance(operand, Logical)
            and operand.operator == node.operator
            and (operand.value == node.value)
        ):
            pending.extend(reversed(operand.operands))
        else:
            operands.append(operand)
    decisive = _decisive(node.operator, operands)
    return Logical(node.operator, tuple(decisive), node.value, node.span)


def _decisive(operator: str, operands: Sequence[Node]) -> list[Node]:
    """Return the operands that can decide: a literal always, or never, does."""
    result: list[Node] = []
    for operand in operands:
        result.append(operand)
        if isinstance(operand, Literal):
            if bool(operand.value) == (operator == "or"):
                return result
            if operand is not operands[-1]:
                result.pop()
    return result
