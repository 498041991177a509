"""The names of the files that a program ``load``s, for the analyzer."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from lisptorch_compile.analyzer import LoadedNames, analyze, exported_names
from lisptorch_compile.diagnostics import Source
from lisptorch_compile.expander import expand
from lisptorch_compile.pipeline import Loader
from lisptorch_compile.reader import read
from lisptorch_compile.tools.sources import SourceError, python_name, read_source


def names_beside(source: Path) -> Loader:
    """Return what finds the names of the files that ``source`` loads.

    Paths are relative to the folder of the file that loads; from there the module is
    imported, ``lib/my-tools.lsp`` as ``lib.my_tools``.
    """
    return _Loads(source.resolve(), ()).names


class _Loads:
    """The loads of one file; ``waiting`` are the files whose loads led to it."""

    def __init__(self, source: Path, waiting: tuple[Path, ...]) -> None:
        self.folder = source.parent
        self.waiting = (*waiting, source)

    def names(self, path: str) -> LoadedNames | None:
        """Return the names of the file ``path``, None when there is none to import.

        Raises:
            SourceError: the file cannot be read, or the files load each other.
        """
        target = (self.folder / path).resolve()
        module = _module_name(path)
        if module is None or not target.is_file():
            return None
        if target in self.waiting:
            raise SourceError(f"{self.waiting[-1]} and {target} load each other")
        source = Source.of(read_source(target), str(target))
        result = read(source)
        forms, _ = expand(result.forms)
        deeper = _Loads(target, self.waiting)
        program, _ = analyze(forms, result.comments, source, load=deeper.names)
        return exported_names(program, module)


def _module_name(path: str) -> str | None:
    """Return the Python name of a file below the folder of the file that loads it."""
    relative = PurePosixPath(path)
    parts = [*relative.parts[:-1], python_name(Path(path)).removesuffix(".py")]
    return ".".join(parts) if all(part.isidentifier() for part in parts) else None
