"""Programs on which Python and LispE pull apart print what LispE prints.

Each case was miscompiled once, or stands beside one that was. The golden cases show how
the Python reads; here only what it does counts.
"""

from __future__ import annotations

import pytest
from programs import run

#: What the facts of values must not leave out.
KINDS = {
    "a dotted pair takes new elements in front": (
        "(setq p (cons 1 2)) (push p 0) (println p)",
        "(0 1 . 2)\n",
    ),
    "a dotted pair inside quoted data": (
        "(setq q '(1 (2 . 3))) (setq r (@ q 1)) (push r 7) (println r)",
        "(7 2 . 3)\n",
    ),
    "sets made by a builtin given as a value are walked in order": (
        """
(setq l (map 'seti '((10 9 1 8 300)))) (loop s l (loop x s (print x '-)))
""",
        "1-8-9-10-300-",
    ),
    "a set inside quoted data is walked in order": (
        """
(setq h '(({10 9 1 8 300})))
(loop u h (loop s u (loop x s (print x '-))))
""",
        "1-8-9-10-300-",
    ),
    "a list that a fold passes on has another name": (
        """
(setq acc (list 1)) (foldl 'push acc '("b"))
(println (+ (last acc) 1))
""",
        "b1\n",
    ),
    "a dictionary that key@ gives back has another name": (
        """
(setq d {"k":1}) (setq e (key@ d "b" 2)) (set@ e "k" "x") (println (+ (@ d "k") 1))
""",
        "x1\n",
    ),
    "the elements of a list that take the place of others": (
        '(setq l (list 1 2)) (set@@ l 0 1 \'("r")) (println (+ (car l) 1))',
        "r1\n",
    ),
    "builtins as values change containers": (
        """
(setq l (list 1)) (setq add-to 'push) (add-to l "y") (println (+ (last l) 1))
""",
        "y1\n",
    ),
}

#: Keys that are numbers stay numbers, those of a plain dictionary are texts.
DICTIONARIES = {
    "a dictionary written with numbers takes numbers": (
        "(setq d {1:2 3:4}) (set@ d 5 6) (+= (@ d 1) 10) (println d (@ d 5))",
        "{1:12 3:4 5:6} 6\n",
    ),
    "a dictionary of integers converts what it is given": (
        """
(setq d (dictionaryi 1 2)) (set@ d "7" 1) (key@ d 8 5) (+= (@ d 9) 1)
(println d (key@ d "8") (keys@ d))
""",
        "{1:2 7:1 8:5 9:1} 5 (1 7 8 9)\n",
    ),
    "a parameter may be either": (
        "(defun put (d k) (set@ d k 1) d) (println (put {} 5) (put {1:2} 5))",
        '{"5":1} {1:2 5:1}\n',
    ),
    "a dictionary that keyi@ makes": (
        '(setq d (keyi@ 5 "a")) (set@ d 6 "b") (loop k d (print (+ k 1) ";"))',
        "6;7;",
    ),
}


CASES = {**KINDS, **DICTIONARIES}


@pytest.mark.parametrize("title", CASES)
def test_prints_what_lispe_prints(
    title: str, capsys: pytest.CaptureFixture[str]
) -> None:
    source, expected = CASES[title]
    ran = run(source)
    assert capsys.readouterr().out == expected, ran.python
