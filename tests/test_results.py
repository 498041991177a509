"""What functions give to those who import them."""

from __future__ import annotations

import pytest
from programs import compiled

PROGRAM = """
(defun area (w h) (* w h))
(defun square (x) (area x x))
(defun cube (x) (if (> x 0) (square x) (println "flat")))
(defun show (x) (println x))
(defun report (x) (show (square x)))
(defpat size_of ([]) 0)
(defpat size_of ([x $ rest]) (+ 1 (size_of rest)))
(defun count_all (l) (size_of l))
(defun twice (x) (half x))
(defun half (x) (if (> x 9) (twice (- x 1)) x))
"""


@pytest.fixture(scope="module")
def python() -> str:
    text = compiled(PROGRAM).python
    assert text is not None
    return text


@pytest.mark.parametrize(
    "line",
    [
        "return area(x, x)",
        "return square(x)",
        "return size_of(l)",
        "return half.tail(x)",
    ],
)
def test_value_that_ends_a_function_is_returned_though_nobody_asks(
    python: str, line: str
) -> None:
    assert f"    {line}\n" in python


def test_function_that_ends_in_an_effect_returns_nothing(python: str) -> None:
    assert "def show(x):\n    print" in python
    assert "def report(x):\n    show(square(x))" in python


def test_a_text_stays_one_whatever_an_importer_adds_to_it() -> None:
    text = compiled('(defun label (x) (+ (+ "no. " x) 1))').python
    assert text is not None
    assert 'return add("no. ", x) + "1"' in text
