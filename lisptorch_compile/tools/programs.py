"""From a compilation to bytecode whose places are those of the LispE text."""

from __future__ import annotations

import io
import linecache
from types import CodeType

from lisptorch_compile.api import CompileError
from lisptorch_compile.diagnostics import Source
from lisptorch_compile.pipeline import Compiled


def code_of(compiled: Compiled) -> CodeType:
    """Return the bytecode of a compilation that was made with its ``tree``.

    Raises:
        CompileError: it has errors.
    """
    if compiled.tree is None:
        raise CompileError(compiled.source, compiled.diagnostics)
    filename = compiled.source.filename
    _remember_lines(compiled.source)
    return compile(compiled.tree, filename, "exec", dont_inherit=True)


def _remember_lines(source: Source) -> None:
    """Let tracebacks show the lines that were compiled, whatever happens to the file."""
    lines = list(io.StringIO(source.text, newline="\n"))
    linecache.cache[source.filename] = (len(source.text), None, lines, source.filename)
