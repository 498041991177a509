"""The smallest programs of the differences that random programs have shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Regression:
    """``source`` leaves ``expected`` in ``outcome``; where LispE would leave another value,
    ``difference`` says why (docs/differences.md) and ``ours`` is what we have decided.
    """

    name: str
    source: str
    expected: Any
    difference: str = ""
    ours: Any = None


NEGATIVE = "a computed count of `loopcount` that is negative runs no round"
HIDDEN = "a lambda written before the `setq` goes on meaning the global"
COPIED = "the global is copied before the loop or the `maybe`, not where it is read"
JOINED = "`+=` before the first `setq` changes the copy of the global"

REGRESSIONS = (
    Regression(
        "addend sets the variable",
        "(setq x 3) (setq outcome (+= x (+= x 2)))",
        8,
    ),
    Regression(
        "addend with a statement that sets the variable",
        """
        (defun f (x) (+= x (block (setq x 10) 1)))
        (setq outcome (f 0))
        """,
        1,
    ),
    Regression(
        "addend that is a call sets the variable",
        """
        (setq g 1)
        (defun tick () (setg g 10) 1)
        (setq outcome (+= g (tick)))
        """,
        2,
    ),
    Regression(
        "addend sets the variable of a pattern",
        """
        (defpat f ((> r 2)) (+= r (let ((r (+= r r))) r)) r)
        (setq outcome (f 8))
        """,
        24,
    ),
    Regression(
        "later element sets the variable of a pattern",
        """
        (data@ [Pair _ _])
        (defpat f ([Pair (> r 1) s]) (list r s (+= r s)))
        (setq outcome (f (Pair 2 5)))
        """,
        [2, 5, 7],
    ),
    Regression(
        "addend changes the entry",
        """
        (setq d (dictionary "a" 1))
        (defun f () (set@ d "a" 10) 1)
        (setq outcome (+= (@ d "a") (f)))
        """,
        2,
    ),
    Regression(
        "rounds counted down",
        """
        (setq seen (list))
        (setq n -3)
        (loopcount n i (push seen i))
        (setq outcome seen)
        """,
        [2, 1, 0],
        NEGATIVE,
        [],
    ),
    Regression(
        "rounds counted down, counted by an expression",
        """
        (setq seen (list))
        (defun f (n) (loopcount (- 1 n) i (push seen i)))
        (f 3)
        (setq outcome seen)
        """,
        [1, 0],
        NEGATIVE,
        [],
    ),
    Regression(
        "lambda alone sets a name that the function reads",
        """
        (setq g 1)
        (defun f (a) (setq before g) (setq h (\\() (setq g a))) (h) (list before g))
        (setq outcome (list (f 5) g))
        """,
        [[1, 5], 1],
    ),
    Regression(
        "lambda alone sets a name that the function reads before",
        """
        (setq g 1)
        (defun f (a) (setq before g) (setq h (\\() (setq g a))) (h) before)
        (setq outcome (list (f 5) g))
        """,
        [1, 1],
    ),
    Regression(
        "lambda sets two names that the function does not set",
        """
        (setq g 1)
        (defun f (a) (setq before g) ((\\() (setq (g a) (list 7 8)))) before)
        (setq outcome (list (f 5) g))
        """,
        [1, 1],
    ),
    Regression(
        "call before the first setq of a loop changes the global",
        """
        (setq g 1)
        (defun tick () (setg g 10) 1)
        (defun f () (setq seen (list)) (loop i (list 5 6) (tick) (push seen g) (setq g i)) seen)
        (setq outcome (f))
        """,
        [10, 5],
        COPIED,
        [1, 5],
    ),
    Regression(
        "call before the read in maybe changes the global",
        """
        (setq g 1)
        (defun tick () (setg g 10) 1)
        (defun f () (maybe (block (tick) g) (setq g 5)))
        (setq outcome (f))
        """,
        10,
        COPIED,
        1,
    ),
    Regression(
        "lambda written before the first setq reads after it",
        """
        (setq g 1)
        (defun f () (setq h (\\() g)) (setq g 2) (h))
        (setq outcome (list (f) g))
        """,
        [2, 1],
        HIDDEN,
        [1, 1],
    ),
    Regression(
        "argument of a lambda sets what its body reads",
        """
        (setq g 1)
        (defun f () ((\\(p) g) (setq g 2)))
        (setq outcome (list (f) g))
        """,
        [2, 1],
        HIDDEN,
        [1, 1],
    ),
    Regression(
        "first round adds to the global",
        """
        (setq g 1)
        (defun f () (loop i (list 10 20) (+= g 1) (setq g i)) g)
        (setq outcome (list (f) g))
        """,
        [20, 2],
        JOINED,
        [20, 1],
    ),
    Regression(
        "double negation",
        "(setq x 3) (setq outcome (list (not (not x))))",
        ["true"],
    ),
    Regression(
        "double negation of a parameter",
        """
        (setq g 3)
        (defun f (a) (setq b g) (not (not b)))
        (setq outcome (f 1))
        """,
        "true",
    ),
    Regression(
        "loop over a map whose lambda reads the loop variable",
        """
        (setq y 3)
        (defun plus (a b) (+ a b))
        (loop y (map (\\(p) (plus p y)) (list 1 2)) nil)
        (setq outcome y)
        """,
        5,
    ),
    Regression(
        "loop over a map that logs",
        """
        (setq journal (list))
        (defun note (p) (push journal p) p)
        (loop y (map (\\(p) (note p)) (list 1 2)) (push journal 0))
        (setq outcome journal)
        """,
        [1, 2, 0, 0],
    ),
    Regression(
        "value of a loopcount that ends in a call",
        """
        (setq g 1)
        (defun tick () (+= g 1))
        (defun f () (loopcount 2 i (tick)))
        (setq outcome (f))
        """,
        3,
    ),
    Regression(
        "value of a while that ends in a call",
        """
        (setq g 1)
        (defun tick () (+= g 1))
        (defun f () (while (< g 4) (tick)))
        (setq outcome (f))
        """,
        4,
    ),
    Regression(
        "value of a loop that ends in a call",
        """
        (setq g 1)
        (defun tick () (+= g 1))
        (defun f () (loop i (list 1 2) (tick)))
        (setq outcome (f))
        """,
        3,
    ),
)
