"""The commands that compile: ``compile``, ``run``, ``check``, ``doctor``."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.machinery import ModuleSpec
from pathlib import Path

import click

from lisptorch_compile.catalogue.model import Arithmetic
from lisptorch_compile.commands.compilation import (
    Compilation,
    numbers_option,
    paths_argument,
    sources_of,
    stdin_filename_option,
)
from lisptorch_compile.commands.paths import PATH, STDIN, stdin_once
from lisptorch_compile.commands.problems import json_option, style_option
from lisptorch_compile.commands.status import CLEAN, SOURCE_ERRORS
from lisptorch_compile.pipeline import Compiled, Options
from lisptorch_compile.tools.outputs import is_fresh
from lisptorch_compile.tools.sources import python_name, sources_below
from lisptorch_compile.tools.writing import (
    Output,
    output_of,
    output_path,
    write_output,
)


@click.command("compile")
@paths_argument
@click.option(
    "-o",
    "--output",
    type=PATH,
    help="Write here: a Python file for one source, a folder for several, - to print.",
)
@click.option("--stdout", "to_stdout", is_flag=True, help="Print the Python instead.")
@click.option("--check", is_flag=True, help="Write nothing, say which are stale.")
@click.option("--no-format", is_flag=True, help="Leave the layout as it is emitted.")
@click.option("--force", is_flag=True, help="Replace files that are not ours, too.")
@click.option("--fast", is_flag=True, help="Do not read the result back to check it.")
@numbers_option
@stdin_filename_option
@json_option
@style_option
def compile_command(
    paths: tuple[Path, ...],
    output: Path | None,
    to_stdout: bool,
    check: bool,
    no_format: bool,
    force: bool,
    fast: bool,
    numbers: Arithmetic,
    stdin_filename: str,
    as_lines: bool,
    style: str,
) -> int:
    """Write FILE.py beside each FILE.lsp, and its line map.

    A folder stands for every .lsp and .lisp file below it, - for the standard input,
    whose Python is printed. Nothing is written when any source has errors.
    """
    if output == Path("-"):
        to_stdout, output = True, None
    if to_stdout and (check or output):
        raise click.UsageError("--stdout goes with neither --check nor --output")
    style = "json" if as_lines else style
    jobs = _jobs(paths, output)
    if style != "text" and (to_stdout or any(job.target is None for job in jobs)):
        raise click.UsageError(f"--format {style} and the Python both go to the output")
    options = Options(format=not no_format, self_check=not fast, numbers=numbers)
    compilation = Compilation(options, stdin_filename)
    results = _compiled_jobs(compilation, jobs)
    compilation.show_problems(style)
    if compilation.status != CLEAN:
        return compilation.status
    if check:
        return _check_outputs(_outputs(results), style)
    for job, compiled in results:
        if to_stdout or job.target is None:
            _print_python(compiled.python or "")
        else:
            write_output(output_of(compiled, job.target), force=force)
            _warn_of_hidden_module(job.target)
    if not to_stdout:
        _note_missing_modules(results)
    return CLEAN


@click.command(
    "run",
    short_help="Compile FILE and run it; what follows are its arguments.",
    context_settings={"allow_interspersed_args": False},
)
@click.option("--last", is_flag=True, help="Print the value of the last form, too.")
@click.option("-c", "--code", metavar="CODE", help="Run this text instead of a file.")
@click.option("-m", "--module", metavar="MODULE", help="Run a module, as python -m.")
@numbers_option
@stdin_filename_option
@click.argument("arguments", metavar="FILE [ARG]…", nargs=-1, type=click.UNPROCESSED)
def run_command(
    last: bool,
    code: str | None,
    module: str | None,
    numbers: Arithmetic,
    stdin_filename: str,
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
    compilation = Compilation(options, stdin_filename, tree=True)
    spec: ModuleSpec | None = None
    if module is not None:
        spec = compilation.find_module(module)
        if spec is not None:
            arguments = (spec.origin or module, *arguments)
            if not compilation.compile_module(spec):
                return run_python_module(spec, arguments)
    elif code is not None:
        compilation.compile_code(code)
        arguments = ("-c", *arguments)
    else:
        script = Path(arguments[0])
        folder = Path(stdin_filename).parent if script == STDIN else script.parent
        compilation.compile_together([script], folder=folder)
    compilation.show_error_as_lispe_does()
    compilation.show_problems()
    if compilation.status != CLEAN:
        return compilation.status
    return run_program(compilation.compiled, arguments, module=spec)


@click.command("check")
@paths_argument
@json_option
@style_option
@numbers_option
@stdin_filename_option
def check_command(
    paths: tuple[Path, ...],
    as_lines: bool,
    style: str,
    numbers: Arithmetic,
    stdin_filename: str,
) -> int:
    """Report every problem of the sources, write nothing.

    A folder stands for every .lsp and .lisp file below it, - for the standard input.
    """
    compare = numbers is Arithmetic.PYTHON
    options = Options(
        format=False, self_check=False, numbers=numbers, compare_numbers=compare
    )
    compilation = Compilation(options, stdin_filename)
    compilation.compile_all(list(sources_of(paths)))
    compilation.show_problems("json" if as_lines else style)
    return compilation.status


@click.command(
    "doctor", short_help="List what of LispE, or of the sources, is not supported yet."
)
@click.argument(
    "paths", metavar="[FILE|DIR]…", nargs=-1, type=PATH, callback=stdin_once
)
@stdin_filename_option
def doctor_command(paths: tuple[Path, ...], stdin_filename: str) -> int:
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
    compilation = Compilation(Options(format=False, self_check=False), stdin_filename)
    compilation.compile_all(list(sources_of(paths)))
    for line in unsupported_places(compilation.compiled):
        click.echo(line)
    for line in other_errors(compilation.compiled):
        click.echo(line, err=True)
    compilation.show_unreadable()
    return compilation.status


# --- compiling several files ----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Job:
    """A source and the Python file it becomes; no target: standard output."""

    source: Path
    target: Path | None


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
    compilation: Compilation, jobs: Sequence[_Job]
) -> list[tuple[_Job, Compiled]]:
    """Compile the sources; return what each has become."""
    compilation.compile_all([job.source for job in jobs])
    names = {STDIN: compilation.stdin_name}
    found = {compiled.source.filename: compiled for compiled in compilation.compiled}
    named = [(job, names.get(job.source, str(job.source))) for job in jobs]
    return [(job, found[name]) for job, name in named if name in found]


def _is_file_name(output: Path) -> bool:
    return output.is_file() or output.suffix == ".py" and not output.is_dir()


def _jobs_of(
    path: Path, output: Path | None, several: bool, root: Path
) -> Iterator[_Job]:
    """Yield the jobs of one path; what lies below ``root`` keeps its place there."""
    if path == STDIN:
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


def _check_outputs(outputs: Iterable[Output], style: str) -> int:
    stale = [output for output in outputs if output.is_stale]
    for output in stale:
        # on the output stands what was asked for, if programs read it
        click.echo(f"stale: {output.python_path}", err=style in ("json", "sarif"))
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


def _note_missing_modules(results: Sequence[tuple[_Job, Compiled]]) -> None:
    """Tell of files that the compiled ones load, and whose Python nobody has written."""
    given = {compiled.source.filename for _, compiled in results}
    missing: dict[str, Path] = {}
    for job, compiled in results:
        for filename in compiled.loaded:
            source, main = Path(filename), Path(compiled.source.filename)
            if job.target is None or filename in given:
                continue
            below = os.path.relpath(source.parent, main.parent)
            target = Path(os.path.normpath(job.target.parent / below))
            if not is_fresh(target / python_name(source), source):
                missing[filename] = target / python_name(source)
    for filename, target in missing.items():
        state = "is stale" if target.exists() else "is missing"
        print(
            f"lisptorch: note: the program imports {target}, which {state}: "
            f"compile {filename}, too",
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
