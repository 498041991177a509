"""`set@`, `key@` and their kin: Python's assignment to a place in a container, where it says
what LispE says; texts, which are values, are put into their variable again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from lisptorch_compile import pytree as py
from lisptorch_compile.catalogue.model import DICT, INSTANCE, NOTHING, TEXT
from lisptorch_compile.diagnostics import Span
from lisptorch_compile.forms import Symbol
from lisptorch_compile.lowering.base import Lowerer
from lisptorch_compile.lowering.build import literal
from lisptorch_compile.lowering.containers import (
    FOREIGN,
    INDEXED,
    arguments_of,
    is_counted,
    is_spelled,
    leads_through,
    path_to,
    rebinding,
    unwrapped,
)
from lisptorch_compile.names import spell_attribute
from lisptorch_compile.nodes import BuiltinCall, Data, Literal, Node, Variable
from lisptorch_compile.pytree import Expr, Stmt


def _set_at(lowerer: Lowerer, node: BuiltinCall) -> list[Stmt] | None:
    """``(set@ d "k" v)`` → ``d["k"] = v``; a text variable gets the new text."""
    nodes = arguments_of(node)
    container = nodes[0]
    if len(nodes) == 3 and lowerer.fact(container).only(DICT):
        before, (target, key, value) = lowerer.operands(nodes)
        key = as_key(lowerer, key, nodes[1])
        target, key = settled(lowerer, [target, key], nodes, value, before)
        place = py.Subscript(target, key, node.span)
        return [*before, py.Assign((place,), value, node.span)]
    if len(nodes) == 3 and lowerer.fact(container).only(FOREIGN | INSTANCE):
        return _set_attribute(lowerer, nodes, node.span)
    if len(nodes) == 3 and is_counted(lowerer, lowerer.fact(container), nodes[1]):
        return _set_counted(lowerer, node, nodes)
    return (
        _set_element(lowerer, node, nodes)
        or _set_inside(lowerer, node, nodes)
        or rebinding(lowerer, node, "set_at", nodes)
    )


def _set_attribute(
    lowerer: Lowerer, nodes: Sequence[Node], span: Span
) -> list[Stmt] | None:
    """``(set@ obj 'f v)`` → ``obj.f = v`` on what is surely no container of LispE."""
    match nodes[1]:
        case Data(Symbol(name)) if is_spelled(lowerer, name):
            before, (target, value) = lowerer.operands([nodes[0], nodes[2]])
            place = py.Attribute(target, spell_attribute(name), span)
            return [*before, py.Assign((place,), value, span)]
        case _:
            return None


def _set_element(
    lowerer: Lowerer, node: BuiltinCall, nodes: Sequence[Node]
) -> list[Stmt] | None:
    """``(set@ l i (* 2 (@ l i)))`` → ``l[i] = 2 * l[i]``.

    An index beyond the end would append, but the value has just been made from the element.
    """
    container, *keys, value = nodes
    if not isinstance(container, Variable) or not _reads(value, nodes[:-1]):
        return None
    steps = lowerer.facts.of_path(node)
    if len(steps) != len(keys) or steps[-1].may_be(~(INDEXED & ~TEXT)):
        return None
    if not leads_through(lowerer, node, container, keys) or lowerer.has_effects(value):
        return None
    before, (target, *places, new) = lowerer.operands(nodes)
    place = path_to(target, places, node.span)
    return [*before, py.Assign((place,), new, node.span)]


def _reads(value: Node, path: Sequence[Node]) -> bool:
    """Tell whether ``(@ …)`` of this path is evaluated in any case to make a value."""
    if not isinstance(value, BuiltinCall):
        return False
    operands = arguments_of(value)
    if value.builtin.name == "@" and len(operands) == len(path):
        pairs = zip(operands, path, strict=True)
        if all([_is_same(operand, part) for operand, part in pairs]):
            return True
    return any([_reads(operand, path) for operand in operands])


def _is_same(one: Node, other: Node) -> bool:
    """Tell whether two nodes surely have the same value, one right after the other."""
    match one, other:
        case Variable(a), Variable(b):
            return a is b
        case Literal(int() as a), Literal(int() as b):
            return a == b
        case BuiltinCall(a, _), BuiltinCall(b, _) if a is b and a.name in ("+", "-"):
            pairs = zip(arguments_of(one), arguments_of(other), strict=False)
            same = all([_is_same(first, second) for first, second in pairs])
            return same and len(one.arguments) == len(other.arguments)
        case _:
            return False


def _set_inside(
    lowerer: Lowerer, node: BuiltinCall, nodes: Sequence[Node]
) -> list[Stmt] | None:
    """``(set@ grid y x v)`` → ``set_at(grid[y], x, v)``: the end of a path changes."""
    container, *keys = nodes[:-1]
    if len(keys) < 2:
        return None
    steps = lowerer.facts.of_path(node)
    if len(steps) != len(keys) or steps[-1].may_be(~(INDEXED & ~TEXT)):
        return None
    if not leads_through(lowerer, node, container, keys):
        return None
    if lowerer.has_effects(nodes[-1]):  # which come before the access
        return None
    before, (outer, *places, value) = lowerer.operands(nodes)
    row = path_to(unwrapped(outer), places[:-1], node.span)
    call = lowerer.runtime("set_at", [row, places[-1], value], node.span)
    return [*before, py.ExprStmt(call, node.span)]


def _set_range(lowerer: Lowerer, node: BuiltinCall) -> list[Stmt] | None:
    """``(set@@ s 0 2 "x")`` gives a text variable the new text."""
    return rebinding(lowerer, node, "parts.set_range", arguments_of(node))


def _key_at_effect(lowerer: Lowerer, node: BuiltinCall) -> list[Stmt] | None:
    """``(key@ d "k" v)`` → ``d["k"] = v``."""
    nodes = arguments_of(node)
    if len(nodes) != 3:
        return None
    if lowerer.fact(nodes[0]).only(DICT):
        return _set_at(lowerer, node)
    if not is_counted(lowerer, lowerer.fact(nodes[0]), nodes[1]):
        return None
    return _set_counted(lowerer, node, nodes)


def _set_counted(
    lowerer: Lowerer, node: BuiltinCall, nodes: Sequence[Node]
) -> list[Stmt]:
    """``(set@ d 7 v)`` → ``d[7] = v`` on a dictionary whose keys are numbers."""
    before, (target, key, value) = lowerer.operands(nodes)
    target, key = settled(lowerer, [target, key], nodes, value, before)
    place = py.Subscript(target, key, node.span)
    return [*before, py.Assign((place,), value, node.span)]


def _replace_all(lowerer: Lowerer, node: BuiltinCall) -> list[Stmt] | None:
    """``(replaceall s "a" "b")`` → ``s = s.replace("a", "b")`` for a text variable."""
    nodes = arguments_of(node)
    container = nodes[0]
    texts_only = all([lowerer.fact(argument).only(TEXT) for argument in nodes])
    if not texts_only or not isinstance(container, Variable):
        return None
    before, (text, *parts) = lowerer.operands(nodes)
    method = py.Attribute(text, "replace", node.span)
    result = py.Call(method, tuple(parts), (), node.span)
    return before + lowerer.assign(container.binding, result, node.span)


def settled(
    lowerer: Lowerer,
    places: Sequence[Expr],
    nodes: Sequence[Node],
    value: Expr,
    before: list[Stmt],
) -> list[Expr]:
    """Return container and key of ``container[key] = value``, which Python evaluates
    after the value: where that shows, they are named first."""
    *sources, last = nodes
    result = []
    for place, node in zip(places, sources, strict=True):
        if lowerer.has_effects(last):
            late = not lowerer.stable(place, node, [last])
        else:
            late = lowerer.has_effects(node) and not lowerer.stable(value, last, [node])
        role = "key" if node is sources[-1] else None
        result.append(lowerer.keep(place, node, before, role) if late else place)
    return result


def as_key(lowerer: Lowerer, value: Expr, node: Node) -> Expr:
    """Return a key of a dictionary with text keys: ``k`` or ``text(k)``."""
    if isinstance(value, py.Literal) and isinstance(value.value, int | float):
        return literal(f"{value.value:g}", node.span)
    if isinstance(node, Literal) and isinstance(node.value, str):
        return value
    fact = lowerer.fact(node)
    if fact.only(TEXT) or fact.kinds == NOTHING:
        return value
    return lowerer.runtime("text", [value], node.span)


EFFECTS: dict[str, Callable[[Lowerer, BuiltinCall], list[Stmt] | None]] = {
    "set@": _set_at,
    "set@@": _set_range,
    "replaceall": _replace_all,
    "key@": _key_at_effect,
    "keyi@": _key_at_effect,
}
