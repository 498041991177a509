"""Code that a running program evaluates."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from lisptorch_compile import evaluate, evaluate_file
from lisptorch_compile.runtime import LispError, List, Numbers, Symbol, text


def listed(*items: Any) -> List:
    return List(items)


PLUS = Symbol("+")

VALUES: dict[str, tuple[Any, Any]] = {
    "a text": ("(+ 1 2)", 3),
    "the last form of a text": ("(setq a 1) (+ a 1)", 2),
    "a list": (listed(PLUS, 1, 2), 3),
    "a list of lists": (listed(PLUS, listed(Symbol("*"), 2, 3), 1), 7),
    "a text in a list": (listed(Symbol("upper"), 'say "hi"'), 'SAY "HI"'),
    "quoted data": (listed(Symbol("quote"), listed(1, "a")), listed(1, "a")),
    "a number": (3.5, 3.5),
    "nil": (None, None),
    "an empty text": ("", None),
    "a definition": ("(defun f (x) (* x 2)) (f 4)", 8),
    "a lambda": ("((\\(x) (* x x)) 5)", 25),
    "a typed list, which is no code": (
        listed(Symbol("sum"), Numbers([1.5, 2])),
        3.5,
    ),
    "an infinite number": (listed(Symbol("<"), 1, float("inf")), True),
}


@pytest.mark.parametrize("case", list(VALUES))
def test_value(case: str) -> None:
    code, value = VALUES[case]
    assert evaluate(code, {}) == value


def test_functions_can_stand_in_lists() -> None:
    assert evaluate(listed(lambda x: x + 1, 41), {}) == 42


def test_objects_in_code_are_forgotten_after_it() -> None:
    program: dict[str, Any] = {}
    evaluate(listed(Symbol("size"), {"a": 1}), program)
    assert [name for name in program if "object" in name] == []


def test_objects_live_as_long_as_functions_that_use_them() -> None:
    program: dict[str, Any] = {}
    size = listed(Symbol("size"), {"a": 1})
    evaluate(listed(Symbol("defun"), Symbol("f"), listed(), size), program)
    assert program["f"]() == 1


def test_variables_are_seen_and_set() -> None:
    program = {"step": 2}
    assert evaluate("(setq total (+ step 40)) total", program) == 42
    assert program["total"] == 42
    evaluate("(setq step 3)", program)
    assert program["step"] == 3


def test_variables_keep_the_names_that_python_needs() -> None:
    program: dict[str, Any] = {}
    evaluate("(setq len 3) (setq text 4)", program)
    assert evaluate('(+ len text (size "ab"))', program) == 9
    assert program["len_"] == 3


def test_imports_of_evaluated_code_replace_no_variable() -> None:
    program: dict[str, Any] = {"add": 1, "f": lambda: None}
    evaluate("(defun join (a b) (+ a b))", program)
    assert program["add"] == 1
    assert program["join"]("a", 1) == "a1"


def test_an_instruction_is_no_variable_whose_name_spells_it() -> None:
    program: dict[str, Any] = {}
    evaluate("(defun plus (x) (* 100 x)) (setq minus 3)", program)
    assert evaluate("(+ (plus 1) (- 5 minus))", program) == 102
    evaluate("(defun + (a b) (list a b))", program)
    assert evaluate("(list (+ 1 2) (plus 1))", program) == [[1, 2], 100]


def test_a_frame_is_read_but_not_written() -> None:
    program: dict[str, Any] = {}
    frame = {"n": 4}
    assert evaluate("(setq n (+ n 1)) n", program, frame) == 5
    assert frame == {"n": 4}
    assert "n" not in program


def test_a_function_defines_classes_of_the_program() -> None:
    program: dict[str, Any] = {}
    code = "(class@ point (x y) (defun norm () (+ x y))) (size name)"
    assert evaluate(code, program, {"name": "ab"}) == 2
    assert evaluate("(setq p (point 3 4)) (p (norm))", program) == 7


def test_names_may_be_defined_later() -> None:
    program: dict[str, Any] = {}
    evaluate("(defun outer (x) (hidden x))", program)
    with pytest.raises(LispError, match="unknown label: 'hidden'"):
        program["outer"](1)
    evaluate("(defun hidden (x) (- 0 x))", program)
    assert program["outer"](1) == -1


FAULTS = {
    "(+ 1": "parentheses do not balance.*line: 1 in: <eval>",
    "1\n(if)": "`if` needs.*line: 2 in: <eval>",
    "(if true (missing 1))": "unknown label: 'missing'",
    "(car 1 2)": "Wrong number of arguments for: 'car'",
}


@pytest.mark.parametrize("code", list(FAULTS))
def test_faulty_code_raises_an_error_of_lisp(code: str) -> None:
    with pytest.raises(LispError, match=FAULTS[code]):
        evaluate(code, {})


# --- files ----------------------------------------------------------------------------


def test_a_file_is_evaluated_once(tmp_path: Path) -> None:
    (tmp_path / "part.lsp").write_text("(setq n (+ n 1)) (list n)", encoding="utf-8")
    program = {"n": 1, "__file__": str(tmp_path / "main.lsp")}
    first = evaluate_file("part.lsp", program)
    assert text(first) == "(2)"
    assert evaluate_file("part.lsp", program) is first
    assert program["n"] == 2


def test_a_missing_file_is_named() -> None:
    with pytest.raises(LispError, match=r"^Unknown file: nowhere\.lsp$"):
        evaluate_file("nowhere.lsp", {})


def test_code_within_a_function_leaves_no_name_behind() -> None:
    program: dict[str, Any] = {"code": len}
    text = "(+ x 1)"

    assert evaluate(text, program, {"x": 1}) == 2
    assert [name for name in program if "code" in name] == ["code"]
    assert program["code"] is len
