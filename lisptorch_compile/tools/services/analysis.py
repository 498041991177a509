"""One text as the services see it: read, expanded and analyzed, whatever its faults."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from lisptorch_compile.analyzer import Surroundings
from lisptorch_compile.analyzer.hierarchy import Hierarchy
from lisptorch_compile.analyzer.regions import Region, RegionKind, Survey
from lisptorch_compile.diagnostics import Diagnostic, Source, Span
from lisptorch_compile.pipeline import analyze_text
from lisptorch_compile.program_files import AnalyzedFile, Find, find_nothing
from lisptorch_compile.reading_memory import ReadingMemory
from lisptorch_compile.scope import Binding


@dataclass(frozen=True, eq=False)
class Analysis:
    """A text and all that is known of it; made by ``analyzed``.

    ``loaded``: the files that it loads, analyzed too.
    """

    file: AnalyzedFile
    loaded: tuple[AnalyzedFile, ...] = ()

    @property
    def source(self) -> Source:
        return self.file.file.source

    @property
    def text(self) -> str:
        return self.source.text

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Everything wrong with the text, in source order."""
        return self.file.diagnostics

    @property
    def survey(self) -> Survey:
        """What the text defines, with the names of its loaded files."""
        return self.file.surveyed.survey

    @cached_property
    def hierarchy(self) -> Hierarchy:
        """The classes of the text and of its loaded files."""
        files = (*self.loaded, self.file)
        surveys = [file.surveyed.survey for file in files]
        return Hierarchy({n: c for one in surveys for n, c in one.classes.items()})

    @cached_property
    def foreign(self) -> dict[str, Binding]:
        """What the loaded files define, by name."""
        return {binding.name: binding for binding in self.file.program.foreign}

    def file_of(self, binding: Binding) -> AnalyzedFile:
        """Return the file in which a binding is defined."""
        module = self.file.program.foreign.get(binding)
        for file in self.loaded:
            if module is not None and file.file.module == module:
                return file
        return self.file

    def regions_around(self, opened: frozenset[int]) -> Iterator[Region]:
        """Yield the functions, lambdas and ``let``s whose brackets stand at the offsets
        ``opened``, innermost first."""
        regions = [r for r in self.survey.regions.values() if r.span.start in opened]
        yield from sorted(regions, key=lambda region: -region.span.start)


def analyzed(
    text: str,
    *,
    filename: str = "<string>",
    find: Find = find_nothing,
    within: Surroundings | None = None,
    memory: ReadingMemory | None = None,
) -> Analysis:
    """Return all that is known of a text; any text has an analysis.

    What is wrong in one top-level form hides nothing of the others.

    Args:
        text: the source as it stands in the editor.
        filename: what diagnostics call it.
        find: gives the files that it ``load``s (``tools.loading`` finds them on disk).
        within: the running program that the text is evaluated in, for a notebook.
        memory: what was read of an earlier version; ``Diagnoser`` takes care of it.
    """
    *loaded, file = analyze_text(
        text, filename=filename, find=find, within=within, memory=memory
    )
    return Analysis(file, tuple(loaded))


def visible_bindings(region: Region | None) -> Iterator[Binding]:
    """Yield the variables of a region and of those around it, innermost first."""
    while region is not None and region.kind is not RegionKind.FILE:
        yield from region.parameters.values()
        yield from region.locals.values()
        region = None if region.kind is RegionKind.FUNCTION else region.parent


def covers(span: Span, offset: int) -> bool:
    """Tell whether an offset lies in a span or just behind it, as a cursor does."""
    return span.start <= offset <= span.end
