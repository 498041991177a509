"""Which integers are known never to be negative."""

from __future__ import annotations

import pytest

from lisptorch_compile import compile_source


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ("(defun f (n) (loop i (range 0 n 1) (println i))) (f 3)", "in range(n):"),
        ("(defun f (n) (loop i (range 2 n 1) (println i))) (f 3)", "in range(2, n):"),
        ("(loop i (iota 5) (loop j (range 1 i 1) (println j)))", "in range(1, i):"),
        ("(defun f (a b) (% a b)) (println (f 7 2))", "return a % b"),
        ("(defun f (a) (% (+ a (size '(1 2))) 3)) (println (f 7))", "% 3"),
    ],
)
def test_what_is_never_negative_is_written_as_python_has_it(
    source: str, written: str
) -> None:
    assert written in compile_source(source)


@pytest.mark.parametrize(
    "given",
    [
        "(println (f 7) (f -7))",
        "(println (f (- 7 9)))",
        "(println (map 'f '(7 -7)))",
        "(setq g f) (println (g -7))",
        "(defun h (k) (f k)) (println (h -1))",
        "(println (f (? n -7)))",
        "(setq (x y) '(1 -2)) (println (f y))",
        "(loop x '(1 -2) (println (f x)))",
        "(setq x 3) (-= x 9) (println (f x))",
        "(setq d 1) (loop i (irange 3 -3 -1) (println (f i)))",
    ],
)
def test_what_may_be_negative_has_the_remainder_of_lispe(given: str) -> None:
    assert "remainder(n, 3)" in compile_source(f"(defun f (n) (% n 3)) {given}")
