"""The declarations of numbers and printing: every way to call a function does the same."""

from __future__ import annotations

import ast
import importlib
import itertools
from typing import Any

import pytest

from lisptorch_compile.catalogue import numbers, printing
from lisptorch_compile.catalogue.imports import IMPORTS
from lisptorch_compile.catalogue.model import Builtin, Overload, parse_parameters
from lisptorch_compile.runtime import List, Symbol, text

FUNCTIONS = [
    builtin
    for builtin in (*numbers.BUILTINS, *printing.BUILTINS)
    if any(overload.target is not None for overload in builtin.overloads)
]
OPERATORS = [builtin for builtin in numbers.BUILTINS if builtin not in FUNCTIONS]
#: Arguments for a parameter of a role; those of other roles are any value.
_SAMPLES: dict[str, list[Any]] = {
    "number": [0.5, 3, -2.5, 0],
    "integer": [12, 18],
    "real": [2.5],
    "sized": ["", "ab", List(), List([1])],
}


def _resolved(name: str) -> Any:
    source = IMPORTS[name]
    if source.name is None:
        return importlib.import_module(source.module)
    module = importlib.import_module(source.module)
    if hasattr(module, source.name):
        return getattr(module, source.name)
    return importlib.import_module(f"{source.module}.{source.name}")


def _namespace(target: str) -> dict[str, Any]:
    names = {
        node.id for node in ast.walk(ast.parse(target)) if isinstance(node, ast.Name)
    }
    return {name: _resolved(name) for name in names if name in IMPORTS}


def _outcome(overload: Overload, arguments: tuple[Any, ...]) -> str:
    """Return what the target gives for the arguments, printed, or its error's type."""
    parameters = parse_parameters(overload.parameters)
    assert overload.target is not None
    bound = {
        parameter.name: argument
        for parameter, argument in itertools.zip_longest(parameters, arguments)
    }
    function = ast.unparse(ast.parse(f"lambda {', '.join(bound)}: {overload.target}"))
    try:
        return text(eval(function, _namespace(overload.target))(*bound.values()))
    except ArithmeticError as error:
        return type(error).__name__
    except ValueError as error:
        return type(error).__name__


def _ways() -> list[tuple[Builtin, Overload]]:
    return [
        (builtin, overload)
        for builtin in FUNCTIONS
        for overload in builtin.overloads[:-1]
        if all(p.role in _SAMPLES for p in parse_parameters(overload.parameters))
        and builtin.name != "random"
    ]


@pytest.mark.parametrize(
    ("builtin", "overload"), _ways(), ids=[f"{b.name}-{o.target}" for b, o in _ways()]
)
def test_the_native_expression_does_what_the_runtime_does(
    builtin: Builtin, overload: Overload
) -> None:
    roles = [parameter.role for parameter in parse_parameters(overload.parameters)]
    for arguments in itertools.product(*[_SAMPLES[role] for role in roles]):
        native = _outcome(overload, arguments)
        assert native == _outcome(builtin.overloads[-1], arguments), arguments


@pytest.mark.parametrize("builtin", FUNCTIONS, ids=lambda builtin: builtin.name)
def test_the_last_way_takes_any_argument(builtin: Builtin) -> None:
    roles = [p.role for p in parse_parameters(builtin.overloads[-1].parameters)]
    assert set(roles) <= {"value"}


@pytest.mark.parametrize(
    ("name", "arguments", "printed"),
    [
        ("+", (1, 2.5, 3), "6.5"),
        ("+", ("a", 1), "a1"),
        ("-", (10, 2, 3), "5"),
        ("*", (2, 3), "6"),
        ("/", (10, 4), "2.5"),
        ("%", (-7, 3), "-1"),
        ("^^", (2, 10), "1024"),
        ("&", (6, 3), "2"),
        ("|", (6, 3), "7"),
        ("^", (6, 3), "5"),
        ("&~", (10, 2), "8"),
        ("<<", (1, 4), "16"),
        (">>", (16, 2), "4"),
        ("=", (1, 1.0), "true"),
        ("!=", (1, 2), "true"),
        ("eq", (List([1]), List([1])), "nil"),
        ("neq", (1, 2), "true"),
        ("<", (1, 2, 3), "true"),
        ("<=", (2, 1), "nil"),
        (">", (2, 1), "true"),
        (">=", (1, "a"), "nil"),
        ("==", (List([1, 2]), List([1, 3])), "(1 0)"),
    ],
)
def test_operators_have_a_function_as_their_value(
    name: str, arguments: tuple[Any, ...], printed: str
) -> None:
    builtin = next(builtin for builtin in OPERATORS if builtin.name == name)
    assert builtin.value is not None
    function = eval(builtin.value, _namespace(builtin.value))
    assert text(function(*arguments)) == printed


def test_each_operator_is_tried_above() -> None:
    mark = test_operators_have_a_function_as_their_value.pytestmark[0]
    tried = {name for name, *_ in mark.args[1]}
    assert {builtin.name for builtin in OPERATORS} == tried


def test_the_value_of_each_function_is_callable() -> None:
    for builtin in FUNCTIONS:
        if builtin.value is not None:
            assert callable(eval(builtin.value, _namespace(builtin.value)))


def test_a_symbol_of_the_runtime_is_the_one_of_the_imports() -> None:
    assert _resolved("Symbol") is Symbol
