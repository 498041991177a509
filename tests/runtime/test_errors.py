"""The texts of errors."""

from __future__ import annotations

import operator
from collections.abc import Callable
from functools import reduce
from pathlib import Path
from types import FunctionType
from typing import Any

import pytest

from lisptorch_compile.runtime import (
    LispError,
    List,
    Maybe,
    add,
    at,
    errors,
    files,
    message,
    throw,
)
from lisptorch_compile.runtime.higher_order import take
from lisptorch_compile.runtime.messages import description


def _fail(action: Callable[[], Any]) -> Exception:
    with pytest.raises(Exception) as caught:  # any of Python's errors
        action()
    return caught.value


#: Without their types, which say that what is tried here cannot be.
_OPERATORS: Any = operator
_FILES: Any = files
_take: Any = take
_reduce: Any = reduce
_OPERANDS = "Error: cannot evaluate '{}' with these operands"


class _Made:
    def __init__(self, first: int, second: int) -> None:
        self.both = first, second


def _read_unset(text: str) -> str:
    if not text:
        copy = text
    return copy


_Pair: Any = _Made  # that calls cannot be is what is tried


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        (lambda: throw("bad"), "bad"),
        (lambda: throw(List([1, "a"])), '(1 "a")'),
        (lambda: _Pair(1), "Error: Missing arguments"),
        (
            lambda: _Pair(1, 2, 3),
            "Error: argument list mismatch with the parameter list",
        ),
        (lambda: 1 / 0, "Error: division by zero"),
        (lambda: 1 % 0, "Error: division by zero"),
        (lambda: operator.getitem([1], 3), "Error: index out of bounds"),
        (lambda: {"a": 1}["b"], "Error: index out of bounds"),
        (lambda: at(List([1]), 7), "Error: index out of bounds"),
        (lambda: _read_unset("a"), "Error: unknown label: 'copy'"),
        (lambda: unknown_name, "Error: unknown label: 'unknown_name'"),  # type: ignore[name-defined]  # noqa: F821  # the point
        (lambda: operator.add(1, None), _OPERANDS.format("+")),
        (lambda: _OPERATORS.iadd(1, None), _OPERANDS.format("+")),
        (lambda: operator.add("a", 1), _OPERANDS.format("+")),
        (lambda: operator.add(List([None]), 1), _OPERANDS.format("+")),
        (lambda: operator.sub("a", 1), _OPERANDS.format("-")),
        (lambda: operator.mul("a", 1.5), _OPERANDS.format("*")),
        (lambda: operator.truediv("a", 1), _OPERANDS.format("/")),
        (lambda: operator.pow("a", 1), _OPERANDS.format("^^")),
        (lambda: operator.mod("a", 1), _OPERANDS.format("%")),
        (lambda: operator.lshift("a", 1), _OPERANDS.format("<<")),
        (lambda: operator.lt("a", 1), _OPERANDS.format("<")),
        (lambda: operator.ge("a", 1), _OPERANDS.format(">=")),
        (lambda: _OPERATORS.invert("a"), _OPERANDS.format("~")),
        (
            lambda: add(1, "2"),
            "Error: cannot use this element in an arithmetic expression: '2'",
        ),
        (
            lambda: _OPERATORS.getitem(1, 0),
            "Error: value cannot be access through index",
        ),
        (
            lambda: Path("/no/file").read_text(),
            "Error: No such file or directory: /no/file",
        ),
        (lambda: __import__("math").sqrt("a"), "Error: expecting a number"),
        (lambda: __import__("math").exp(10_000), "Error: number out of range"),
        (
            lambda: __import__("math").log2(-1),
            "Error: the function has no value for this number",
        ),
        (
            lambda: _take("a", List([1, 2])),
            "Error: cannot convert this value into a number: 'a'",
        ),
        (lambda: _take(None, List([1, 2])), "Error: expecting a number"),
        (lambda: _reduce(add, 3), "Error: expecting a container as argument"),
        (lambda: _FILES.close(3), "Error: expecting a file: '3'"),
        (lambda: _FILES.write_line("f", "x"), "Error: expecting a file: 'f'"),
        (lambda: int("a"), "Error: invalid literal for int() with base 10: 'a'"),
    ],
)
def test_errors_have_lispes_text(action: Callable[[], Any], expected: str) -> None:
    assert description(_fail(action)) == expected


def test_an_endless_recursion_is_a_stack_overflow() -> None:
    def endless() -> int:
        return 1 + endless()

    assert description(_fail(endless)) == "Error: stack overflow"


def _error_of(code: str, filename: str) -> Exception:
    program = compile(code, filename, "exec")
    return _fail(FunctionType(program, {"at": at, "items": List([1])}))


def test_the_place_is_that_of_the_innermost_compiled_form() -> None:
    code = "def first(x):\n    return at(x, 9)\n\nfirst(items)\n"

    assert message(_error_of(code, "/home/u/p.lsp")) == (
        "Error: index out of bounds, line: 2 in: /home/u/p.lsp"
    )


def test_frames_of_libraries_are_no_place() -> None:
    code = "import json\njson.loads('[')\n"

    assert message(_error_of(code, "p.py")).endswith(", line: 2 in: p.py")


def test_an_error_that_stayed_in_a_function_of_ours_has_the_place_of_its_call() -> None:
    code = "\nplace = message_of(lambda: 1)\n"
    # a function of the runtime calls the lambda, and catches what is raised
    wrong = (
        "def message_of(f):\n    try:\n        f(2)\n    except TypeError as error:\n"
    )
    wrong += "        return message(error)\n"
    names: dict[str, Any] = {"message": message}
    runtime = str(Path(errors.__file__).with_name("hf.py"))
    exec(compile(wrong, runtime, "exec"), names)  # noqa: S102
    exec(compile(code, "/home/u/p.lsp", "exec"), names)  # noqa: S102
    assert names["place"] == (
        "Error: Wrong number of arguments in: '(lambda ...)', "
        "line: 2 in: /home/u/p.lsp"
    )


def test_an_error_that_was_not_raised_has_no_place() -> None:
    assert message(LispError("bad")) == "bad"


def test_a_maybe_prints_its_message_and_is_true() -> None:
    value = Maybe("bad, line: 1 in: p.lsp")

    assert str(value) == "bad, line: 1 in: p.lsp"
    assert value
    assert value == Maybe("bad, line: 1 in: p.lsp") != Maybe("other")
    assert len({value, Maybe(value.message)}) == 1
