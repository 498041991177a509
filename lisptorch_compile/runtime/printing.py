"""Printing: `print`, `println` and their kin; values look as in LispE."""

from __future__ import annotations

import io
import sys
from typing import Any, TextIO

from lisptorch_compile.runtime.symbols import EMPTY, Symbol
from lisptorch_compile.runtime.text import container_shape, element_text, text


def use_utf8(stream: TextIO | None) -> None:
    """Make a stream of this process write UTF-8, whatever the locale says."""
    if isinstance(stream, io.TextIOWrapper) and stream.encoding.lower() != "utf-8":
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def print_(*values: Any) -> Symbol:
    """Write the texts of ``values`` without anything between them."""
    sys.stdout.write("".join([text(value) for value in values]))
    return EMPTY


def println(*values: Any) -> Symbol:
    """Write the texts of ``values`` with blanks between them, and end the line."""
    sys.stdout.write(" ".join([text(value) for value in values]) + "\n")
    return EMPTY


def printerr(*values: Any) -> Symbol:
    """Write like ``print_``, to the error stream."""
    sys.stderr.write("".join([text(value) for value in values]))
    return EMPTY


def printerrln(*values: Any) -> Symbol:
    """Write like ``println``, to the error stream."""
    sys.stderr.write(" ".join([text(value) for value in values]) + "\n")
    return EMPTY


# --- indented ---------------------------------------------------------------------------------------

_INDENT = "  "
#: Levels below this one are written on one line: looking at each would take too long.
_DEEPEST = 30


def prettify(value: Any, width: int = 50) -> str:
    """Return the text of ``value`` with a line for each element of what is wider.

    >>> print(prettify({"name": "Ann", "scores": [1, 2]}, 16))
    {
      "name":"Ann"
      "scores":(1 2)
    }
    """
    return _indented(value, width, 0)


def _indented(value: Any, width: int, level: int) -> str:
    flat = text(value)
    shape = container_shape(value)
    if shape is None or level == _DEEPEST or len(flat) <= width:
        return element_text(value) if level else flat
    opening, parts, closing = shape
    margin = _INDENT * (level + 1)
    lines = [
        margin + prefix + _indented(item, max(1, width - len(margin)), level + 1)
        for prefix, item in parts
    ]
    return "\n".join([opening.rstrip(), *lines, _INDENT * level + closing])


# --- input --------------------------------------------------------------------------------------------


def read_line(prompt: Any = None) -> str | None:
    """Return a line that is typed in, without its line break; nil at the end of the input."""
    if prompt is not None:
        print_(prompt)
    sys.stdout.flush()
    line = sys.stdin.readline()
    return line.removesuffix("\n") if line else None


def read_character() -> str | None:
    """Return the next character that is typed in, nil at the end of the input."""
    sys.stdout.flush()
    return sys.stdin.read(1) or None


use_utf8(sys.stdout)
use_utf8(sys.stderr)
