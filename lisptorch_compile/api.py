"""Compiling a text that is already in memory, for programs that use us as a library."""

from __future__ import annotations

from lisptorch_compile.catalogue.model import Arithmetic
from lisptorch_compile.diagnostics import Diagnostic, Source
from lisptorch_compile.pipeline import Compiled, Options, compile_text
from lisptorch_compile.rendering import as_text, coloured, pieces


class CompileError(Exception):
    """A source that has errors; ``diagnostics`` holds them, warnings too."""

    shows_itself = True  # its text has the place: no traceback line is to blame

    def __init__(self, source: Source, diagnostics: tuple[Diagnostic, ...]) -> None:
        super().__init__(source, diagnostics)
        self.source = source
        self.diagnostics = diagnostics

    def __str__(self) -> str:
        shown = "\n".join(as_text(d, self.source) for d in self.diagnostics)
        return f"{self.source.filename} does not compile\n{shown}".rstrip()

    def _render_traceback_(self) -> list[str]:
        """Return what IPython shows in place of a traceback, which would blame us."""
        found = [coloured(pieces(d, self.source)) for d in self.diagnostics]
        return "\n".join(found).splitlines()


def compile_source(
    text: str,
    *,
    filename: str = "<string>",
    format: bool = True,
    numbers: str = "python",
) -> str:
    """Return the Python that a LispE text becomes.

    Args:
        text: the source.
        filename: what the header and the diagnostics call it.
        format: let black lay out the result.
        numbers: ``"lispe"`` lets an integer cut a real on its right, as in LispE.

    Raises:
        CompileError: the text has errors.
    """
    options = Options(format=format, numbers=Arithmetic(numbers))
    return python_of(compile_text(text, filename=filename, options=options))


def python_of(compiled: Compiled) -> str:
    """Return the Python of a compilation.

    Raises:
        CompileError: it has errors instead.
    """
    if compiled.python is None:
        raise CompileError(compiled.source, compiled.diagnostics)
    return compiled.python
