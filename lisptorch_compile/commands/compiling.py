"""The commands that compile: ``compile``, ``run``, ``check``, ``doctor``."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.machinery import ModuleSpec
from pathlib import Path

import click

from lisptorch_compile.catalogue.model import Arithmetic
from lisptorch_compile.commands.problems import json_option, show, style_option
from lisptorch_compile.commands.status import CLEAN, IO_FAILED, SOURCE_ERRORS
from lisptorch_compile.diagnostics import (
    Diagnostic,
    Severity,
    Source,
    in_lispes_words,
)
from lisptorch_compile.pipeline import Compiled, Options, compile_text
from lisptorch_compile.tools.sources import (
    SourceError,
    decode_source,
    python_name,
    sources_below,
)
from lisptorch_compile.tools.writing import (
    Output,
    compile_path,
    compile_paths,
    output_of,
    output_path,
    write_output,
)

_STDIN = Path("-")

_PATH = click.Path(path_type=Path)
_PATHS = click.argument(
    "paths", metavar="FILE|DIR…", nargs=-1, required=True, type=_PATH
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


@click.command("compile")
@_PATHS
@click.option(
    "-o",
    "--output",
    type=_PATH,
    help="Write here: a Python file for one source, a folder for several.",
)
@click.option("--stdout", "to_stdout", is_flag=True, help="Print the Python instead.")
@click.option("--check", is_flag=True, help="Write nothing, say which are stale.")
@click.option("--no-format", is_flag=True, help="Leave the layout as it is emitted.")
@click.option("--force", is_flag=True, help="Replace files that are not ours, too.")
@click.option("--fast", is_flag=True, help="Do not read the result back to check it.")
@numbers_option
def compile_command(
    paths: tuple[Path, ...],
    output: Path | None,
    to_stdout: bool,
    check: bool,
    no_format: bool,
    force: bool,
    fast: bool,
    numbers: Arithmetic,
) -> int:
    """Write FILE.py beside each FILE.lsp, and its line map.

    A folder stands for every .lsp and .lisp file below it, - for the standard input,
    whose Python is printed. Nothing is written when any source has errors.
    """
    if to_stdout and (check or output):
        raise click.UsageError("--stdout goes with neither --check nor --output")
    jobs = _jobs(paths, output)
    options = Options(format=not no_format, self_check=not fast, numbers=numbers)
    compiler = _Compiler(options)
    results = _compiled_jobs(compiler, jobs)
    compiler.show_problems()
    if compiler.status != CLEAN:
        return compiler.status
    if check:
        return _check_outputs(_outputs(results))
    for job, compiled in results:
        if to_stdout or job.target is None:
            _print_python(compiled.python or "")
        else:
            write_output(output_of(compiled, job.target), force=force)
            _warn_of_hidden_module(job.target)
    return CLEAN


@click.command("run", context_settings={"allow_interspersed_args": False})
@click.option("--last", is_flag=True, help="Print the value of the last form, too.")
@click.option("-c", "--code", metavar="CODE", help="Run this text instead of a file.")
@click.option("-m", "--module", metavar="MODULE", help="Run a module, as python -m.")
@numbers_option
@click.argument("arguments", metavar="FILE [ARG]…", nargs=-1, type=click.UNPROCESSED)
def run_command(
    last: bool,
    code: str | None,
    module: str | None,
    numbers: Arithmetic,
    arguments: tuple[str, ...],
) -> int:
    """Compile FILE and run it; the arguments after it are the script's.

    - stands for the standard input. Errors of the running program show their LispE line.
    """
    from lisptorch_compile.tools.running import run_program, run_python_module

    if code is not None and module is not None:
        raise click.UsageError("-c and -m exclude each other")
    if code is None and module is None and not arguments:
        raise click.UsageError("which file? lisptorch run FILE, -m MODULE, or -c CODE")
    options = Options(
        format=False, self_check=False, late=True, keep_value=last, numbers=numbers
    )
    compiler = _Compiler(options, tree=True)
    spec: ModuleSpec | None = None
    if module is not None:
        spec = compiler.find_module(module)
        if spec is not None:
            arguments = (spec.origin or module, *arguments)
            if not compiler.compile_module(spec):
                return run_python_module(spec, arguments)
    elif code is not None:
        compiler.compile_code(code)
        arguments = ("-c", *arguments)
    elif arguments[0] == "-":
        compiler.compile(_STDIN)
    else:
        script = Path(arguments[0])
        compiler.compile_together([script], folder=script.parent)
    compiler.show_error_as_lispe_does()
    compiler.show_problems()
    if compiler.status != CLEAN:
        return compiler.status
    return run_program(compiler.compiled, arguments, module=spec)


@click.command("check")
@_PATHS
@json_option
@style_option
@numbers_option
def check_command(
    paths: tuple[Path, ...], as_lines: bool, style: str, numbers: Arithmetic
) -> int:
    """Report every problem of the sources, write nothing."""
    compare = numbers is Arithmetic.PYTHON
    options = Options(
        format=False, self_check=False, numbers=numbers, compare_numbers=compare
    )
    compiler = _Compiler(options)
    compiler.compile_all(list(_sources(paths)))
    compiler.show_problems("json" if as_lines else style)
    return compiler.status


@click.command("doctor")
@click.argument("paths", metavar="[FILE|DIR]…", nargs=-1, type=_PATH)
def doctor_command(paths: tuple[Path, ...]) -> int:
    """List what is not supported yet: of LispE, or of the sources that are given.

    One name a line, with the reason. Status 1 when a source uses any of them, or does
    not compile for other reasons, which the standard error stream says.
    """
    from lisptorch_compile.tools.support import (
        other_errors,
        unsupported_names,
        unsupported_places,
    )

    if not paths:
        for name, reason in unsupported_names().items():
            click.echo(f"{name}: {reason}")
        return CLEAN
    compiler = _Compiler(Options(format=False, self_check=False))
    compiler.compile_all(list(_sources(paths)))
    for line in unsupported_places(compiler.compiled):
        click.echo(line)
    for line in other_errors(compiler.compiled):
        click.echo(line, err=True)
    compiler.show_unreadable()
    return compiler.status


# --- compiling several files ----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Job:
    """A source and the Python file it becomes; no target: standard output."""

    source: Path
    target: Path | None


@dataclass(slots=True)
class _Compiler:
    """Compiles sources one by one and keeps what is wrong with them."""

    options: Options
    tree: bool = False
    compiled: list[Compiled] = field(default_factory=list)
    unreadable: list[SourceError] = field(default_factory=list)

    def compile(self, path: Path) -> Compiled:
        """Compile one source, ``-`` being the standard input."""
        try:
            return self._compile(path)
        except SourceError as error:
            self.unreadable.append(error)
            return Compiled(Source.of("", str(path)), ())

    def compile_all(self, paths: Sequence[Path]) -> None:
        """Compile one source on its own, several as programs of several files."""
        if len(paths) == 1 or _STDIN in paths:
            for path in paths:
                self.compile(path)
        else:
            self.compile_together(paths)

    def compile_together(
        self, paths: Sequence[Path], folder: Path | None = None
    ) -> None:
        """Compile sources, and all that they load, as one program."""
        try:
            self.compiled.extend(
                compile_paths(paths, self.options, tree=self.tree, folder=folder)
            )
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

    def compile_code(self, text: str, filename: str = "<command>") -> Compiled:
        """Compile a text that comes from no file."""
        result = compile_text(
            text, filename=filename, options=self.options, tree=self.tree
        )
        self.compiled.append(result)
        return result

    def _compile(self, path: Path) -> Compiled:
        if path == _STDIN:
            text = decode_source(sys.stdin.buffer.read(), "the standard input")
            return self.compile_code(text, "<stdin>")
        result = compile_path(path, self.options, tree=self.tree)
        self.compiled.append(result)
        return result

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


def _sources(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sources_below(path)
        else:
            yield path


def _jobs(paths: tuple[Path, ...], output: Path | None) -> list[_Job]:
    """Return what to compile and where to write it.

    Raises:
        UsageError: two sources would become one file, or several go to one file.
    """
    several = len(paths) > 1 or paths[0].is_dir()
    if output is not None and several and _is_file_name(output):
        raise click.UsageError(f"{output} is a file: several sources need a folder")
    root = min(paths, key=lambda path: len(path.parts)).parent
    jobs = [j for path in paths for j in _jobs_of(path, output, several, root)]
    _refuse_shared_targets(jobs)
    return jobs


def _compiled_jobs(
    compiler: _Compiler, jobs: Sequence[_Job]
) -> list[tuple[_Job, Compiled]]:
    """Compile the sources; return what each has become."""
    compiler.compile_all([job.source for job in jobs])
    names = {_STDIN: "<stdin>"}
    found = {compiled.source.filename: compiled for compiled in compiler.compiled}
    named = [(job, names.get(job.source, str(job.source))) for job in jobs]
    return [(job, found[name]) for job, name in named if name in found]


def _is_file_name(output: Path) -> bool:
    return output.is_file() or output.suffix == ".py" and not output.is_dir()


def _jobs_of(
    path: Path, output: Path | None, several: bool, root: Path
) -> Iterator[_Job]:
    """Yield the jobs of one path; what lies below ``root`` keeps its place there."""
    if path == _STDIN:
        yield _Job(path, output)
    elif path.is_dir():
        for source in sources_below(path):
            place = source.parent
            if output is not None:
                place = output / place.relative_to(path)
            yield _Job(source, place / python_name(source))
    elif several and output is not None:
        below = path.parent.is_relative_to(root)
        place = output / path.parent.relative_to(root) if below else output
        yield _Job(path, place / python_name(path))
    else:
        yield _Job(path, output_path(path, output))


def _refuse_shared_targets(jobs: Iterable[_Job]) -> None:
    owners: dict[Path, Path] = {}
    for job in jobs:
        if job.target is None:
            continue
        owner = owners.setdefault(job.target, job.source)
        if owner is not job.source:
            raise click.UsageError(
                f"{owner} and {job.source} would both become {job.target}"
            )


def _outputs(results: Iterable[tuple[_Job, Compiled]]) -> Iterator[Output]:
    for job, compiled in results:
        if job.target is None:
            raise click.UsageError("--check of the standard input needs --output")
        yield output_of(compiled, job.target)


def _check_outputs(outputs: Iterable[Output]) -> int:
    stale = [output for output in outputs if output.is_stale]
    for output in stale:
        click.echo(f"stale: {output.python_path}")
    return SOURCE_ERRORS if stale else CLEAN


#: Modules that programs of ours import, besides those of Python.
_IMPORTED = {"torch", "numpy", "safetensors", "sentencepiece", "tiktoken"}


def _warn_of_hidden_module(target: Path) -> None:
    name = target.stem
    if name in sys.stdlib_module_names or name in _IMPORTED:
        print(
            f"lisptorch: warning: {target} hides Python's module {name} from the "
            "programs beside it: give the source another name",
            file=sys.stderr,
        )


def _print_python(python: str) -> None:
    """Print generated Python: coloured for a person, exact bytes for anything else."""
    if not sys.stdout.isatty():
        sys.stdout.buffer.write(python.encode())
        return
    from rich.console import Console
    from rich.syntax import Syntax

    coloured = Syntax("", "python", theme="ansi_dark").highlight(python)
    Console(soft_wrap=True).print(coloured, end="")
