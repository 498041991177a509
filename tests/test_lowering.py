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
}


CASES = {**KINDS}


@pytest.mark.parametrize("title", CASES)
def test_prints_what_lispe_prints(
    title: str, capsys: pytest.CaptureFixture[str]
) -> None:
    source, expected = CASES[title]
    ran = run(source)
    assert capsys.readouterr().out == expected, ran.python
