"""``--lispe-numbers``: arithmetic and comparison mean what LispE's interpreter does.

The values are those of the language reference (2.2, 2.7). Each is tried with what the
compiler knows of the operands, and again with operands of which it knows nothing.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from programs import run

import lisptorch_compile
from lisptorch_compile.catalogue.model import Arithmetic
from lisptorch_compile.cli import run_command_line
from lisptorch_compile.pipeline import Compiled, Options, compile_text
from lisptorch_compile.runtime import List, lispe_numbers

LISPE = Options(numbers=Arithmetic.LISPE)

#: Operator, operands, what LispE prints.
EXAMPLES = (
    ("+", "1 2", "3"),
    ("+", "10 2.5", "12"),
    ("+", "2.5 10", "12.5"),
    ("+", "10.0 2.5", "12.5"),
    ("+", "1 0.6 0.6", "1"),
    ("+", "0 (/ 7 2)", "3"),
    ("-", "1 0.5", "0"),
    ("-", "10 0.5", "9"),
    ("*", "2 1.5", "3"),
    ("*", "1.5 2", "3"),
    ("*", "3 0.5", "1"),
    ("*", '2 "3"', "6"),
    ("/", "10 4", "2.5"),
    ("%", "-7 3", "-1"),
    ("%", "7.9 3", "1"),
    ("%", "7 2.5", "1"),
    ("^^", "2 10", "1024"),
    ("^^", "10 6", "1e+06"),
    ("&", "12 10.7", "8"),
    ("+", "'(1 2) 0.5", "(1 2)"),
    ("+", "0.5 '(1 2)", "(1 2)"),
    ("+", "(numbers 1 2) 0.5", "(1.5 2.5)"),
    ("+", "(integers 1 2) 0.5", "(1 2)"),
    ("-", "10.5 '(1 2)", "(9.5 8.5)"),
    ("-", "10 (numbers 1.5 2)", "(8.5 8)"),
    ("*", "(integers 1 2) 1.5", "(1 3)"),
    ("-", "10 '(1.5 2)", "(8 8)"),
    ("+", "'(1 (2.5 3)) 0.5", "(1 (3 3))"),
    ("+", "'(1 2 3) '(0.5 1.5)", "(1 3 3)"),
    ("+", '"a" 1.5', "a1.5"),
    ("+", "'(1 2.5)", "3"),
    ("+", "'(2.5 1)", "3.5"),
    ("+", "()", "0"),
    ("*", "'(2 1.5)", "3"),
    ("sum", "'(1 2.5)", "3.5"),
    ("=", "1 1.0", "true"),
    ("=", "1 1.5", "true"),
    ("=", "1.5 1", "nil"),
    ("=", '1 "1"', "true"),
    ("=", '"1" 1', "nil"),
    ("=", "1 true", "true"),
    ("=", "0 nil", "true"),
    ("=", '0 "abc"', "true"),
    ("=", "'(1 2) (integers 1 2)", "true"),
    ("=", "'(1 2) '(1.5 2.5)", "true"),
    ("=", "{a:1} {a:1.5}", "true"),
    ("!=", "1 1.5", "nil"),
    ("!=", "1.5 1", "true"),
    ("eq", "1 1.5", "true"),
    ("eq", '1 "1"', "nil"),
    ("neq", "1 1.5", "nil"),
    ("<", "1 1.5", "nil"),
    ("<=", "1 1.5", "true"),
    (">=", "1 1.5", "true"),
    (">", "2 1.5", "true"),
    (">", "1 1.5", "nil"),
    ("<", "1.0 1.5", "true"),
    ("<", '1 "2"', "true"),
    ("<", "1 2 2.5", "nil"),
    (">=<", "1 1.5", "0"),
    (">=<", "1.0 1.5", "-1"),
    ("max", "1 1.5", "1"),
    ("max", "1.5 1", "1.5"),
    ("min", "1 0.5", "0.5"),
    ("minmax", "'(1 1.5)", "(1 1)"),
)

#: A function that is called with values of every kind, so that its own may be any.
UNKNOWN = "(defun unknown (x) x) (map unknown (list 1 2.5 nil 'a \"t\" '(1) {}))"


def lispe(text: str) -> Compiled:
    result = compile_text(text, filename="numbers.lsp", options=LISPE)
    assert not result.errors
    return result


def printed(text: str, capsys: pytest.CaptureFixture[str]) -> str:
    python = lispe(text).python
    assert python is not None
    exec(compile(python, "numbers.py", "exec"), {"__name__": "__main__"})  # noqa: S102
    return capsys.readouterr().out.removesuffix("\n")


def operands(text: str) -> list[str]:
    """Split operands at the blanks between them."""
    parts, depth, current = [], 0, ""
    for char in text:
        depth += (char in "({") - (char in ")}")
        if char == " " and not depth:
            parts.append(current)
            current = ""
        else:
            current += char
    return [*parts, current]


@pytest.mark.parametrize(("name", "given_", "expected"), EXAMPLES)
def test_known_operands_give_what_lispe_gives(
    name: str, given_: str, expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert printed(f"(println ({name} {given_}))", capsys) == expected


@pytest.mark.parametrize(("name", "given_", "expected"), EXAMPLES)
def test_unknown_operands_give_what_lispe_gives(
    name: str, given_: str, expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    unknown = " ".join(f"(unknown {operand})" for operand in operands(given_))
    text = f"{UNKNOWN} (println ({name} {unknown}))"
    assert printed(text, capsys) == expected


TWO = [e for e in EXAMPLES if len(operands(e[1])) == 2]


@pytest.mark.parametrize(("name", "given_", "expected"), TWO)
def test_a_parameter_of_a_function_nobody_calls_is_any_number(
    name: str, given_: str, expected: str
) -> None:
    left, right = operands(given_)
    program: dict[str, Any] = {}
    text = (
        f"(defun left () {left}) (defun right () {right}) (defun f (a b) ({name} a b))"
    )
    exec(lispe(text).python or "", program)  # noqa: S102
    result = program["f"](program["left"](), program["right"]())
    assert lisptorch_compile.runtime.text(result) == expected  # type: ignore[attr-defined]


UPDATES = (("+=", "10", "2.5", "12"), ("-=", "1", "0.5", "0"), ("*=", "2", "1.5", "3"))


@pytest.mark.parametrize(("update", "start", "step", "expected"), UPDATES)
def test_updates_keep_the_kind_of_the_variable(
    update: str,
    start: str,
    step: str,
    expected: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    text = f"(setq x {start}) ({update} x {step}) (println x (type x))"
    assert printed(text, capsys) == f"{expected} integer_"
    text = f'(setq d {{"k":{start}}}) ({update} (@ d "k") {step}) (println (@ d "k"))'
    assert printed(text, capsys) == expected
    text = f"(setq l '({start})) ({update} (@ l 0) {step}) (println l)"
    assert printed(text, capsys) == f"({expected})"


def test_what_both_mean_is_an_operator_of_python() -> None:
    text = """
        (defun fact (n) (if (< n 2) 1 (* n (fact (- n 1)))))
        (defun scale (x) (+ (* 2.5 x) 1))
        (println (fact 5) (scale 2.0) (+ (numbers 1 2) 0.5))
    """
    python = lispe(text).python
    assert python is not None
    assert "lispe_numbers" not in python
    assert "return 1 if n < 2 else n * fact(n - 1)" in python
    assert "return 2.5 * x + 1" in python


def test_evaluated_code_has_the_numbers_of_the_program(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert printed("(println (eval (list '+ 1 0.5)))", capsys) == "1"
    run("(println (eval (list '+ 1 0.5)))")
    assert capsys.readouterr().out == "1.5\n"


# --- the functions, against a small model -----------------------------------------------------

REALS = st.floats(-1e6, 1e6).map(lambda x: round(x, 3))
NUMBERS = st.one_of(st.integers(-1000, 1000), REALS)

#: An accumulator takes each operand in doubles and keeps its own type, as a C variable.
MODEL: tuple[tuple[Callable[..., Any], Callable[[Any, Any], Any]], ...] = (
    (lispe_numbers.add, operator.add),
    (lispe_numbers.subtract, operator.sub),
    (lispe_numbers.multiply, operator.mul),
)
COMPARISONS: tuple[tuple[Callable[..., Any], Callable[[Any, Any], Any]], ...] = (
    (lispe_numbers.equal, operator.eq),
    (lispe_numbers.unequal, operator.ne),
    (lispe_numbers.less, operator.lt),
    (lispe_numbers.less_equal, operator.le),
    (lispe_numbers.greater, operator.gt),
    (lispe_numbers.greater_equal, operator.ge),
)


@pytest.mark.parametrize(("function", "operation"), MODEL)
@given(first=NUMBERS, others=st.lists(NUMBERS, min_size=1, max_size=4))
def test_the_first_operand_decides_at_each_step(
    function: Callable[..., Any],
    operation: Callable[[Any, Any], Any],
    first: Any,
    others: list[Any],
) -> None:
    accumulator = first
    for other in others:
        accumulator = type(first)(operation(accumulator, other))
    result = function(first, *others)
    assert result == accumulator
    assert type(result) is type(first)


@pytest.mark.parametrize(("function", "operation"), COMPARISONS)
@given(left=NUMBERS, right=NUMBERS)
def test_the_right_side_is_compared_in_the_kind_of_the_left(
    function: Callable[..., Any],
    operation: Callable[[Any, Any], Any],
    left: Any,
    right: Any,
) -> None:
    beside = math.trunc(right) if isinstance(left, int) else right
    assert function(left, right) == operation(left, beside)


@pytest.mark.parametrize(("function", "operation"), MODEL)
@given(items=st.lists(NUMBERS, max_size=4), number=NUMBERS)
def test_lists_calculate_element_by_element(
    function: Callable[..., Any],
    operation: Callable[[Any, Any], Any],
    items: list[Any],
    number: Any,
) -> None:
    assert list(function(List(items), number)) == [function(i, number) for i in items]


@given(left=st.integers(-100, 100), right=NUMBERS.filter(lambda x: abs(x) >= 1))
def test_remainders_are_those_of_c(left: int, right: Any) -> None:
    expected = math.fmod(left, math.trunc(right))
    assert lispe_numbers.remainder(left, right) == expected


@given(st.lists(NUMBERS, min_size=1, max_size=5))
def test_the_greatest_is_the_last_that_was_greater(items: list[Any]) -> None:
    best = items[0]
    for item in items[1:]:
        best = item if lispe_numbers.less(best, item) else best
    assert lispe_numbers.greatest(List(items)) == best


# --- the option -------------------------------------------------------------------------------


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "sum.lsp"
    path.write_text("(setq total (+ 10 2.5))\n(println total)\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("options", "expected"), [([], "12.5\n"), (["--lispe-numbers"], "12\n")]
)
def test_run_calculates_as_it_is_told(
    options: list[str],
    expected: str,
    source: Path,
    capfd: pytest.CaptureFixture[str],
) -> None:
    assert run_command_line(["run", *options, str(source)]) == 0
    assert capfd.readouterr().out == expected


def test_compile_writes_functions_that_cut(source: Path) -> None:
    assert run_command_line(["compile", "--lispe-numbers", str(source)]) == 0
    assert "total = add(10, 2.5)" in source.with_suffix(".py").read_text()
    check = ["compile", "--check", "--lispe-numbers", str(source)]
    assert run_command_line(check) == 0


def test_check_warns_of_an_integer_before_a_real(
    source: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command_line(["check", str(source)]) == 0
    shown = capsys.readouterr().err
    assert "warning[LT0612]: `+` has an integer before a real" in shown
    assert "sum.lsp:1:13" in shown
    assert "compile with --lispe-numbers" in shown
    assert run_command_line(["check", "--lispe-numbers", str(source)]) == 0
    assert capsys.readouterr().err == ""
    assert run_command_line(["compile", str(source)]) == 0
    assert capsys.readouterr().err == ""


WARNED = ("(< 1 1.5)", "(eq 1 2 1.5)", "(- 2 1 0.5)", "(block (setq n 1) (*= n 1.5))")
QUIET = (
    "(+ 1 2)",
    "(+ 1.5 2)",
    "(/ 7 2)",
    "(eq 1.5 1)",
    "(+ 1 (unknown 2.5))",
    "(block (setq x 1.5) (*= x 2))",
)


def warnings(form: str) -> list[str]:
    text = f"{UNKNOWN} (println {form})"
    result = compile_text(text, options=Options(compare_numbers=True))
    return [diagnostic.code for diagnostic in result.diagnostics]


@pytest.mark.parametrize("form", WARNED)
def test_what_lispe_would_cut_for_sure_is_a_warning(form: str) -> None:
    assert warnings(form) == ["LT0612"]


@pytest.mark.parametrize("form", QUIET)
def test_what_may_be_no_integer_before_a_real_is_none(form: str) -> None:
    assert warnings(form) == []


def test_the_library_takes_the_option(source: Path) -> None:
    python = lisptorch_compile.compile_source("(+ 1 0.5)", numbers="lispe")
    assert "add(1, 0.5)" in python
    assert lisptorch_compile.load(source, numbers="lispe").total == 12
    assert lisptorch_compile.load(source).total == 12.5
    written = lisptorch_compile.compile_file(source, numbers="lispe")
    assert "add(10, 2.5)" in written.read_text()
    assert lisptorch_compile.evaluate("(+ 1 0.5)", {}, numbers="lispe") == 1
    with pytest.raises(ValueError, match="rust"):
        lisptorch_compile.compile_source("(+ 1 0.5)", numbers="rust")
