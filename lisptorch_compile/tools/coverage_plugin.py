"""Coverage of LispE files, by coverage.py::

    [tool.coverage.run]
    plugins = ["lisptorch_compile.tools.coverage_plugin"]

It counts the lines of ``.lsp`` files that are imported, or run by ``lisptorch run``. Python
files that we wrote are Python: coverage.py counts them without help.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from types import CodeType
from typing import Any

from coverage import CoveragePlugin, FileReporter, FileTracer
from coverage.plugin_support import Plugins

from lisptorch_compile.tools.import_hook import LispLoader
from lisptorch_compile.tools.loading import import_folder
from lisptorch_compile.tools.sources import (
    SUFFIXES,
    SourceError,
    read_source,
    sources_below,
)


def coverage_init(plugins: Plugins, options: dict[str, Any]) -> None:
    """Register the plugin: coverage.py calls this."""
    plugins.add_file_tracer(LispCoverage())


class LispCoverage(CoveragePlugin):
    """Tells coverage.py of the files that are ours to count."""

    def file_tracer(self, filename: str) -> FileTracer | None:
        """Return who says which lines ran; None where the file is not LispE."""
        is_ours = filename.endswith(SUFFIXES) and Path(filename).is_file()
        return _Tracer(filename) if is_ours else None

    def file_reporter(self, filename: str) -> FileReporter:
        """Return who says which lines there are."""
        return _Reporter(filename)

    def find_executable_files(self, src_dir: str) -> Iterable[str]:
        """Yield the sources below a folder, so that those that never ran count, too."""
        with suppress(SourceError):  # a folder without any
            yield from map(str, sources_below(Path(src_dir)))


class _Tracer(FileTracer):
    def __init__(self, filename: str) -> None:
        self.filename = filename

    def source_filename(self) -> str:
        return self.filename


class _Reporter(FileReporter):
    def source(self) -> str:
        return read_source(Path(self.filename))

    def lines(self) -> set[int]:
        """Return the lines on which there is code.

        Raises:
            CompileError: the file has errors.
        """
        path = Path(self.filename)
        relative = path.relative_to(import_folder(path)).with_suffix("")
        code = LispLoader(path).get_code(".".join(relative.parts))
        return {line for part in _parts(code) for *_, line in part.co_lines() if line}


def _parts(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _parts(constant)
