"""Comparison: Python's operators where facts show that they say the same as LispE's, the
runtime's functions elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from lisptorch_compile import catalogue
from lisptorch_compile import pytree as py
from lisptorch_compile.catalogue.model import (
    BOOL,
    DICTS,
    FLOAT,
    HEAP,
    INT,
    LISTS,
    NIL,
    NOTHING,
    NUMBER,
    OBJECT,
    PLAIN,
    SCALARS,
    SYMBOL,
    TENSOR,
    TEXT,
    Fact,
)
from lisptorch_compile.diagnostics import Span
from lisptorch_compile.forms import Symbol
from lisptorch_compile.lowering.base import Lowerer
from lisptorch_compile.lowering.build import Code, is_atom, literal, negate
from lisptorch_compile.lowering.left_integers import (
    any_compares_otherwise,
    compares_otherwise,
)
from lisptorch_compile.nodes import BuiltinCall, Data, Literal, Node
from lisptorch_compile.pytree import Expr, Stmt
from lisptorch_compile.records import replaced
from lisptorch_compile.walk import argument_value

_ORDER = {
    "<": "less",
    "<=": "less_equal",
    ">": "greater",
    ">=": "greater_equal",
}


def comparison(lowerer: Lowerer, node: BuiltinCall, *, plain: bool = False) -> Code:
    """``(< a b c)`` → ``a < b < c``; ``(= a b)`` → ``a == b``; unlike kinds go to the
    runtime."""
    name = node.builtin.name
    nodes = [argument_value(argument) for argument in node.arguments]
    if name == "!=":
        nodes = nodes[:2]  # LispE does not look at further ones
    if name in ("=", "eq", "!=", "neq") and len(nodes) == 2:
        null = _null_test(lowerer, name, nodes, node.span)
        if null is not None:
            return null
    before, values = _evaluated_once(lowerer, nodes)
    native = _is_python_enough(lowerer, name, nodes)
    values = [
        _bare_remainder(lowerer, operand, value, values, index)
        for index, (operand, value) in enumerate(zip(nodes, values, strict=True))
    ]
    return Code(before, _compared(lowerer, name, values, node.span, native=native))


def _is_python_enough(lowerer: Lowerer, name: str, nodes: Sequence[Node]) -> bool:
    """Tell whether Python's operator compares all operands as LispE does."""
    facts = [lowerer.fact(operand) for operand in nodes]
    first = name in ("eq", "neq")  # which compare the first with each
    if any_compares_otherwise(lowerer, name, facts, first=first):
        return False
    if first:
        return all([_same_by_equality(lowerer, nodes[0], each) for each in nodes[1:]])
    if name in _ORDER:
        neighbours = zip(facts, facts[1:], strict=False)
        return all([_plain_order(left, right) for left, right in neighbours])
    if any([_may_name_group(lowerer, operand) for operand in nodes[:-1]]):
        return False
    pairs = zip(nodes, nodes[1:], strict=False)
    return all([_plain_equality(lowerer, left, right) for left, right in pairs])


def _evaluated_once(
    lowerer: Lowerer, nodes: Sequence[Node]
) -> tuple[list[Stmt], list[Expr]]:
    """Python's chain ``a < b < c`` stops early: what has effects is evaluated before."""
    before, values = lowerer.operands(nodes)
    if len(nodes) > 2 and any([lowerer.has_effects(operand) for operand in nodes[2:]]):
        values = [
            value if is_atom(value) else lowerer.keep(value, operand, before)
            for value, operand in zip(values, nodes, strict=True)
        ]
    return before, values


def _compared(
    lowerer: Lowerer, name: str, values: Sequence[Expr], span: Span, *, native: bool
) -> Expr:
    if native:
        if name in ("eq", "neq") and len(values) > 2:
            return _pairs(lowerer, name, values, span, native=True)
        operator = {"=": "==", "eq": "==", "neq": "!="}.get(name, name)
        operators = (operator,) * (len(values) - 1)
        return py.Compare(values[0], operators, tuple(values[1:]), span)
    return _pairs(lowerer, name, values, span, native=False)


def _pairs(
    lowerer: Lowerer, name: str, values: Sequence[Expr], span: Span, *, native: bool
) -> Expr:
    """Compare neighbours (``eq``: the first with each) by the runtime's function."""
    lefts = [values[0]] * len(values) if name in ("eq", "neq") else values
    tests = [
        _pair(lowerer, name, left, right, span, native=native)
        for left, right in zip(lefts, values[1:], strict=False)
    ]
    return tests[0] if len(tests) == 1 else py.Logical("and", tuple(tests), span)


def _pair(
    lowerer: Lowerer, name: str, left: Expr, right: Expr, span: Span, *, native: bool
) -> Expr:
    if native:
        operator = "==" if name == "eq" else "!="
        return py.Compare(left, (operator,), (right,), span)
    match name:
        case "=":
            return lowerer.runtime("equal", [left, right], span)
        case "!=":
            return py.Unary("not", lowerer.runtime("equal", [left, right], span), span)
        case "eq":
            return lowerer.runtime("same", [left, right], span)
        case "neq":
            return py.Unary("not", lowerer.runtime("same", [left, right], span), span)
        case _:
            return lowerer.runtime(_ORDER[name], [left, right], span)


def _may_name_group(lowerer: Lowerer, node: Node) -> bool:
    """Tell whether a value may be the name of a group of data types: the names of these
    types are equal to it."""
    names = lowerer.facts.named_groups
    if isinstance(node, Data) and isinstance(node.form, Symbol):
        return node.form.name in names
    return bool(names) and lowerer.fact(node).may_be(SYMBOL)


def _plain_equality(lowerer: Lowerer, left: Node, right: Node) -> bool:
    """Tell whether ``==`` says what ``=`` says."""
    if _compares_elements(lowerer, left, right) or _takes_false_for_another(
        lowerer, left, right
    ):
        return False
    facts = [lowerer.fact(left), lowerer.fact(right)]
    if any([fact.only(SCALARS | NIL) for fact in facts]):
        return True
    return not any([fact.may_be(TENSOR | OBJECT) for fact in facts])


def _same_by_equality(lowerer: Lowerer, left: Node, right: Node) -> bool:
    """Tell whether ``==`` says what ``eq`` says, which compares containers by identity, so
    that one side must be a scalar."""
    facts = [lowerer.fact(left), lowerer.fact(right)]
    if any([fact.kinds == NOTHING for fact in facts]):
        return True
    if _compares_elements(lowerer, left, right) or _takes_false_for_another(
        lowerer, left, right
    ):
        return False
    return any([fact.only(SCALARS) for fact in facts])


def _compares_elements(lowerer: Lowerer, left: Node, right: Node) -> bool:
    """Tell whether ``==`` surely compares a number with each element of a tensor."""
    facts = [lowerer.fact(left), lowerer.fact(right)]
    return any([fact.only(TENSOR) for fact in facts])


def _takes_false_for_another(lowerer: Lowerer, left: Node, right: Node) -> bool:
    """Tell whether a known truth value may be False, which ``==`` takes for 0 and not for
    nil; LispE has it the other way around."""
    return (
        _may_be_false(lowerer, left)
        and _equals_nothing(lowerer, right)
        or (_may_be_false(lowerer, right) and _equals_nothing(lowerer, left))
    )


def _may_be_false(lowerer: Lowerer, node: Node) -> bool:
    fact = lowerer.fact(node)
    known = not lowerer.facts.is_unknown(fact)
    return known and fact.may_be(BOOL) and not isinstance(node, Literal)


def _equals_nothing(lowerer: Lowerer, node: Node) -> bool:
    return lowerer.fact(node).may_be(NUMBER | NIL | PLAIN)


def _plain_order(left: Fact, right: Fact) -> bool:
    """Python orders numbers and texts as LispE does; unlike kinds give nil in LispE."""
    if NOTHING in (left.kinds, right.kinds):
        return True
    numbers = INT | FLOAT | TENSOR
    if left.only(numbers) and right.only(numbers):
        return True
    if left.only(TEXT) and right.only(TEXT):
        return True
    # taken for numbers on evidence: see facts.Facts.of
    evidence = NUMBER | LISTS | TENSOR
    return (
        left.only(evidence)
        and right.only(evidence)
        and (left.only(NUMBER) or right.only(NUMBER))
        and not left.only(LISTS)
        and not right.only(LISTS)
    )


def _null_test(
    lowerer: Lowerer, name: str, nodes: Sequence[Node], span: Span
) -> Code | None:
    """``(= x nil)`` is the predicate `nullp`: true for nil and every empty list."""
    for index, operand in enumerate(nodes):
        if isinstance(operand, Literal) and operand.value is None:
            other = nodes[1 - index]
            if index == 1 and compares_otherwise(
                lowerer, name, lowerer.fact(other), lowerer.fact(operand)
            ):
                return None
            before, test = null_test(lowerer, other, span)
            if name in ("!=", "neq"):
                is_none = isinstance(test, py.Compare)
                test = negate(test, span) if is_none else py.Unary("not", test, span)
            return Code(before, test)
    return None


def null_test(lowerer: Lowerer, node: Node, span: Span) -> Code:
    """Return the test of `nullp`: ``x is None`` where facts exclude False and lists."""
    before, value = lowerer.value(node)
    fact = lowerer.fact(node)
    if fact.only(LISTS | NIL) and fact.may_be(LISTS):
        return Code(before, py.Unary("not", value, span))
    if isinstance(node, Literal):
        return Code(before, literal(node.value is None, span))
    if fact.kinds != NOTHING and not fact.may_be(BOOL | LISTS):
        return Code(before, py.Compare(value, ("is",), (literal(None, span),), span))
    return Code(before, lowerer.runtime("is_null", [value], span))


def _bare_remainder(
    lowerer: Lowerer, node: Node, value: Expr, values: Sequence[Expr], index: int
) -> Expr:
    """``(= (% i 3) 0)`` → ``i % 3 == 0``: against 0 the sign does not matter."""
    others = [other for place, other in enumerate(values) if place != index]
    against_zero = len(others) == 1 and (
        isinstance(others[0], py.Literal) and others[0].value == 0
    )
    if not against_zero or not isinstance(node, BuiltinCall):
        return value
    if node.builtin.name != "%" or not isinstance(value, py.Call):
        return value
    facts = [lowerer.fact(argument_value(argument)) for argument in node.arguments]
    if len(value.arguments) == 2 and all([fact.only(INT) for fact in facts]):
        return py.Binary(value.arguments[0], "%", value.arguments[1], value.span)
    return value


def equality_each(lowerer: Lowerer, node: BuiltinCall, *, plain: bool = False) -> Code:
    """``(== a b)`` → ``int(a == b)``; element by element on what may be a list."""
    code = _equality_of_scalars(lowerer, node)
    if code is not None:
        number = py.Call(py.Name("int", node.span), (code.value,), (), node.span)
        return Code(code.before, number)
    nodes = [argument_value(argument) for argument in node.arguments]
    before, values = lowerer.operands(nodes)
    return Code(before, lowerer.runtime("equal_each", values, node.span))


def _equality_of_scalars(lowerer: Lowerer, node: BuiltinCall) -> Code | None:
    """Return ``a == b`` for ``(== a b)``; None where Python's operator says less."""
    nodes = [argument_value(argument) for argument in node.arguments]
    if not all([lowerer.fact(operand).only(SCALARS | NIL) for operand in nodes]):
        return None
    if not _is_python_enough(lowerer, "=", nodes):
        return None
    equals = catalogue.lookup("=")
    assert equals is not None
    return comparison(lowerer, replaced(node, builtin=equals))


def condition(lowerer: Lowerer, node: BuiltinCall) -> Code | None:
    """Return a shorter form of a builtin whose truth alone counts, if there is one."""
    if node.builtin.name == "==":
        return _equality_of_scalars(lowerer, node)
    if node.builtin.name == "nullp" and len(node.arguments) == 1:
        return null_test(lowerer, argument_value(node.arguments[0]), node.span)
    if node.builtin.name == "size" and len(node.arguments) == 1:
        measured = argument_value(node.arguments[0])
        if lowerer.fact(measured).only(LISTS | DICTS | HEAP | TEXT | NIL):
            return lowerer.value(measured, plain=True)  # `while queue:`
    return None


Handler = Callable[..., Code]

#: Builtins that this module lowers.
VALUES: dict[str, Handler] = {
    **dict.fromkeys(("=", "!=", "eq", "neq", "<", "<=", ">", ">="), comparison),
    "==": equality_each,
}
