"""An operator between all elements of a list: ``(+ l)``, ``(foldl '+ 0 l)``."""

from __future__ import annotations

from lisptorch_compile import pytree as py
from lisptorch_compile.catalogue.model import (
    FLOAT,
    INT,
    NUMBER,
    TEXT,
    Arithmetic,
)
from lisptorch_compile.diagnostics import Span
from lisptorch_compile.fact_rules import loop_element
from lisptorch_compile.lowering.base import Lowerer
from lisptorch_compile.lowering.build import Code, literal
from lisptorch_compile.lowering.left_integers import cuts
from lisptorch_compile.lowering.shape import is_operation
from lisptorch_compile.nodes import (
    BuiltinCall,
    BuiltinValue,
    Lambda,
    Literal,
    LoopKind,
    Node,
)
from lisptorch_compile.walk import argument_value

#: The function for an operator between two values.
_FUNCTIONS = {
    "+": "add",
    "%": "remainder",
    "^^": "power",
    "**": "power",
    "-": "operator.sub",
    "*": "operator.mul",
    "/": "operator.truediv",
    "&": "operator.and_",
    "|": "operator.or_",
    "^": "operator.xor",
    "&~": "numbers.clear_bits",
    "<<": "operator.lshift",
    ">>": "operator.rshift",
}
#: The operators that `apply` and folds combine numbers with as they do a list's elements.
_COMBINING = _FUNCTIONS.keys() - {"%", "^^", "**"}
BIT_OPERATORS = ("&", "|", "^", "&~", "<<", ">>")
_IN_ARITHMETIC: dict[Arithmetic, dict[str, str]] = {
    Arithmetic.PYTHON: _FUNCTIONS,
    Arithmetic.LISPE: {
        **_FUNCTIONS,
        "-": "subtract",
        "*": "multiply",
        "&": "lispe_numbers.bit_and",
        "|": "lispe_numbers.bit_or",
        "^": "lispe_numbers.bit_xor",
        "&~": "lispe_numbers.clear_bits",
        "<<": "lispe_numbers.shift_left",
        ">>": "lispe_numbers.shift_right",
    },
}


def fold(lowerer: Lowerer, name: str, node: Node, span: Span) -> Code:
    """``(+ l)``: the elements of a list, combined."""
    before, items = lowerer.value(node, plain=True)
    if lowerer.fact(node).only(NUMBER | TEXT):
        fault = literal(f"Error: cannot apply '{name}' to one element", span)
        return Code(before, lowerer.runtime("throw", [fault], span))
    inner = loop_element(lowerer.fact(node), LoopKind.LOOP)
    cut = cuts(lowerer, name, inner, inner)
    if name == "+" and cut:
        return Code(before, lowerer.runtime("lispe_numbers.fold_add", [items], span))
    if name == "+":
        if inner.only(INT | FLOAT):
            return Code(before, py.Call(py.Name("sum", span), (items,), (), span))
        return Code(before, lowerer.runtime("loops.fold_add", [items], span))
    if name == "*" and not cut and inner.only(INT | FLOAT):
        return Code(before, lowerer.runtime("math.prod", [items], span))
    operation = function_of(lowerer, name, span)
    return Code(before, lowerer.runtime("reduce", [operation, items], span))


def function_of(lowerer: Lowerer, name: str, span: Span) -> py.Expr:
    """Return the function of two operands that an operator stands for."""
    functions = _IN_ARITHMETIC[lowerer.facts.numbers]
    module, _, function = functions[name].rpartition(".")
    if not module:
        return lowerer.imported(function, span)
    return py.Attribute(lowerer.imported(module, span), function, span)


def fold_left(lowerer: Lowerer, node: BuiltinCall) -> Code | None:
    """``(foldl '+ 0 l)`` of numbers → ``sum(l)``, ``(foldl '* 1 l)`` → ``math.prod(l)``."""
    function, initial, items = [argument_value(a) for a in node.arguments]
    name, number = operator_of(function), INT | FLOAT
    if name not in ("+", "*") or not isinstance(initial, Literal):
        return None
    if not lowerer.fact(initial).only(number):
        return None
    inner = loop_element(lowerer.fact(items), LoopKind.LOOP)
    if not inner.only(number) or cuts(lowerer, name, lowerer.fact(initial), inner):
        return None
    before, values = lowerer.value(items, plain=True)
    neutral = 0 if name == "+" else 1
    span = node.span
    start = py.Keyword("start", literal(initial.value, initial.span), span)
    keywords = () if initial.value == neutral else (start,)
    total: py.Expr = py.Name("sum", span)
    if name == "*":
        total = py.Attribute(lowerer.imported("math", span), "prod", span)
    return Code(before, py.Call(total, (values,), keywords, span))


def operator_of(function: Node) -> str | None:
    """Return the operator that is given to combine elements, None for other functions.

    ``(\\(a b) (+ a b))`` is one, too.
    """
    match function:
        case BuiltinValue(builtin):
            name = builtin.name
        case Lambda(_, (BuiltinCall(builtin), *_)) if is_operation(function):
            name = builtin.name
        case _:
            return None
    return name if name in _COMBINING else None
