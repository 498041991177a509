"""Indents the text of a program by its brackets, for ``indent``."""

from __future__ import annotations

import re

from lisptorch_compile.runtime.conversions import to_text
from lisptorch_compile.runtime.operators import truth

_WIDTH = 3  # blanks a level, as LispE's editor has them

# What holds no brackets of the program, and the brackets.
_LISP_TOKEN = re.compile(r'"(?:\\.|[^"\\])*"?|`[^`]*`?|;[^\n]*|[()\[\]{}]|\n')
_TOKEN = re.compile(
    r"\"(?:\\.|[^\"\\\n])*\"?|'(?:\\.|[^'\\\n])*'?|//[^\n]*|[()\[\]{}]|\n"
)


def indented(code: object, lispmode: object = None) -> str:
    """Return a program with each line indented by the brackets that are open there.

    >>> print(indented("(defun f (x)\\n(+ x 1)\\n)", True), end="")
    (defun f (x)
       (+ x 1)
    )
    """
    pattern = _LISP_TOKEN if truth(lispmode) else _TOKEN
    depth, lines = 0, []
    for line, opened, closes_first in _lines(to_text(code).strip() + "\n", pattern):
        level = max(0, depth - closes_first)
        lines.append(" " * (_WIDTH * level) + line if line else "")
        depth = max(0, depth + opened)
    return "\n".join(lines) + "\n"


def _lines(code: str, pattern: re.Pattern[str]) -> list[tuple[str, int, int]]:
    """Return the lines with how many brackets each leaves open, and how many of an
    earlier line it closes before anything else."""
    lines, start, opened = [], 0, 0
    for token in pattern.finditer(code):
        if token[0] == "\n":
            line = code[start : token.start()].strip()
            closing = len(line) - len(line.lstrip(")]}"))
            lines.append((line, opened, closing))
            start, opened = token.end(), 0
        else:
            opened += (token[0] in "([{") - (token[0] in ")]}")
    return lines
