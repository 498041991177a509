"""The files that a program ``load``s, for the compiler."""

from __future__ import annotations

import os
from pathlib import Path

from lisptorch_compile.diagnostics import Source
from lisptorch_compile.program_files import SourceFile
from lisptorch_compile.tools.sources import python_name, read_source


def source_file(path: Path) -> SourceFile:
    """Return the file ``path``, to be compiled with the files that it loads.

    Paths are relative to the folder of the file that loads. Modules are imported from the
    folder of ``path``: ``lib/my-tools.lsp`` as ``lib.my_tools``.

    Raises:
        SourceError: the file cannot be read.
    """
    module = python_name(path).removesuffix(".py")
    return _file(path, module, path.parent)


def _file(path: Path, module: str, root: Path) -> SourceFile:
    def find(written: str) -> SourceFile | None:
        """Return a loaded file; None: there is none, or no module can be imported."""
        target = Path(os.path.normpath(path.parent / written))
        name = _module_name(target, root)
        if name is None or not target.is_file():
            return None
        return _file(target, name, root)

    return SourceFile(Source.of(read_source(path), str(path)), module, find)


def _module_name(path: Path, root: Path) -> str | None:
    """Return the Python name of a file below the folder ``root``."""
    relative = Path(os.path.relpath(path, root))
    parts = [*relative.parts[:-1], python_name(path).removesuffix(".py")]
    return ".".join(parts) if all(part.isidentifier() for part in parts) else None
