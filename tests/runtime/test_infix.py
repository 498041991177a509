"""Expressions that are lists."""

from __future__ import annotations

from typing import Any

import pytest

from lisptorch_compile.analyzer import infix as compiled
from lisptorch_compile.runtime import LispError, List, Symbol, infix


def expression(text: str) -> List:
    """Return the list of a text's words, numbers as numbers."""
    return List([int(w) if w.isdigit() else Symbol(w) for w in text.split()])


VALUES: dict[str, Any] = {
    "7": 7,
    "10 + 2 * 3": 16,
    "10 - 3 - 2": 5,
    "2 ^^ 3 ^^ 2": 512,
    "1 + 2 < 4 and 5 > 6": False,
    "1 < 2 or 5 > 6": True,
    "1 << 2 + 1": 8,
    "6 & 3 | 8": 10,
    "7 % 4 = 3": True,
}


@pytest.mark.parametrize("text", VALUES)
def test_operators_bind_as_in_mathematics(text: str) -> None:
    assert infix.calculate(expression(text)) == VALUES[text]


def test_a_list_among_the_operands_is_an_expression() -> None:
    assert infix.calculate(List([2, Symbol("*"), expression("3 + 4")])) == 14


@pytest.mark.parametrize("text", ["1 +", "1 2 3", "+ 1 2", "1 + *"])
def test_malformed_expressions_fail(text: str) -> None:
    with pytest.raises(LispError, match="Infix expression is malformed"):
        infix.calculate(expression(text))


def test_operators_bind_as_in_compiled_expressions() -> None:
    levels = {
        name: level
        for level, names in enumerate(infix.LEVELS, start=1)
        for name in names
    }
    assert levels == compiled.PRECEDENCE


@pytest.mark.parametrize("level", infix.LEVELS)
def test_atoms_call_the_operators_of_expressions(level: tuple[str, ...]) -> None:
    for name in level:
        expected = infix.calculate(List([6, Symbol(name), 3]))
        assert Symbol(name)(6, 3) == expected, name
