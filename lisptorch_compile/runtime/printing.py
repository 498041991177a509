"""Printing: `print`, `println` and their kin; values look as in LispE."""

from __future__ import annotations

import io
import sys
from typing import Any, TextIO

from lisptorch_compile.runtime.symbols import EMPTY, Symbol
from lisptorch_compile.runtime.text import text


def use_utf8(stream: TextIO) -> None:
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
