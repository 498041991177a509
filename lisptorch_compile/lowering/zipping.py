"""`zipwith` with the function in place: a comprehension over several lists.

(zipwith (\\(x y) (* x y)) xs ys)    →    Integers([x * y for x, y in higher_order.zipped(xs, ys)])
"""

from __future__ import annotations

from collections.abc import Callable

from lisptorch_compile import pytree as py
from lisptorch_compile.catalogue.model import LISTS
from lisptorch_compile.lowering.base import Lowerer
from lisptorch_compile.lowering.build import Code
from lisptorch_compile.lowering.closures import makes_function
from lisptorch_compile.lowering.containers import arguments_of
from lisptorch_compile.lowering.higher_order import as_item, typed_wrapper
from lisptorch_compile.nodes import BuiltinCall, Lambda, Node


def _zip_with(
    lowerer: Lowerer, node: BuiltinCall, *, plain: bool = False
) -> Code | None:
    function, *lists = arguments_of(node)
    if not isinstance(function, Lambda) or not _is_of_elements(
        lowerer, function, lists
    ):
        return None
    result = lowerer.fact(function.body[0])
    wrap = typed_wrapper(result)
    if wrap is None:
        return None
    before, columns = lowerer.operands(lists, plain=[True] * len(lists))
    inner, item = lowerer.value(function.body[0])
    if inner:
        lowerer.refused[id(function)] = function
        return None
    span = node.span
    names = [py.Name(parameter.binding, span) for parameter in function.parameters]
    zipped = lowerer.runtime("higher_order.zipped", columns, span)
    clause = py.Clause(py.TupleDisplay(tuple(names), span), zipped, (), span)
    item = as_item("zipwith", item, result)
    value: py.Expr = py.Comprehension("list", item, (clause,), span)
    return Code(before, value if plain else lowerer.runtime(wrap, [value], span))


def _is_of_elements(lowerer: Lowerer, function: Lambda, lists: list[Node]) -> bool:
    """Tell whether the function takes an element of each list, and is an expression."""
    if len(lists) < 2 or len(function.parameters) != len(lists):
        return False
    if not lowerer.expressible(function) or id(function) in lowerer.refused:
        return False
    if makes_function(function.body):
        return False
    return all([lowerer.fact(items).only(LISTS) for items in lists])


VALUES: dict[str, Callable[..., Code | None]] = {"zipwith": _zip_with}
