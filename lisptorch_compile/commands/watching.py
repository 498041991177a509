"""The command ``watch``: compile again, and run again, whenever a source changes."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lisptorch_compile.commands.building import build_command
from lisptorch_compile.commands.compiling import compile_command
from lisptorch_compile.commands.extras import say_missing
from lisptorch_compile.commands.status import CLEAN, IO_FAILED, SOURCE_ERRORS
from lisptorch_compile.tools.outputs import OutputRefused
from lisptorch_compile.tools.projects.settings import (
    ProjectError,
    has_settings,
    read_project,
)
from lisptorch_compile.tools.sources import SUFFIXES, SourceError

if TYPE_CHECKING:
    from watchfiles import Change
    from watchfiles.run import CombinedProcess

#: Milliseconds: how long changes are gathered, and how often the system is asked.
_DEBOUNCE, _STEP = 200, 20

#: Milliseconds of quiet after which the watcher reports that nothing has changed.
_QUIET = 300

_Work = Callable[[], int]


@click.command("watch", context_settings={"allow_interspersed_args": False})
@click.option(
    "--run",
    is_flag=True,
    help="Run the FILE, and again after changes; what follows it are its arguments.",
)
@click.option("--prune", is_flag=True, help="Remove outputs whose source is gone.")
@click.argument("arguments", metavar="[FILE|DIR]…", nargs=-1, type=click.UNPROCESSED)
@click.pass_context
def watch_command(
    context: click.Context, run: bool, prune: bool, arguments: tuple[str, ...]
) -> int:
    """Compile again whenever a source changes.

    FILEs and DIRs are compiled as lisptorch compile does, or else the project of this folder
    as lisptorch build does. With --run and no project, nothing is written. Errors are shown,
    and wait for the next change. Ctrl-C ends it.
    """
    if not run and "-" in arguments:
        raise click.UsageError("the standard input never changes: give a file")
    script = _script(arguments) if run else None
    paths = [] if run else [Path(path) for path in arguments]
    work, roots = _work(context, paths, prune=prune, needed=not run)
    program = None
    if script is not None:
        program = _Program(script, arguments[1:])
        roots.append(script.parent)
    try:
        changes = _changes(roots)
    except ModuleNotFoundError:
        say_missing("watching needs watchfiles", "watch")
        return IO_FAILED
    try:
        next(changes)  # nothing yet: but what changes from now on will be noticed
        print(f"watching {', '.join(map(str, roots))}; Ctrl-C ends it", file=sys.stderr)
        _turn(work, program)
        for changed in filter(None, changes):
            print(f"changed: {', '.join(sorted(changed))}", file=sys.stderr)
            _turn(work, program)
    except KeyboardInterrupt:
        pass  # how it ends
    finally:
        if program is not None:
            program.stop()
    return CLEAN


def _script(arguments: tuple[str, ...]) -> Path:
    if not arguments:
        raise click.UsageError("--run needs a FILE to run")
    script = Path(arguments[0])
    if not script.is_file():
        raise click.UsageError(f"there is no file {script} to run")
    return script


def _work(
    context: click.Context, paths: list[Path], *, prune: bool, needed: bool
) -> tuple[_Work | None, list[Path]]:
    """Return what to do after a change, and the folders to look at."""
    if paths:
        roots = [path if path.is_dir() else path.parent for path in paths]
        return partial(context.invoke, compile_command, paths=tuple(paths)), roots
    if not needed and not has_settings(Path()):
        return None, []
    folder = read_project(None).folder
    build = partial(context.invoke, build_command, project=folder, prune=prune)
    return build, [folder]


def _turn(work: _Work | None, program: _Program | None) -> None:
    status = CLEAN if work is None else _status(work)
    sys.stdout.flush()
    if program is not None and status == CLEAN:
        program.start()


def _status(work: _Work) -> int:
    """Do the work; what would end another command only waits for the next change."""
    try:
        return work()
    except (ProjectError, SourceError, OutputRefused) as error:
        print(f"lisptorch: {error}", file=sys.stderr)
    except OSError as error:
        print(f"lisptorch: {error.filename}: {error.strerror}", file=sys.stderr)
    return SOURCE_ERRORS


class _Program:
    """A script that runs in a process of its own, one at a time."""

    def __init__(self, script: Path, arguments: tuple[str, ...]) -> None:
        run = (sys.executable, "-m", "lisptorch_compile", "run", str(script))
        self.command = shlex.join((*run, *arguments))
        self.process: CombinedProcess | None = None

    def start(self) -> None:
        """Run it, from its beginning if it is running."""
        from watchfiles.run import start_process

        self.stop()
        self.process = start_process(self.command, "command", (), {})

    def stop(self) -> None:
        """Interrupt it, and kill it if that does not end it."""
        if self.process is not None and self.process.is_alive():
            self.process.stop()


def _changes(roots: list[Path]) -> Iterator[set[str]]:
    """Return the names of sources that change below folders, set by set.

    A set is empty when nothing has changed for a while.
    """
    from watchfiles import DefaultFilter, watch

    class _Sources(DefaultFilter):
        def __call__(self, change: Change, path: str) -> bool:
            ours = path.endswith(SUFFIXES) or Path(path).name == "pyproject.toml"
            return ours and super().__call__(change, path)

    watched = watch(
        *dict.fromkeys(roots),
        watch_filter=_Sources(),
        debounce=_DEBOUNCE,
        step=_STEP,
        rust_timeout=_QUIET,
        yield_on_timeout=True,
    )
    return ({_shown(path) for _, path in changed} for changed in watched)


def _shown(path: str) -> str:
    here = Path.cwd()
    return str(
        Path(path).relative_to(here) if Path(path).is_relative_to(here) else path
    )
