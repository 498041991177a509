"""Short ways to make nodes of the Python tree."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from lisptorch_compile import pytree as py
from lisptorch_compile.diagnostics import Span
from lisptorch_compile.pytree import Expr, Stmt
from lisptorch_compile.records import replaced


class Code(NamedTuple):
    """Statements to run first, then an expression that has the value."""

    before: list[Stmt]
    value: Expr


def just(value: Expr) -> Code:
    """Return the code of an expression that needs no statements."""
    return Code([], value)


def literal(
    value: int | float | complex | str | bytes | bool | None, span: Span
) -> py.Literal:
    return py.Literal(value, span)


def call(function: Expr, arguments: Iterable[Expr], span: Span) -> py.Call:
    return py.Call(function, tuple(arguments), (), span)


def method(receiver: Expr, name: str, arguments: Iterable[Expr], span: Span) -> py.Call:
    return call(py.Attribute(receiver, name, span), arguments, span)


def binary(left: Expr, operator: str, right: Expr, span: Span) -> py.Binary:
    return py.Binary(left, operator, right, span)


def compare(left: Expr, operator: str, right: Expr, span: Span) -> py.Compare:
    return py.Compare(left, (operator,), (right,), span)


def negate(test: Expr, span: Span) -> Expr:
    """Return the opposite of a test, without ``not`` where Python has an operator.

    ``a == b`` → ``a != b``, ``not a`` → ``a``; order comparisons keep their ``not``,
    since ``not a < b`` and ``a >= b`` differ for nan.
    """
    match test:
        case py.Unary("not", operand):
            return operand
        case py.Compare(left, (operator,), comparators) if operator in _OPPOSITE:
            return py.Compare(left, (_OPPOSITE[operator],), comparators, span)
        case _:
            return py.Unary("not", test, span)


_OPPOSITE = {
    "==": "!=",
    "!=": "==",
    "in": "not in",
    "not in": "in",
    "is": "is not",
    "is not": "is",
}


def is_atom(value: Expr) -> bool:
    """Tell whether an expression is a name or a literal: free, and without effect."""
    if isinstance(value, py.Unary):
        return value.operator == "-" and isinstance(value.operand, py.Literal)
    return isinstance(value, py.Name | py.Literal)


def is_python_bool(value: Expr) -> bool:
    """Tell whether an expression gives True or False whatever its operands are."""
    match value:
        case py.Compare() | py.Unary("not"):
            return True
        case py.Literal(bool()):
            return True
        case py.Logical(_, operands):
            return all([is_python_bool(operand) for operand in operands])
        case py.Call(py.Name("bool" | "isinstance" | "all" | "any")):
            return True
        case _:
            return False


def as_bool(test: Expr, span: Span) -> Expr:
    """Return a test as True or False."""
    if is_python_bool(test):
        return test
    return py.Call(py.Name("bool", span), (test,), (), span)


def written_width(value: Expr) -> int:
    """Return about how many characters an expression takes."""
    match value:
        case py.Literal(content):
            return len(repr(content))
        case py.Name(str() as name):
            return len(name)
        case py.Name(binding):
            return len(binding.name) if not isinstance(binding, str) else 0
    width = 0
    for name in py.child_fields(value):
        width += _field_width(getattr(value, name))
    return width + 2


def _field_width(part: object) -> int:
    if isinstance(part, str):
        return len(part)
    if isinstance(part, tuple):
        return sum([_field_width(item) + 2 for item in part])
    if isinstance(part, py.Keyword | py.Interpolation | py.Clause | py.Parameter):
        return sum([_field_width(getattr(part, n)) for n in py.child_fields(part)]) + 1
    return 0 if part is None else written_width(part)  # type: ignore[arg-type]  # Expr


def ends_flow(body: Sequence[Stmt]) -> bool:
    """Tell whether control never reaches the end of ``body``."""
    if not body:
        return False
    match body[-1]:
        case py.Return() | py.Break() | py.Continue() | py.Raise():
            return True
        case py.If(_, then, orelse):
            return ends_flow(then) and ends_flow(orelse)
        case _:
            return False


def if_statement(
    test: Expr, then: Sequence[Stmt], orelse: Sequence[Stmt], span: Span
) -> list[Stmt]:
    """Return ``if``, flat after a branch that leaves, and without empty branches."""
    if not then and not orelse:
        return [] if is_atom(test) else [py.ExprStmt(test, span)]
    if not then:
        return [py.If(negate(test, span), tuple(orelse), (), span)]
    if orelse and ends_flow(then):
        chain = len(orelse) == 1 and isinstance(orelse[0], py.If) and orelse[0].orelse
        if not chain:
            return [py.If(test, tuple(then), (), span), *orelse]
    return [py.If(test, tuple(then), tuple(orelse), span)]


def else_if(orelse: list[Stmt]) -> list[Stmt]:
    """Return one ``if`` with an ``else``, for an ``elif``, of one that leaves and the rest."""
    match orelse:
        case [py.If(_, then, ()) as first, *rest] if rest and ends_flow(then):
            return [replaced(first, orelse=tuple(rest))]
        case _:
            return orelse


def with_statement(
    items: Sequence[tuple[Expr, Expr | None]], body: Sequence[Stmt], span: Span
) -> py.With:
    """Return ``with a, b:`` where one stands alone inside the other."""
    match body:
        case [py.With(inner, inner_body)]:
            return py.With((*items, *inner), inner_body, span)
        case _:
            return py.With(tuple(items), tuple(body) or (py.Pass(span),), span)


def plain_nested(value: Expr) -> Expr:
    """Return nested list displays without the List around the inner ones."""
    match value:
        case py.ListDisplay(items, span):
            return py.ListDisplay(tuple([plain_nested(i) for i in items]), span)
        case py.Call(py.Name("List"), (inner,)):
            return plain_nested(inner)
        case _:
            return value
