"""What Python iterates where LispE walks a container."""

from __future__ import annotations

from lisptorch_compile import pytree as py
from lisptorch_compile.catalogue.model import (
    BYTES,
    DICTS,
    INT,
    LAZY,
    LISTS,
    NIL,
    OBJECT,
    RANGE,
    SET,
    TEXT,
)
from lisptorch_compile.diagnostics import Span
from lisptorch_compile.lowering.base import Lowerer
from lisptorch_compile.lowering.build import Code, literal
from lisptorch_compile.lowering.containers import arguments_of
from lisptorch_compile.nodes import BuiltinCall, Literal, Node
from lisptorch_compile.pytree import Expr


def range_of(lowerer: Lowerer, node: Node) -> Code | None:
    """``(iota n)`` → ``range(1, n + 1)``, ``(irange 0 n 1)`` → ``range(n)``."""
    if not isinstance(node, BuiltinCall):
        return None
    nodes = arguments_of(node)
    if not nodes or not all([lowerer.fact(n).only(INT) for n in nodes]):
        return None
    span = node.span
    match node.builtin.name, len(nodes):
        case "iota0", 1:
            before, (count,) = lowerer.operands(nodes)
            return Code(before, _call_range([count], span))
        case "iota", 1:
            before, (count,) = lowerer.operands(nodes)
            stop = one_more(count, span)
            return Code(before, _call_range([literal(1, span), stop], span))
        case ("irange" | "irangein" | "range" | "rangein") as name, 3:
            return _stepped(lowerer, name, nodes, span)
        case _:
            return None


def _stepped(lowerer: Lowerer, name: str, nodes: list[Node], span: Span) -> Code | None:
    start, stop, step = nodes
    if not isinstance(step, Literal) or not isinstance(step.value, int):
        return None
    if step.value == 0:
        return None
    if not name.startswith("i") and (
        step.value < 0 or not _ascending(lowerer, start, stop)
    ):
        return None  # (range 5 1 1) counts down, (irange 5 1 1) is empty
    before, (first, last, width) = lowerer.operands(nodes)
    if name.endswith("in"):
        last = one_more(last, span) if step.value > 0 else _one_less(last, span)
    bounds = [first, last]
    if step.value != 1:
        bounds.append(width)
    elif isinstance(first, py.Literal) and first.value == 0:
        bounds = [last]
    return Code(before, _call_range(bounds, span))


def unstored_range(lowerer: Lowerer, node: Node) -> Code | None:
    """``(range a b s)`` of integers → ``sequences.towards(a, b, s)``, which stores nothing.

    It may run down, so that Python's ``range`` alone will not do.
    """
    if not isinstance(node, BuiltinCall) or node.builtin.name not in _UNSTORED:
        return None
    nodes = arguments_of(node)
    if len(nodes) != 3 or not all([lowerer.fact(n).only(INT) for n in nodes]):
        return None
    before, values = lowerer.operands(nodes)
    function = _UNSTORED[node.builtin.name]
    return Code(before, lowerer.runtime(function, values, node.span))


_UNSTORED = {"range": "sequences.towards", "rangein": "sequences.towards_closed"}


def _ascending(lowerer: Lowerer, start: Node, stop: Node) -> bool:
    """Tell whether a range from ``start`` never has to run down to ``stop``."""
    match start, stop:
        case Literal(int() as first), Literal(int() as last):
            return first <= last
        case Literal(int() as first), _:
            least = lowerer.lower_bounds.of(stop)
            return least is not None and first <= least
        case _:
            return False


def one_more(value: Expr, span: Span) -> Expr:
    """``n`` → ``n + 1``, ``n - 1`` → ``n``, 9 → 10."""
    match value:
        case py.Literal(int() as number):
            return literal(number + 1, span)
        case py.Binary(left, "-", py.Literal(1)):
            return left
        case _:
            return py.Binary(value, "+", literal(1, span), span)


def _one_less(value: Expr, span: Span) -> Expr:
    """``n`` → ``n - 1``, 9 → 8."""
    if isinstance(value, py.Literal) and isinstance(value.value, int):
        return literal(value.value - 1, span)
    return py.Binary(value, "-", literal(1, span), span)


def _call_range(bounds: list[Expr], span: Span) -> Expr:
    return py.Call(py.Name("range", span), tuple(bounds), (), span)


#: What Python walks as LispE does. An empty one may stand for nil.
_WALKED = LISTS | TEXT | BYTES | DICTS | LAZY | RANGE | NIL


def iterable_of(lowerer: Lowerer, node: Node, value: Expr) -> Expr:
    """Return what Python iterates to walk a LispE container; of nil, nothing is walked."""
    if isinstance(value, py.Literal) and value.value is None:
        return py.TupleDisplay((), node.span)
    fact = lowerer.fact(node)
    if fact.only(SET):
        return py.Call(py.Name("sorted", node.span), (value,), (), node.span)
    if fact.only(OBJECT):
        return value  # as Python iterates it
    if fact.may_be(~_WALKED):
        return lowerer.runtime("iterate", [value], node.span)
    if fact.may_be(NIL):
        empty = py.TupleDisplay((), node.span)
        return py.Logical("or", (value, empty), node.span)
    return value
