"""The files that a program ``load``s, for the compiler."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from lisptorch_compile.diagnostics import Source
from lisptorch_compile.program_files import Find, SourceFile
from lisptorch_compile.tools.sources import SUFFIXES, is_file, python_name, read_source


def source_file(
    path: Path, folder: Path | None = None, text: str | None = None
) -> SourceFile:
    """Return the file ``path``, to be compiled with the files that it loads.

    Paths are relative to the folder of the file that loads. Modules are imported from
    ``folder``, by default the one in which the outermost package of ``path`` stands:
    ``lib/my-tools.lsp`` as ``lib.my_tools``. A ``text`` that is given stands for what the
    file holds.

    Raises:
        SourceError: the file cannot be read.
    """
    root = import_folder(path) if folder is None else folder
    module = _module_name(path, root) or python_name(path).removesuffix(".py")
    if text is not None:
        source = Source.of(text, str(path))
        return SourceFile(source, module, finder(path, root))
    return _file(path, module, root, read_source)


def import_folder(path: Path) -> Path:
    """Return the folder that has to be on Python's path to import a file.

    That is its own, unless it is a part of a package.
    """
    *_, last = package_marks(path)
    return last.parent


def package_marks(path: Path) -> Iterator[Path]:
    """Yield the files that tell of which packages a file is a part, up to the first one
    that is not there."""
    for folder in Path(os.path.abspath(path)).parents:
        marks = [folder / f"__init__{suffix}" for suffix in (".py", *SUFFIXES)]
        mark = next((mark for mark in marks if is_file(mark)), None)
        yield marks[0] if mark is None else mark
        if mark is None:
            return


def finder(path: Path, root: Path, read: Callable[[Path], str] = read_source) -> Find:
    """Return what finds the files that ``path`` loads."""

    def find(written: str) -> SourceFile | None:
        """Return a loaded file, None where there is none."""
        target = Path(os.path.normpath(path.parent / written))
        if not is_file(target):
            return None
        return _file(target, _module_name(target, root), root, read)

    return find


def _file(
    path: Path, module: str, root: Path, read: Callable[[Path], str]
) -> SourceFile:
    source = Source.of(read(path), str(path))
    return SourceFile(source, module, finder(path, root, read))


def _module_name(path: Path, root: Path) -> str:
    """Return the Python name of a file, empty where Python would not import it: it is not
    below the folder ``root``, or a module of Python has the name."""
    relative = Path(os.path.relpath(path, root))
    parts = [*relative.parts[:-1], python_name(path).removesuffix(".py")]
    if len(parts) > 1 and parts[-1] == "__init__":
        parts.pop()  # the file is its package
    fits = all(part.isidentifier() for part in parts)
    return ".".join(parts) if fits and parts[0] not in sys.stdlib_module_names else ""
