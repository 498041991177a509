"""Cells of LispE: compiled and run in the namespace of an IPython shell."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from traceback import walk_tb
from types import TracebackType
from typing import Any

from IPython.core.formatters import PlainTextFormatter
from IPython.core.interactiveshell import InteractiveShell
from IPython.display import display

from lisptorch_compile.api import CompileError
from lisptorch_compile.catalogue.model import Arithmetic
from lisptorch_compile.diagnostics import Diagnostic, Severity, Source
from lisptorch_compile.forms import ListForm, Symbol
from lisptorch_compile.names import open_name
from lisptorch_compile.pipeline import Compiled
from lisptorch_compile.reader import read
from lisptorch_compile.records import record
from lisptorch_compile.rendering import coloured, pieces
from lisptorch_compile.runtime.text import text as printed
from lisptorch_compile.tools.evaluation import surroundings
from lisptorch_compile.tools.notebook.failures import show_as_lispe
from lisptorch_compile.tools.running import deep_calls
from lisptorch_compile.tools.session import Session

#: A cell that ends with one of these shows no value: what it says is that it was done.
_SILENT = frozenset(
    [
        "setq",
        "setg",
        "setqv",
        "setqequal",
        "defun",
        "dethread",
        "defmacro",
        "defpat",
        "defpred",
        "defprol",
        "deflib",
        "class@",
        "defclass",
        "data@",
        "data",
        "use",
        "load",
        "link",
        "space",
        "pyimport",
    ]
)

#: A notebook with a value of more characters than this would be slow to show.
_LONGEST = 10_000


@record
class CellOptions:
    """What is wanted of a cell.

    ``show``: display its Python. ``run``: evaluate it. ``timed``: say how long it took.
    """

    show: bool = False
    run: bool = True
    timed: bool = False
    numbers: Arithmetic = Arithmetic.PYTHON


DEFAULT = CellOptions()


class CellError(CompileError):
    """A cell that has errors.

    Frontends show the text of an error beside what IPython renders, so it is one line.
    """

    def __str__(self) -> str:
        errors = [d for d in self.diagnostics if d.severity is Severity.ERROR]
        line, _ = self.source.position(errors[0].span.start)
        others = f" ({len(errors)} errors)" if len(errors) > 1 else ""
        return f"{errors[0].message}, line {line} of {self.source.filename}{others}"


class LispEText(PlainTextFormatter):
    """Writes values as LispE prints them, of long ones the beginning."""

    def __call__(self, obj: Any) -> str:
        shown = printed(obj)
        if len(shown) <= _LONGEST:
            return shown
        return f"{shown[:_LONGEST]}… ({len(shown):,} characters: print shows them all)"


class Cells:
    """The program that the cells of a notebook make up.

    Its variables are those of the shell, so cells of Python see and set them as well.
    """

    def __init__(self, shell: InteractiveShell) -> None:
        self.shell = shell
        self.session = Session(variables=shell.user_ns)
        self._files: set[str] = set()

    def run(self, text: str, options: CellOptions = DEFAULT) -> None:
        """Compile and evaluate a cell, and display the value of its last form.

        Raises:
            CellError: it has errors; IPython shows them and no traceback.
            BaseException: whatever it raises; IPython shows its place in the cell.
        """
        value = self.value(text, options)
        if not _is_silent(text):
            self._display(value)

    def value(self, text: str, options: CellOptions = DEFAULT) -> Any:
        """Do the same without displaying the value, and return it."""
        with self._respelled():
            return self._value(text, options)

    def _value(self, text: str, options: CellOptions) -> Any:
        self.session.variables = self.shell.user_ns
        self.session.numbers = options.numbers
        name = self.shell.compile.cache(text, self.shell.displayhook.prompt_count)
        self._files.add(name)
        start = time.perf_counter()
        compiled = self._compiled(text, name)
        compile_seconds = time.perf_counter() - start
        if options.show:
            self._show_python(text)
        if not options.run:
            return None
        start = time.perf_counter()
        try:
            with deep_calls():
                return self.session.run(compiled, text)
        except BaseException as error:
            if not isinstance(error, CompileError | SystemExit):
                self._show_as_lispe(error)
            raise
        finally:
            if options.timed:
                _show_times(compile_seconds, time.perf_counter() - start)

    def cell_name(self, filename: str) -> str | None:
        """Return what people call the cell with this file name, None if it is none."""
        found = self.shell.compile.format_code_name(filename)
        return None if found is None else " ".join(found)

    def show_error(
        self,
        shell: InteractiveShell,
        kind: type[BaseException],
        error: BaseException,
        frames: TracebackType | None,
        tb_offset: int | None = None,
    ) -> None:
        """Show an error that a cell leaves, as LispE's if it comes out of LispE.

        A cell of Python may have called the function that failed.
        """
        files = {frame.f_code.co_filename for frame, _ in walk_tb(frames)}
        if files & self._files and not hasattr(error, "_render_traceback_"):
            self._show_as_lispe(error)
        shell.showtraceback((kind, error, frames), tb_offset=tb_offset)

    def _show_as_lispe(self, error: BaseException) -> None:
        show_as_lispe(error, self.cell_name, self.session.suggestion(error))

    @contextmanager
    def _respelled(self) -> Iterator[None]:
        """Let LispE see and set the variables of Python whose names it spells otherwise.

        What generated code imports keeps its name, so the variable ``classes`` of a
        program is ``classes_``; but a cell of Python may have a ``classes``.
        """
        space, hidden = self.shell.user_ns, self.shell.user_ns_hidden
        own = surroundings(space).variables - hidden.keys()
        given = {name: space[name] for name in own if open_name(name) == f"{name}_"}
        for name, value in given.items():
            space[f"{name}_"] = hidden[f"{name}_"] = value
        try:
            yield
        finally:
            for name, value in given.items():
                if space.get(f"{name}_") is not value:
                    space[name] = space[f"{name}_"]

    def _compiled(self, text: str, filename: str) -> Compiled:
        try:
            compiled = self.session.compile(text, filename=filename)
        except CompileError as error:
            source = Source.of(text, self.cell_name(filename) or filename)
            raise CellError(source, error.diagnostics) from None
        source = Source.of(text, self.cell_name(filename) or filename)
        _show_warnings(compiled.diagnostics, source)
        return compiled

    def _show_python(self, text: str) -> None:
        python = self.session.python(text)
        markdown = f"```python\n{python.rstrip()}\n```"
        display({"text/markdown": markdown, "text/plain": python}, raw=True)

    def _display(self, value: Any) -> None:
        """Display a value as IPython does that of an expression, but as LispE writes it."""
        if value is None or printed(value) == "":
            return
        formatters = self.shell.display_formatter.formatters
        python = formatters["text/plain"]
        formatters["text/plain"] = LispEText()
        try:
            self.shell.displayhook(value)
        finally:
            formatters["text/plain"] = python


def _is_silent(text: str) -> bool:
    match read(Source.of(text)).forms:
        case (*_, ListForm((Symbol(head), *_))):
            return head in _SILENT
    return False


def _show_warnings(diagnostics: Iterable[Diagnostic], source: Source) -> None:
    for diagnostic in diagnostics:
        sys.stderr.write(coloured(pieces(diagnostic, source)))


def _show_times(compiling: float, running: float) -> None:
    print(f"compiled in {_duration(compiling)}, ran in {_duration(running)}")


def _duration(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.1f} ms"
