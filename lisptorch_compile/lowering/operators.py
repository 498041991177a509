"""Arithmetic: Python's operators where facts show that they say the same as LispE's, one
runtime function per operator for what is left (design 9.1)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from lisptorch_compile import pytree as py
from lisptorch_compile.catalogue.model import FLOAT, INT, TENSOR, TEXT, Builtin, Fact
from lisptorch_compile.diagnostics import Span
from lisptorch_compile.fact_rules import arithmetic as combine_facts
from lisptorch_compile.lowering.base import Lowerer
from lisptorch_compile.lowering.build import Code
from lisptorch_compile.lowering.folds import fold, function_of
from lisptorch_compile.lowering.left_integers import cuts, is_unreached
from lisptorch_compile.lowering.texts import added, join_texts
from lisptorch_compile.nodes import BuiltinCall, Node
from lisptorch_compile.pytree import Expr
from lisptorch_compile.walk import argument_value

#: Operators that Python has by the same sign, and between numbers with the same meaning.
PYTHONS = frozenset(("+", "-", "*", "/", "&", "|", "^", "<<", ">>"))


def sign_of(operator: Builtin) -> str:
    """Return the sign of an operator, the first of several."""
    return "^^" if operator.name == "**" else operator.name


def arithmetic(lowerer: Lowerer, node: BuiltinCall, *, plain: bool = False) -> Code:
    """``(+ a b c)`` → ``a + b + c``; one operand is a list to fold."""
    nodes = [argument_value(argument) for argument in node.arguments]
    name = sign_of(node.builtin)
    if len(nodes) == 1:
        return fold(lowerer, name, nodes[0], node.span)
    before, values = lowerer.operands(nodes)
    facts = [lowerer.fact(operand) for operand in nodes]
    if name == "%" and all([_is_natural_number(lowerer, operand) for operand in nodes]):
        return Code(before, _native_chain("%", values, node.span))
    if lowerer.folder is None and _is_current_folder(nodes[0]):
        beside = _beside(lowerer, values, facts, node.span)
        if beside is not None:
            return Code(before, beside)
    if len(values) > _MAX_OPERANDS and not facts[0].may_be(TEXT):
        return _in_parts(lowerer, name, Code(before, values[0]), values, facts)
    return Code(before, combined(lowerer, name, values, facts, node.span))


#: A chain of operators is a tree as deep as it is long, and CPython takes about a thousand.
_MAX_OPERANDS = 200


def _in_parts(
    lowerer: Lowerer,
    name: str,
    first: Code,
    values: Sequence[Expr],
    facts: Sequence[Fact],
) -> Code:
    """``total = a + b + …``, ``total = total + c + …`` for a very long sum."""
    before, value = first
    fact = facts[0]
    for start in range(1, len(values), _MAX_OPERANDS):
        if start > 1:
            total = lowerer.temporary("total" if name == "+" else "value", value.span)
            before = [*before, *lowerer.assign(total, value, value.span)]
            value = py.Name(total, value.span)
        end = start + _MAX_OPERANDS
        part = [fact, *facts[start:end]]
        value = _chain(lowerer, name, [value, *values[start:end]], part, value.span)
        fact = combine_facts(name, part, lowerer.facts.numbers)
    return Code(before, value)


def _is_natural_number(lowerer: Lowerer, node: Node) -> bool:
    natural = lowerer.lower_bounds.of(node) is not None
    return natural and lowerer.fact(node).only(INT)


def _native_chain(operator: str, values: Sequence[Expr], span: Span) -> Expr:
    value = values[0]
    for right in values[1:]:
        value = py.Binary(value, operator, right, span)
    return value


def _is_current_folder(node: Node) -> bool:
    return isinstance(node, BuiltinCall) and node.builtin.name == "_current"


def _beside(
    lowerer: Lowerer, values: Sequence[Expr], facts: Sequence[Fact], span: Span
) -> Expr | None:
    """``(+ _current "data.txt")`` → ``os.path.join(os.path.dirname(__file__), …)``."""
    match values[0], values[1]:
        case py.Call(join, (folder, *_)), py.Literal(str() as first):
            if first.startswith("/") or not all([fact.only(TEXT) for fact in facts]):
                return None
            name = join_texts(lowerer, values[1:], facts[1:], span)
            return py.Call(join, (_folder_of_file(folder), name), (), span)
        case _:
            return None


def _folder_of_file(folder: Expr) -> Expr:
    """``os.path.dirname(os.path.abspath(__file__))`` → ``os.path.dirname(__file__)``.

    A script's ``__file__`` is absolute; where it is not, ``join`` takes no folder, too.
    """
    match folder:
        case py.Call(function, (py.Call(_, (file,)),)):
            return py.Call(function, (file,), (), folder.span)
        case _:
            return folder


def combined(
    lowerer: Lowerer,
    name: str,
    values: Sequence[Expr],
    facts: Sequence[Fact],
    span: Span,
) -> Expr:
    """Return ``a + b + c``; what begins with a text is one text."""
    if name == "+" and facts[0].only(TEXT):
        return join_texts(lowerer, values, facts, span)
    return _chain(lowerer, name, values, facts, span)


def _chain(
    lowerer: Lowerer,
    name: str,
    values: Sequence[Expr],
    facts: Sequence[Fact],
    span: Span,
) -> Expr:
    value, fact = values[0], facts[0]
    for right, right_fact in zip(values[1:], facts[1:], strict=True):
        value = _operation(lowerer, name, value, fact, right, right_fact, span)
        fact = combine_facts(name, [fact, right_fact], lowerer.facts.numbers)
    return value


def _operation(
    lowerer: Lowerer,
    name: str,
    left: Expr,
    left_fact: Fact,
    right: Expr,
    right_fact: Fact,
    span: Span,
) -> Expr:
    """Return the Python of ``(name left right)``."""
    if cuts(lowerer, name, left_fact, right_fact):
        if name == "+":
            return added(lowerer, left, right, span)
        function = function_of(lowerer, name, span)
        return py.Call(function, (left, right), (), span)
    if name == "+":
        if left_fact.may_be(TEXT):
            if left_fact.only(TEXT) and right_fact.only(TEXT):
                return py.Binary(left, "+", right, span)
            return added(lowerer, left, right, span)
        if right_fact.only(TEXT) and left_fact.may_be(INT | FLOAT):
            return added(lowerer, left, right, span)  # for LispE's error
        return py.Binary(left, "+", right, span)
    if name == "%":
        return _remainder(lowerer, left, left_fact, right, right_fact, span)
    if name == "^^":
        return _power(lowerer, left, left_fact, right, right_fact, span)
    if name == "&~":
        return py.Binary(left, "&", py.Unary("~", right, span), span)
    return py.Binary(left, name, right, span)


def _remainder(
    lowerer: Lowerer,
    left: Expr,
    left_fact: Fact,
    right: Expr,
    right_fact: Fact,
    span: Span,
) -> Expr:
    """``%`` has the sign of the dividend in LispE, of the divisor in Python."""
    natural = _is_natural(left) and _is_natural(right)
    unknown = is_unreached(lowerer, left_fact, right_fact)
    if natural or unknown or left_fact.only(TENSOR):
        return py.Binary(left, "%", right, span)
    return lowerer.runtime("remainder", [left, right], span)


def _is_natural(value: Expr) -> bool:
    match value:
        case py.Literal(int() as number):
            return number >= 0
        case py.Call(py.Name("len")):
            return True
        case _:
            return False


def _power(
    lowerer: Lowerer,
    left: Expr,
    left_fact: Fact,
    right: Expr,
    right_fact: Fact,
    span: Span,
) -> Expr:
    """A power is a real in LispE, but the literal exponent 2 keeps the kind."""
    if isinstance(right, py.Literal) and right.value == 2:
        return py.Binary(left, "**", right, span)
    if left_fact.only(INT | FLOAT) and right_fact.only(INT | FLOAT):
        return lowerer.runtime("math.pow", [left, right], span)
    if left_fact.only(TENSOR) or is_unreached(lowerer, left_fact, right_fact):
        return py.Binary(left, "**", right, span)
    return lowerer.runtime("power", [left, right], span)


Handler = Callable[..., Code]

#: Builtins that this module lowers.
VALUES: dict[str, Handler] = dict.fromkeys(
    ("+", "-", "*", "/", "%", "^^", "**", "&", "|", "^", "&~", "<<", ">>"), arithmetic
)
