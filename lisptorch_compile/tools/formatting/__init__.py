"""Laying out LispE: ``format_text`` gives every text one look, and never another meaning.

The author decides where lines end, as in Go; we decide what stands in front of them and
between two words of a line, and break what is too long. ``signs.py`` takes a text apart,
``layout.py`` puts it together again.
"""

from __future__ import annotations

from collections.abc import Iterable

from lisptorch_compile.api import CompileError
from lisptorch_compile.diagnostics import Severity, Source
from lisptorch_compile.reader import read
from lisptorch_compile.tools.formatting.layout import laid_out
from lisptorch_compile.tools.formatting.signs import Kind, Sign, signs_of


class MeaningChanged(Exception):
    """The new text does not read as the old one does: a bug of ours."""


def format_text(text: str, filename: str = "<string>") -> str:
    """Return ``text`` in our layout; what it means, and its comments, stay as they are.

    Raises:
        CompileError: the text cannot be read.
        MeaningChanged: we are wrong, and the text must stay as it is.
    """
    source = Source.of(text, filename)
    diagnostics = read(source).diagnostics
    if any(d.severity is Severity.ERROR for d in diagnostics):
        raise CompileError(source, diagnostics)
    signs = signs_of(source)
    line_end = "\r\n" if _ends_lines_in_crlf(text) else "\n"
    result = laid_out(signs, line_end)
    if _meaning(signs) != _meaning(signs_of(Source.of(result))):
        raise MeaningChanged(f"{filename} would not read the same in its new layout")
    return result


def _ends_lines_in_crlf(text: str) -> bool:
    first = text.find("\n")
    return first > 0 and text[first - 1] == "\r"


def _meaning(signs: Iterable[Sign]) -> list[tuple[Kind, str]]:
    """Return what a reader sees: the lexemes and comments in their order."""
    return [(sign.kind, sign.text) for sign in signs]
