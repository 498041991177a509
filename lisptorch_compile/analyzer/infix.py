"""``infix``: expressions as mathematics writes them, rewritten as calls."""

from __future__ import annotations

from collections.abc import Sequence

from lisptorch_compile.diagnostics import Span
from lisptorch_compile.forms import Form, ListForm, Symbol

#: How tightly the operators bind.
PRECEDENCE: dict[str, int] = {
    "or": 1,
    "xor": 1,
    "and": 2,
    **dict.fromkeys(("=", "!=", "==", "<", "<=", ">", ">=", "eq", "neq"), 3),
    "|": 4,
    "^": 5,
    "&": 6,
    **dict.fromkeys(("<<", ">>"), 7),
    **dict.fromkeys(("+", "-"), 8),
    **dict.fromkeys(("*", "/", "%"), 9),
    **dict.fromkeys(("^^", "**"), 10),
}

_RIGHT = frozenset(("^^", "**"))


def rewritten(items: Sequence[Form], span: Span) -> Form | str:
    """Return the call for ``items``; a text: where the expression is malformed.

    Operands and operators alternate. An operand list whose second element is an
    operator is an expression, too; any other list is a call.
    """
    if len(items) % 2 == 0:
        return "its end" if items else "nothing"
    operands: list[Form] = []
    operators: list[str] = []
    places: list[Span] = []
    for index, item in enumerate(items):
        if index % 2 == 0:
            operand = _operand(item)
            if isinstance(operand, str):
                return operand
            operands.append(operand)
            continue
        if not _is_operator(item):
            return (
                f"`{item.name}`" if isinstance(item, Symbol) else "an operator's place"
            )
        assert isinstance(item, Symbol)
        while operators and _binds_first(operators[-1], item.name):
            _reduce(operands, operators, places)
        operators.append(item.name)
        places.append(item.span)
    while operators:
        _reduce(operands, operators, places)
    return operands[0]


def _operand(form: Form) -> Form | str:
    if isinstance(form, ListForm) and is_expression(form):
        return rewritten(form.items, form.span)
    if _is_operator(form):
        assert isinstance(form, Symbol)
        return f"`{form.name}`"
    return form


def is_expression(form: ListForm) -> bool:
    """Tell whether a list has an operator for its second element, and not for its first:
    any other list is a call."""
    if len(form.items) < 3:
        return False
    first, second = form.items[:2]
    return _is_operator(second) and not _is_operator(first)


def _is_operator(form: Form) -> bool:
    return isinstance(form, Symbol) and form.name in PRECEDENCE


def _binds_first(left: str, right: str) -> bool:
    if PRECEDENCE[left] == PRECEDENCE[right]:
        return right not in _RIGHT
    return PRECEDENCE[left] > PRECEDENCE[right]


def _reduce(operands: list[Form], operators: list[str], places: list[Span]) -> None:
    right, left = operands.pop(), operands.pop()
    span = Span(left.span.start, right.span.end)
    head = Symbol(operators.pop(), places.pop())
    operands.append(ListForm((head, left, right), span))
