"""Code in the terminal: coloured for a person, plain for anything else."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.text import Text


def print_python(python: str) -> None:
    """Print Python."""
    _print_code(python, "python")


def print_lispe(text: str) -> None:
    """Print LispE."""
    _print_code(text, "lispe")


def _print_code(code: str, language: str) -> None:
    code = code.rstrip("\n") + "\n"
    if not sys.stdout.isatty():
        sys.stdout.write(code)
        return
    from rich.console import Console  # 60 ms: only for a person at a terminal

    Console(soft_wrap=True).print(coloured(code, language))


def coloured(code: str, language: str) -> Text:
    """Return code with the colours that the terminal has."""
    from rich.syntax import Syntax

    from lisptorch_compile.tools.highlighting import LispELexer

    lexer = LispELexer() if language == "lispe" else language
    text = Syntax("", lexer, theme="ansi_dark").highlight(code)
    text.rstrip()  # Pygments ends every text with a line break
    return text
