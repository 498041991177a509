"""``(+= i 1)`` → ``i += 1``, of a variable or an element, and assignments that say the same."""

from __future__ import annotations

from collections.abc import Sequence

from lisptorch_compile import pytree as py
from lisptorch_compile.catalogue.model import (
    DICT,
    FLOAT,
    INT,
    LIST,
    LISTS,
    NOTHING,
    NUMBERED,
    PLAIN,
    TEXT,
    TYPED,
    Fact,
)
from lisptorch_compile.diagnostics import Span
from lisptorch_compile.fact_rules import element
from lisptorch_compile.lowering.base import Lowerer
from lisptorch_compile.lowering.build import Code, is_atom, literal
from lisptorch_compile.lowering.folds import function_of
from lisptorch_compile.lowering.left_integers import cuts
from lisptorch_compile.lowering.operators import PYTHONS, combined, sign_of
from lisptorch_compile.lowering.setting import as_key, settled
from lisptorch_compile.lowering.texts import text_of, text_parts
from lisptorch_compile.nodes import (
    Assign,
    BuiltinCall,
    Literal,
    Update,
    UpdateItem,
    Variable,
)
from lisptorch_compile.pytree import Expr, Stmt
from lisptorch_compile.walk import argument_value


def as_update(lowerer: Lowerer, node: Assign) -> Update | None:
    """``(setq i (+ i 1))`` of numbers or texts is ``(+= i 1)``; None: it is no update."""
    match node.value:
        case BuiltinCall(builtin, arguments) if builtin.name in ("+", "-", "*"):
            operands = [argument_value(argument) for argument in arguments]
        case _:
            return None
    facts = [lowerer.fact(operand) for operand in operands]
    numbers = len(facts) == 2 and all([fact.only(INT | FLOAT) for fact in facts])
    turned = numbers and builtin.name != "-" and isinstance(operands[0], Literal)
    if turned and not cuts(lowerer, builtin.name, facts[0], facts[1]):
        operands.reverse()
    match operands:
        case [Variable(binding), _, *_] if binding is node.binding:
            texts = builtin.name == "+" and facts[0].only(TEXT)
            shown = all([fact.only(TEXT | INT | FLOAT) for fact in facts])
            if numbers or texts and shown:
                return Update(builtin, binding, tuple(operands[1:]), node.span)
    return None


def update_statement(lowerer: Lowerer, node: Update) -> list[Stmt]:
    """``(+= i 1)`` → ``i += 1``; what may be a tensor or list gets a new value instead:
    Python's ``+=`` would write into the shared object."""
    span = node.span
    before, values = lowerer.operands(node.operands)
    lowerer.note_assigned(node.binding)
    target = lowerer.variable(node.binding, span)
    variable_node = Variable(node.binding, span)
    if before and not lowerer.stable(target, variable_node, node.operands):
        return _update_of_old(lowerer, node, before, values)
    variable = lowerer.facts.variables.get(node.binding, Fact(NOTHING, NOTHING))
    own = lowerer.fact_of_variable(node.binding)
    facts = [own, *[lowerer.fact(operand) for operand in node.operands]]
    name = sign_of(node.operator)
    if variable.kinds and own.only(INT | FLOAT | TEXT):
        augmented = _augmented(lowerer, name, target, own, values, facts[1:], span)
        if augmented is not None:
            return [*before, augmented]
    value = combined(lowerer, name, [target, *values], facts, span)
    return [*before, py.Assign((target,), value, span)]


def _update_of_old(
    lowerer: Lowerer, node: Update, before: list[Stmt], values: Sequence[Expr]
) -> list[Stmt]:
    """``(+= x (block (setq x 1) 2))`` adds to the value that x had before."""
    target = lowerer.variable(node.binding, node.span)
    first: list[Stmt] = []
    old = lowerer.keep(target, Variable(node.binding, node.span), first)
    own = lowerer.fact_of_variable(node.binding)
    facts = [own, *[lowerer.fact(operand) for operand in node.operands]]
    name = sign_of(node.operator)
    value = combined(lowerer, name, [old, *values], facts, node.span)
    return [*first, *before, py.Assign((target,), value, node.span)]


def _augmented(
    lowerer: Lowerer,
    name: str,
    target: Expr,
    own: Fact,
    values: Sequence[Expr],
    facts: Sequence[Fact],
    span: Span,
) -> Stmt | None:
    """Return ``x += v`` where the values are numbers, or x a text: it grows in place."""
    if own.only(TEXT) and name == "+":
        if any([fact.may_be(LISTS) or not fact.kinds for fact in facts]):
            return None
        parts: list[str | py.Interpolation] = []
        for value, fact in zip(values, facts, strict=True):
            parts.extend(text_parts(lowerer, value, fact))
        return py.AugAssign(target, "+", text_of(parts, span), span)
    if len(values) > 1 or not own.only(INT | FLOAT) or not facts[0].only(INT | FLOAT):
        return None
    if cuts(lowerer, name, own, facts[0]):
        return None
    if name in PYTHONS:
        return py.AugAssign(target, name, values[0], span)
    return None


def update_item_statement(lowerer: Lowerer, node: UpdateItem) -> list[Stmt] | None:
    """``(+= (@ d k) 1)`` → ``d[k] = d.get(k, 0) + 1``: a missing entry starts from 0.

    An element of a list is there: ``(+= (@ grid y x) 1)`` → ``grid[y][x] += 1``.
    """
    if len(node.operands) != 1 or not isinstance(node.container, Variable):
        return None
    if _read_first(lowerer, node) and not lowerer.expressible(node.operands[0]):
        return None
    steps = lowerer.facts.of_path(node)
    addend = lowerer.fact(node.operands[0])
    if len(steps) != len(node.keys) or not addend.only(INT | FLOAT):
        return None
    if not element(steps[-1]).only(INT | FLOAT):
        return None
    if cuts(lowerer, node.operator.name, element(steps[-1]), addend):
        return None
    if steps[-1].only(_INDEXED):
        return _augmented_element(lowerer, node, steps)
    if len(node.keys) == 1 and node.operator.name in ("+", "-"):
        return _counted_entry(lowerer, node)
    return None


_INDEXED = LIST | PLAIN | TYPED


def _augmented_element(
    lowerer: Lowerer, node: UpdateItem, steps: Sequence[Fact]
) -> list[Stmt] | None:
    operator = node.operator.name
    keys, operand = list(node.keys), node.operands[0]
    if operator not in ("+", "-", "*"):
        return None
    if steps[-1].may_be(TYPED) and not lowerer.fact(operand).only(INT):
        return None
    indexed = all([lowerer.fact(key).only(INT) for key in keys])
    if not indexed or not all([step.only(_INDEXED) for step in steps]):
        return None
    before, (place, *values) = lowerer.operands([node.container, *keys, operand])
    for value in values[:-1]:
        place = py.Subscript(place, value, node.span)
    return [*before, py.AugAssign(place, operator, values[-1], node.span)]


def _counted_entry(lowerer: Lowerer, node: UpdateItem) -> list[Stmt] | None:
    container, key, operand = node.container, node.keys[0], node.operands[0]
    fact = lowerer.fact(container)
    by_number = not lowerer.facts.number_keys and lowerer.fact(key).only(INT)
    if not fact.only(DICT) and not (fact.only(NUMBERED) and by_number):
        return None
    before, values = lowerer.operands([container, key, operand])
    place = as_key(lowerer, values[1], key) if fact.only(DICT) else values[1]
    if not is_atom(place):
        place = lowerer.keep(place, key, before, "key")
    nodes = [container, key, operand]
    target, place = settled(lowerer, [values[0], place], nodes, values[2], before)
    span = node.span
    get = py.Attribute(target, "get", span)
    old = py.Call(get, (place, literal(0, span)), (), span)
    new = py.Binary(old, node.operator.name, values[2], span)
    item = py.Subscript(target, place, span)
    return [*before, py.Assign((item,), new, span)]


def update_item_value(lowerer: Lowerer, node: UpdateItem) -> Code:
    """``(+= (@ c k1 k2) v)`` by the runtime: ``update_at(c, (k1, k2), add, v)``."""
    if _read_first(lowerer, node):
        return _update_of_entry(lowerer, node)
    nodes = [node.container, *node.keys, *node.operands]
    before, (container, *values) = lowerer.operands(nodes)
    count = len(node.keys)
    keys, operands = _path(values[:count], node.span), values[count:]
    function = function_of(lowerer, node.operator.name, node.span)
    updated = lowerer.runtime(
        "update_at", [container, keys, function, *operands], node.span
    )
    return Code(before, updated)


def _read_first(lowerer: Lowerer, node: UpdateItem) -> bool:
    """Tell whether an operand may change the element, which is read before."""
    return any([lowerer.effects.of(operand).calls for operand in node.operands])


def _update_of_entry(lowerer: Lowerer, node: UpdateItem) -> Code:
    """``(+= (@ d k) (f))`` → ``Entry(d, k).update(add, f())``."""
    span = node.span
    first, (container, *keys) = lowerer.operands([node.container, *node.keys])
    entry = lowerer.runtime("Entry", [container, _path(keys, span)], span)
    before, operands = lowerer.operands(node.operands)
    if before:
        entry = lowerer.keep(entry, node, first, "entry")
    function = function_of(lowerer, node.operator.name, span)
    update = py.Attribute(entry, "update", span)
    updated = py.Call(update, (function, *operands), (), span)
    return Code([*first, *before], updated)


def _path(keys: Sequence[Expr], span: Span) -> Expr:
    return keys[0] if len(keys) == 1 else py.TupleDisplay(tuple(keys), span)
