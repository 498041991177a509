"""Building a project: everything that is stale is compiled, then written if all is well."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lisptorch_compile.diagnostics import Diagnostic, Severity, Source
from lisptorch_compile.tools.outputs import refuse_foreign, refuse_special_files
from lisptorch_compile.tools.projects.layout import Layout, layout_of
from lisptorch_compile.tools.projects.record import (
    Entry,
    content_hash,
    read_record,
    stale_sources,
    write_record,
)
from lisptorch_compile.tools.projects.settings import Project, ProjectError
from lisptorch_compile.tools.sources import read_source

if TYPE_CHECKING:
    from lisptorch_compile.pipeline import Compiled
    from lisptorch_compile.tools.projects.work import CompiledProgram
    from lisptorch_compile.tools.writing import Output

Problem = tuple[Source, Diagnostic]

_ADVICE = "move it away, or choose another `output` in pyproject.toml"


@dataclass(frozen=True, slots=True)
class Build:
    """A project whose stale sources were compiled, and nothing written yet.

    ``base`` is the folder as diagnostics and outputs call it; ``outputs`` has what the
    sources became, ``kept`` what is true of the others.
    """

    project: Project
    base: Path
    layout: Layout
    problems: tuple[Problem, ...]
    outputs: dict[str, Output]
    made: dict[str, Entry]
    kept: dict[str, Entry]

    @property
    def fails(self) -> bool:
        """Whether a problem stops the build."""
        severities = {problem.severity for _, problem in self.problems}
        strict = self.project.settings.warnings_as_errors
        return Severity.ERROR in severities or (strict and bool(severities))

    def stale(self) -> list[Path]:
        """Return the outputs that are missing, or differ from what they should be."""
        return [o.python_path for _, o in sorted(self.outputs.items()) if o.is_stale]

    def write(self) -> None:
        """Write all outputs, each complete or not at all, and remember them.

        Raises:
            OutputRefused: somebody else's file or a symbolic link stands where an output
                belongs; nothing is written.
            OSError: writing failed; each older file is what it was, or replaced whole.
        """
        if not self.outputs:
            return
        from lisptorch_compile.tools.writing import write_output

        folder, settings = self.project.folder, self.project.settings
        for output in self.outputs.values():
            refuse_special_files(output.python_path, output.map_path, advice=_ADVICE)
            refuse_foreign(output.python_path, advice=_ADVICE)
        for _, output in sorted(self.outputs.items()):
            write_output(output)
        write_record(folder, settings, self.kept | self.made)


def build(project: Project, *, processes: int, anew: bool = False) -> Build:
    """Compile what is stale of a project; ``anew``: everything, whatever stands there.

    Raises:
        ProjectError: the project is not one that can be built.
        SourceError: a source cannot be read.
    """
    folder, settings = project.folder, project.settings
    layout = layout_of(project)
    entries = {} if anew else read_record(folder, settings)
    stale = stale_sources(folder, layout.targets, entries)
    work = _Work(project, layout, entries)
    compiled = work.compiled(stale, processes) if stale else []
    return work.build(compiled)


class _Work:
    """The sources of a project under the names by which diagnostics call them."""

    def __init__(
        self, project: Project, layout: Layout, entries: Mapping[str, Entry]
    ) -> None:
        self.project = project
        self.layout = layout
        self.entries = entries
        self.base = _shown(project.folder)
        self.sources = {self.base / t.source: t.source for t in layout.targets}
        self.outputs = {t.source: self.base / t.output for t in layout.targets}

    def compiled(self, stale: Iterable[str], processes: int) -> list[CompiledProgram]:
        """Compile the programs that stale sources belong to."""
        # the compiler, only when it is needed
        from lisptorch_compile.catalogue.model import Arithmetic
        from lisptorch_compile.pipeline import Options
        from lisptorch_compile.tools.projects import work

        settings = self.project.settings
        options = Options(
            format=settings.format,
            self_check=not settings.fast,
            numbers=Arithmetic(settings.numbers),
        )
        wanted = [self.base / source for source in stale]
        groups = work.together(wanted, self._connections())
        self._refuse_unlisted(groups)
        return work.compile_programs(groups, options, processes)

    def _connections(self) -> dict[Path, set[Path]]:
        """Return for every source those that it had to do with at the last build."""
        connected: dict[Path, set[Path]] = {path: set() for path in self.sources}
        for path, source in self.sources.items():
            if source in self.entries:
                entry = self.entries[source]
                for name in (*entry.program, *entry.searched):
                    other = self.base / name
                    if other in connected:
                        connected[path].add(other)
                        connected[other].add(path)
        return connected

    def build(self, programs: Sequence[CompiledProgram]) -> Build:
        """Return the build of what was compiled and what needed not be."""
        files = [(file, program) for program in programs for file in program.files]
        outputs, made = self._made(files) if files else ({}, {})
        done = {self._source(compiled.source) for compiled, _ in files}
        kept = {s: self.entries[s] for s in self.outputs.keys() - done}
        problems = self._problems([compiled for compiled, _ in files], kept)
        return Build(
            self.project, self.base, self.layout, problems, outputs, made, kept
        )

    def _made(
        self, files: Iterable[tuple[Compiled, CompiledProgram]]
    ) -> tuple[dict[str, Output], dict[str, Entry]]:
        """Return what sources without errors became, and what to remember of it."""
        from lisptorch_compile.tools.writing import output_of

        outputs, made = {}, {}
        for compiled, program in files:
            if compiled.python is not None:
                source = self._source(compiled.source)
                outputs[source] = output_of(compiled, self.outputs[source])
                made[source] = self._entry(outputs[source], compiled, program)
        return outputs, made

    def _entry(
        self, output: Output, compiled: Compiled, program: CompiledProgram
    ) -> Entry:
        return Entry(
            self._inside(output.python_path),
            content_hash(Path(compiled.source.filename)) or "",
            hashlib.sha256(output.python).hexdigest(),
            hashlib.sha256(output.map).hexdigest(),
            tuple(sorted(self._source(other) for other in compiled.joined)),
            {self._inside(p): there for p, there in sorted(program.searched.items())},
            compiled.diagnostics,
        )

    def _source(self, source: Source) -> str:
        return self.sources[Path(source.filename)]

    def _inside(self, path: Path) -> str:
        return Path(os.path.relpath(path, self.base)).as_posix()

    def _problems(
        self, compiled: Iterable[Compiled], kept: Mapping[str, Entry]
    ) -> tuple[Problem, ...]:
        found = [(c.source, d) for c in compiled for d in c.diagnostics]
        for name, entry in kept.items():
            if entry.warnings:
                path = self.base / name
                source = Source.of(read_source(path), str(path))
                found += [(source, warning) for warning in entry.warnings]
        found.sort(key=lambda problem: (problem[0].filename, problem[1].span.start))
        return tuple(found)

    def _refuse_unlisted(self, groups: Iterable[tuple[Path, ...]]) -> None:
        """Refuse programs of which a file would be missing when they run."""
        for group in groups:
            for path in group:
                if path not in self.sources:
                    others = ", ".join(str(p) for p in group if p in self.sources)
                    raise ProjectError(
                        f"{path} is loaded by the program of {others}, but is none of "
                        "the sources of the project: add it to `sources`"
                    )


def _shown(folder: Path) -> Path:
    """Return a folder as diagnostics call it: from the current one, if it lies below.

    The depth of every source grows by the same number, so that outputs do not depend on it.
    """
    absolute = Path(os.path.abspath(folder))
    here = Path.cwd()
    return absolute.relative_to(here) if absolute.is_relative_to(here) else absolute
