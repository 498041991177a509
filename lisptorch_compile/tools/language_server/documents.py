"""The texts of an editor, each with its analysis, and the files of their folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from textwrap import dedent

from pygls.uris import from_fs_path, to_fs_path
from pygls.workspace import Workspace

from lisptorch_compile.diagnostics import Source, Span
from lisptorch_compile.pipeline import Options, compile_text
from lisptorch_compile.program_files import Find, SourceFile, find_nothing
from lisptorch_compile.tools.loading import finder, import_folder
from lisptorch_compile.tools.services import (
    Analysis,
    Diagnoser,
    Location,
    definition,
    is_global,
    references,
)
from lisptorch_compile.tools.services.occurrences import occurrences
from lisptorch_compile.tools.sources import SourceError, read_source, sources_below

#: Files of a folder in which a name of the program is looked for.
MAX_FILES = 500


class Document:
    """A text, open in the editor or a file beside it."""

    def __init__(self, filename: str, find: Find) -> None:
        self.filename = filename
        self._diagnoser = Diagnoser(filename, find)
        self._python: tuple[Analysis, dict[int, Span], list[str]] | None = None

    def analysis(self, text: str) -> Analysis:
        """Return the analysis of the text as it is now."""
        return self._diagnoser.update(text)

    def loads(self, filename: str) -> bool:
        """Whether the text, as it was analyzed last, loads a file."""
        last = self._diagnoser.last
        return last is not None and any(file.name == filename for file in last.loaded)

    def forget(self) -> None:
        """A file that the text loads has changed."""
        self._diagnoser.forget()

    def python_at(self, analysis: Analysis, offset: int) -> str:
        """Return the lines of Python that the innermost statement around an offset becomes,
        empty while the text has errors."""
        if self._python is None or self._python[0] is not analysis:
            self._python = (analysis, *_compiled(analysis))
        _, spans, lines = self._python
        around = [span for span in spans.values() if span.start <= offset < span.end]
        if not around:
            return ""
        inner = min(around, key=lambda span: span.end - span.start)
        numbers = [n for n, span in spans.items() if _holds(inner, span)]
        return dedent("\n".join(lines[min(numbers) - 1 : max(numbers)]))


def _holds(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _compiled(analysis: Analysis) -> tuple[dict[int, Span], list[str]]:
    """Return the spans of the lines of the compiled text, and these."""
    file = analysis.file.file
    compiled = compile_text(
        analysis.text,
        filename=analysis.source.filename,
        find=file.find,
        options=Options(format=False, self_check=True),
    )
    if compiled.python is None or compiled.mapping is None:
        return {}, []
    places: dict[str, list[int]] = compiled.mapping["lines"]
    spans = {int(number): analysis.source.span(*p) for number, p in places.items()}
    return spans, compiled.python.splitlines()


class Documents:
    """All texts that the server knows of."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self._documents: dict[str, Document] = {}

    def document(self, uri: str) -> Document:
        """Return a document by its address."""
        known = self._documents.get(uri)
        if known is None:
            known = self._documents[uri] = self._made(uri)
        return known

    def analysis(self, uri: str) -> Analysis:
        """Return the analysis of a document as it is in the editor, or on the disk."""
        text: str = self.workspace.get_text_document(uri).source
        return self.document(uri).analysis(text)

    def close(self, uri: str) -> None:
        """Forget a document."""
        self._documents.pop(uri, None)

    def changed(self, uri: str) -> list[str]:
        """Note a new text; return the open documents that load it."""
        filename = self.document(uri).filename
        others = [known for known in self.workspace.text_documents if known != uri]
        loaders = [other for other in others if self.document(other).loads(filename)]
        for loader in loaders:
            self.document(loader).forget()
        return loaders

    def uses(self, uri: str, offset: int) -> Iterator[tuple[str, Source, list[Span]]]:
        """Yield the places, in all files of the program, of the name at an offset.

        A name of the program may stand in every file of the folders that are open.
        """
        analysis = self.analysis(uri)
        target = definition(analysis, offset)
        if target is None:
            return
        yield uri, analysis.source, list(references(analysis, offset))
        for other in self._neighbours(uri) if is_global(analysis, offset) else ():
            try:
                found = self.analysis(other)
            except (SourceError, OSError, UnicodeDecodeError):
                continue  # not a text
            spans = _places_of(found, target)
            if spans:
                yield other, found.source, spans

    def _made(self, uri: str) -> Document:
        name = to_fs_path(uri)
        if name is None or not uri.startswith("file:"):
            return Document(uri, find_nothing)
        path = Path(name)
        find = finder(path, import_folder(path), self._text)
        return Document(name, self._find(find))

    def _find(self, find: Find) -> Find:
        def found(written: str) -> SourceFile | None:
            """Return a loaded file, None where there is none that can be read."""
            try:
                return find(written)
            except SourceError:
                return None

        return found

    def _text(self, path: Path) -> str:
        """Return the text of a file as it stands in the editor, or else on the disk."""
        known = self.workspace.text_documents.get(from_fs_path(str(path)) or "")
        text: str = read_source(path) if known is None else known.source
        return text

    def _neighbours(self, uri: str) -> list[str]:
        """Return the other files that are open, or in a folder that is."""
        found = set(self.workspace.text_documents)
        for folder in self.workspace.folders.values():
            path = to_fs_path(folder.uri)
            with suppress(SourceError):  # a folder without LispE
                sources = sources_below(Path(path)) if path else ()
                uris = [from_fs_path(str(source)) for source in sources]
                found |= {each for each in uris[:MAX_FILES] if each is not None}
        return sorted(found - {uri})


def _places_of(analysis: Analysis, target: Location) -> list[Span]:
    """Return where a text names what is defined at a place."""
    return [
        each.span
        for each in occurrences(analysis)
        if each.binding.span == target.span
        and analysis.file_of(each.binding).name == target.source.filename
    ]
