"""The value of a list that is written as in mathematics: ``(10 + 2 * 3)``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lisptorch_compile.runtime.errors import LispError
from lisptorch_compile.runtime.named_operators import OPERATORS
from lisptorch_compile.runtime.symbols import Symbol

#: Operators, from those that bind least to those that bind most.
LEVELS: tuple[tuple[str, ...], ...] = (
    ("or", "xor"),
    ("and",),
    ("=", "!=", "==", "<", "<=", ">", ">=", "eq", "neq"),
    ("|",),
    ("^",),
    ("&",),
    ("<<", ">>"),
    ("+", "-"),
    ("*", "/", "%"),
    ("^^", "**"),
)
_PLACES = {
    name: (level, OPERATORS[name])
    for level, names in enumerate(LEVELS)
    for name in names
}
_RIGHT_TO_LEFT = _PLACES["^^"][0]


def calculate(value: Any) -> Any:
    """Return the value of a list of operands and operators in turn; lists among the
    operands are expressions, too. Anything else is its own value.

    >>> calculate([10, Symbol("+"), 2, Symbol("*"), 3]), calculate(7)
    (16, 7)

    Raises:
        LispError: operands and operators do not alternate, or an operand is a name.
    """
    if not isinstance(value, list):
        return value
    if len(value) % 2 == 0:
        raise _malformed()
    operands: list[Any] = []
    operators: list[tuple[int, Callable[[Any, Any], Any]]] = []
    for place, item in enumerate(value):
        if place % 2 == 0:
            if isinstance(item, Symbol):
                raise _malformed() if _is_operator(item) else _name(item)
            operands.append(calculate(item))
            continue
        if not _is_operator(item):
            raise _malformed()
        level, function = _PLACES[item.name]
        while operators and _binds_first(operators[-1][0], level):
            _apply(operators.pop()[1], operands)
        operators.append((level, function))
    while operators:
        _apply(operators.pop()[1], operands)
    return operands[0]


def _is_operator(item: Any) -> bool:
    return isinstance(item, Symbol) and item.name in _PLACES


def _binds_first(left: int, right: int) -> bool:
    return left > right or left == right != _RIGHT_TO_LEFT


def _apply(function: Callable[[Any, Any], Any], operands: list[Any]) -> None:
    right = operands.pop()
    operands.append(function(operands.pop(), right))


def _name(symbol: Symbol) -> LispError:
    return LispError(
        f"Error: 'infix' does not know what '{symbol.name}' is in a list made by the "
        "program: put its value there"
    )


def _malformed() -> LispError:
    return LispError("Error: Infix expression is malformed")
