"""`apply` of an operator to a list: ``sum(l)``, ``all(l)``."""

from __future__ import annotations

from collections.abc import Callable

from lisptorch_compile import pytree as py
from lisptorch_compile.catalogue.model import (
    FLOAT,
    INT,
    LISTS,
    MODULE,
    OBJECT,
    TENSOR,
)
from lisptorch_compile.diagnostics import Span
from lisptorch_compile.fact_rules import element
from lisptorch_compile.lowering.base import Lowerer
from lisptorch_compile.lowering.build import Code
from lisptorch_compile.lowering.folds import BIT_OPERATORS, fold, operator_of
from lisptorch_compile.lowering.iteration import iterable_of
from lisptorch_compile.nodes import (
    BuiltinCall,
    Lambda,
    Logical,
    Node,
    Parameter,
    Variable,
)
from lisptorch_compile.records import replaced
from lisptorch_compile.walk import argument_value

#: What Python calls ``and`` and ``or`` between all elements.
_JUNCTIONS = {"and": "all", "or": "any"}


def _apply(lowerer: Lowerer, node: BuiltinCall, *, plain: bool = False) -> Code | None:
    """``(apply '+ l)`` of numbers → ``sum(l)``, as ``(+ l)``; ``(apply 'and l)`` →
    ``all(l)``."""
    function, items, *named = [argument_value(a) for a in node.arguments]
    if named:
        return None
    junction = _junction(function)
    if junction is not None:
        return _joined(lowerer, junction, items, node.span)
    name = operator_of(function)
    if name is None or not lowerer.fact(items).only(LISTS):
        return None
    numbers = element(lowerer.fact(items)).only(INT | FLOAT)
    if name not in BIT_OPERATORS and not numbers:
        return None
    return fold(lowerer, name, items, node.span)


def _junction(function: Node) -> str | None:
    """Return ``all`` for ``and`` between two parameters, ``any`` for ``or``."""
    match function:
        case Lambda(
            (Parameter(first, None, _, False), Parameter(second, None, _, False)),
            (Logical(operator, (Variable(left), Variable(right)), False),),
        ) if (first, second) == (left, right):
            return _JUNCTIONS.get(operator)
        case _:
            return None


def _joined(lowerer: Lowerer, junction: str, items: Node, span: Span) -> Code:
    """``all(l)``; of what Python tests otherwise, ``all(map(truth, l))``."""
    quiet = _is_quiet(lowerer, items)
    before, values = lowerer.value(items, plain=quiet)
    walked = iterable_of(lowerer, items, values)
    if isinstance(walked, py.Comprehension):
        walked = replaced(walked, kind="generator")
    if element(lowerer.fact(items)).may_be(TENSOR | OBJECT | MODULE):
        mapped = (lowerer.imported("truth", span), walked)
        walked = py.Call(py.Name("map", span), mapped, (), span)
    return Code(before, py.Call(py.Name(junction, span), (walked,), (), span))


def _is_quiet(lowerer: Lowerer, items: Node) -> bool:
    """Tell whether nobody sees that `all` stops early: no function that makes the elements
    has effects."""
    arguments = items.arguments if isinstance(items, BuiltinCall) else ()
    bodies = [each.body for each in arguments if isinstance(each, Lambda)]
    return not any([lowerer.has_effects(node) for body in bodies for node in body])


VALUES: dict[str, Callable[..., Code | None]] = {"apply": _apply}
