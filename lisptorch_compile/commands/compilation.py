"""What the commands that compile share: their sources, and what has become of these."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.machinery import ModuleSpec
from pathlib import Path

import click

from lisptorch_compile.catalogue.model import Arithmetic
from lisptorch_compile.commands.paths import PATH, STDIN, stdin_once
from lisptorch_compile.commands.problems import show
from lisptorch_compile.commands.status import CLEAN, IO_FAILED, SOURCE_ERRORS
from lisptorch_compile.diagnostics import (
    Diagnostic,
    Severity,
    Source,
    in_lispes_words,
)
from lisptorch_compile.pipeline import Compiled, Options, compile_files, compile_text
from lisptorch_compile.program_files import SourceFile
from lisptorch_compile.tools.loading import source_file
from lisptorch_compile.tools.sources import SourceError, decode_source, sources_below
from lisptorch_compile.tools.writing import compile_alone, shallow_first

#: What messages call the standard input, if nobody gives it a name.
UNNAMED = "<stdin>"

paths_argument = click.argument(
    "paths",
    metavar="FILE|DIR…",
    nargs=-1,
    required=True,
    type=PATH,
    callback=stdin_once,
)

stdin_filename_option = click.option(
    "--stdin-filename",
    metavar="FILE",
    default=UNNAMED,
    help="The file that - stands for: messages name it, and it loads what is beside it.",
)

numbers_option = click.option(
    "--lispe-numbers",
    "numbers",
    is_flag=True,
    callback=lambda _context, _option, asked: (
        Arithmetic.LISPE if asked else Arithmetic.PYTHON
    ),
    help="An integer cuts a real on its right, as in LispE: (+ 10 2.5) is 12.",
)


def sources_of(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the sources that paths on the command line stand for."""
    for path in paths:
        if path.is_dir():
            yield from sources_below(path)
        else:
            yield path


def file_of(
    path: Path, folder: Path | None = None, stdin_name: str = UNNAMED
) -> SourceFile:
    """Return a source of the command line, ``-`` being the standard input.

    Raises:
        SourceError: it cannot be read.
    """
    if path != STDIN:
        return source_file(path, folder)
    text = decode_source(sys.stdin.buffer.read(), "the standard input")
    return source_file(Path(stdin_name), folder, text)


@dataclass(slots=True)
class Compilation:
    """Compiles sources and keeps what is wrong with them."""

    options: Options
    stdin_name: str = UNNAMED
    tree: bool = False
    compiled: list[Compiled] = field(default_factory=list)
    unreadable: list[SourceError] = field(default_factory=list)

    def compile_all(self, paths: Sequence[Path]) -> None:
        """Compile one source on its own, several as programs of several files."""
        if len(paths) == 1:
            self.compile_alone(paths[0])
        else:
            self.compile_together(paths)

    def compile_alone(self, path: Path) -> None:
        """Compile one source."""
        try:
            file = file_of(path, stdin_name=self.stdin_name)
            result = compile_alone(file, self.options, tree=self.tree)
            self.compiled.append(result)
        except SourceError as error:
            self.unreadable.append(error)

    def compile_together(
        self, paths: Sequence[Path], folder: Path | None = None
    ) -> None:
        """Compile sources, and all that they load, as one program."""
        try:
            files = [
                file_of(path, folder, self.stdin_name) for path in shallow_first(paths)
            ]
            results = compile_files(files, options=self.options, tree=self.tree)
            self.compiled.extend(results)
        except SourceError as error:
            self.unreadable.append(error)

    def find_module(self, name: str) -> ModuleSpec | None:
        """Return a module by its name, None where there is none."""
        from lisptorch_compile.tools.import_hook import find_program

        try:
            return find_program(name)
        except SourceError as error:
            self.unreadable.append(error)
            return None

    def compile_module(self, spec: ModuleSpec) -> bool:
        """Compile a module, if it is one of LispE; tell whether it is."""
        from lisptorch_compile.tools.import_hook import LispLoader

        if not isinstance(spec.loader, LispLoader):
            return False
        self.compile_together(
            [spec.loader.source], folder=spec.loader.import_folder(spec.name)
        )
        return True

    def compile_code(self, text: str) -> None:
        """Compile a text of the command line."""
        result = compile_text(
            text, filename="<command>", options=self.options, tree=self.tree
        )
        self.compiled.append(result)

    @property
    def status(self) -> int:
        if self.unreadable:
            return IO_FAILED
        return SOURCE_ERRORS if any(c.errors for c in self.compiled) else CLEAN

    def show_problems(self, style: str = "text") -> None:
        """Show every problem in a form of ``problems.FORMATS``."""
        show(list(self._problems()), style)
        self.show_unreadable()

    def show_error_as_lispe_does(self) -> None:
        """Write the first error as the interpreter shows one that stops it."""
        for source, diagnostic in self._problems():
            if diagnostic.severity is Severity.ERROR:
                print(in_lispes_words(diagnostic, source), file=sys.stderr)
                return

    def show_unreadable(self) -> None:
        """Name the files that could not be read, on the standard error stream."""
        for error in self.unreadable:
            print(f"lisptorch: {error}", file=sys.stderr)

    def _problems(self) -> Iterator[tuple[Source, Diagnostic]]:
        for compiled in self.compiled:
            for diagnostic in compiled.diagnostics:
                yield compiled.source, diagnostic
