"""Compiling the programs of a project, several at a time.

A program is what has to be compiled together: the files that loads connect.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import active_children
from pathlib import Path

from lisptorch_compile.pipeline import Compiled, Options, compile_files
from lisptorch_compile.program_files import SourceFile, programs, read_files
from lisptorch_compile.tools.loading import package_marks, source_file
from lisptorch_compile.tools.writing import shallow_first

#: Sources of this many bytes in all are compiled before other processes have started.
_SMALL = 50_000


@dataclass(frozen=True, slots=True)
class CompiledProgram:
    """The files of a program; ``searched`` tells of the files that its loads name, and of
    those that mark packages, whether they are there."""

    files: tuple[Compiled, ...]
    searched: dict[Path, bool]


def together(
    sources: Iterable[Path], project: Mapping[Path, Iterable[Path]]
) -> list[tuple[Path, ...]]:
    """Return the programs that ``sources`` belong to, whole.

    They are what they would be if all files of the project were read: those that a file
    loads, and those that load it, are read with it.

    Args:
        sources: files that are to be compiled.
        project: all files, and those that each was connected with the last time.

    Raises:
        SourceError: a file cannot be read.
    """
    wanted = set(sources)
    loaded: set[Path] = set()
    while True:
        reading = {p for p in wanted if p in loaded or b"load" in p.read_bytes()}
        files = read_files([source_file(path) for path in _ordered(reading)])
        names = {Path(name) for file in files for name in file.loads.values()}
        loaded |= names & project.keys()
        reached = {other for path in wanted for other in project[path]}
        if reached <= wanted and loaded <= reading:
            break
        wanted |= reached | loaded
    groups = [tuple([Path(file.name) for file in found]) for found in programs(files)]
    return [*groups, *[(path,) for path in sorted(wanted - reading)]]


def compile_programs(
    groups: Sequence[tuple[Path, ...]], options: Options, processes: int
) -> list[CompiledProgram]:
    """Compile programs, in at most so many processes; the results are in their order."""
    processes = min(processes, len(groups))
    size = sum(path.stat().st_size for group in groups for path in group)
    if processes <= 1 or size < _SMALL:
        return [_compile(group, options) for group in groups]
    with ProcessPoolExecutor(processes) as pool:
        chunk = max(1, len(groups) // (processes * 8))
        each = [options] * len(groups)
        try:
            with _interrupts_held():
                results = pool.map(_compile, groups, each, chunksize=chunk)
            return list(results)
        except KeyboardInterrupt:
            for process in active_children():  # nobody wants what they are at any more
                process.terminate()
            raise


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Hold interrupts back until processes have been started, and from these for good.

    A terminal sends Ctrl-C to all of them, but this one decides.
    """
    if not hasattr(signal, "pthread_sigmask"):  # on Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _ordered(sources: Iterable[Path]) -> list[Path]:
    return shallow_first(sorted(sources))


def _compile(group: tuple[Path, ...], options: Options) -> CompiledProgram:
    marks = {mark for path in group for mark in package_marks(path)}
    searched = {mark: mark.is_file() for mark in marks}
    files = [source_file(path) for path in _ordered(group)]
    noted = [_noting(file, searched) for file in files]
    return CompiledProgram(compile_files(noted, options=options), searched)


def _noting(file: SourceFile, searched: dict[Path, bool]) -> SourceFile:
    """Return a file that notes what is looked for when it is read."""
    folder = Path(file.source.filename).parent

    def find(path: str) -> SourceFile | None:
        found = file.find(path)
        searched[Path(os.path.normpath(folder / path))] = found is not None
        return None if found is None else _noting(found, searched)

    return SourceFile(file.source, file.module, find)
