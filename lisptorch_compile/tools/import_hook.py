"""``import train`` for a ``train.lsp``, and loading a LispE file by its path."""

from __future__ import annotations

import importlib.abc
import importlib.util
import os
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from types import CodeType, ModuleType
from typing import TYPE_CHECKING

from lisptorch_compile.tools.bytecode import Unit, keep_program, kept_program
from lisptorch_compile.tools.inspecting import show_lisp_sources, show_python_sources
from lisptorch_compile.tools.outputs import is_fresh, is_ours
from lisptorch_compile.tools.sources import (
    SUFFIXES,
    SourceError,
    is_file,
    python_name,
    read_content,
    read_source,
)
from lisptorch_compile.tools.uncaught import show_lisp_lines, show_python_only

if TYPE_CHECKING:
    from lisptorch_compile.pipeline import Compiled


def install_import_hook() -> ImportHook:
    """Let ``import name`` find ``name.lsp``; return the hook, to ``remove`` it again.

    A Python file of the same name that we did not write, or that is up to date, wins.
    An error that nobody catches shows its line of LispE first. Asked for twice, there is
    still one hook.
    """
    show_lisp_lines()
    show_lisp_sources()
    for finder in sys.meta_path:
        if isinstance(finder, ImportHook):
            return finder
    hook = ImportHook()
    sys.meta_path.insert(_before_path_finder(), hook)
    return hook


def load(path: str | os.PathLike[str], *, numbers: str = "python") -> ModuleType:
    """Compile and run a LispE file; return it as a new module.

    Each call runs the file again. The files that it loads are found beside it.

    Args:
        path: the source.
        numbers: ``"lispe"`` lets an integer cut a real on its right, as in LispE; such
            code is not kept beside the file.

    Raises:
        CompileError: the source has errors.
        SourceError: it cannot be read.
    """
    source = Path(path)
    name = python_name(source).removesuffix(".py")
    install_import_hook()
    spec = _spec(name, source, numbers=numbers)
    module = importlib.util.module_from_spec(spec)
    folder = str(source.resolve().parent)
    sys.path.insert(0, folder)
    known = sys.modules.get(name)
    sys.modules[name] = module  # where the files that it loads look for it
    try:
        assert spec.loader is not None  # `_spec` gives one
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(folder)
        del sys.modules[name]
        if known is not None:
            sys.modules[name] = known
    return module


def find_program(name: str) -> ModuleSpec:
    """Return the module that ``python -m name`` would run, from the current folder on: one
    of LispE has a ``LispLoader``.

    Raises:
        SourceError: there is none.
    """
    sys.path.insert(0, os.getcwd())
    install_import_hook()
    try:
        spec = importlib.util.find_spec(name)
        if spec is not None and spec.submodule_search_locations is not None:
            name = f"{name}.__main__"
            spec = importlib.util.find_spec(name)
    except ModuleNotFoundError as error:
        raise SourceError(f"no module named {error.name}") from error
    if spec is None:
        raise SourceError(f"no module named {name}")
    return spec


class ImportHook(importlib.abc.MetaPathFinder):
    """Finds modules whose source is a LispE file.

    ``prepared`` are the files that were compiled as a part of a program, by their absolute
    paths: each is used once, and only if it still is what was compiled.
    """

    def __init__(self) -> None:
        self.prepared: dict[Path, Unit] = {}

    def prepare(self, files: Sequence[Compiled]) -> None:
        """Keep the code of the files of a program for when it loads them.

        Raises:
            CompileError: one has errors.
        """
        self.prepare_units([_unit(compiled) for compiled in files])

    def prepare_units(self, units: Sequence[Unit]) -> None:
        """Keep code that is there already."""
        for unit in units:
            self.prepared[Path(unit.path).resolve()] = unit

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,
        target: ModuleType | None = None,
    ) -> ModuleSpec | None:
        """Return how to load ``fullname`` if it is ours to load."""
        name = fullname.rpartition(".")[2]
        folders = sys.path if path is None else list(path)
        for index, folder in enumerate(folders):
            source = _source_of(name, Path(os.path.abspath(folder or os.curdir)))
            if source is not None:
                earlier = folders[:index]
                return self._claim(fullname, source, earlier)
        return None

    def remove(self) -> None:
        """Take the hook away; modules that were imported stay."""
        show_python_only()
        show_python_sources()
        if self in sys.meta_path:
            sys.meta_path.remove(self)

    def _claim(
        self, fullname: str, source: Path, earlier: Sequence[str]
    ) -> ModuleSpec | None:
        """Return the spec of ``source`` unless Python finds the name before it."""
        if earlier and PathFinder.find_spec(fullname, list(earlier)) is not None:
            return None
        unit = self.prepared.pop(source.resolve(), None)
        if unit is not None and unit.is_fresh:
            return _spec(fullname, source, unit.code)
        return None if _python_wins(source) else _spec(fullname, source)


class LispLoader(importlib.abc.InspectLoader):
    """Loads a LispE file as a Python module with positions in the LispE text."""

    def __init__(
        self, source: Path, code: CodeType | None = None, numbers: str = "python"
    ) -> None:
        self.source = source
        self.code = code
        self.numbers = numbers

    def get_source(self, fullname: str) -> str:
        """Return the LispE text, for tracebacks and ``inspect``."""
        return read_source(self.source)

    def get_code(self, fullname: str) -> CodeType:
        """Return the code: kept from an earlier import, or compiled with all that the
        file loads.

        Raises:
            CompileError: there are errors.
        """
        if self.code is not None:
            return self.code
        *loaded, main = self._units(self.import_folder(fullname))
        install_import_hook().prepare_units(loaded)
        return main.code

    def import_folder(self, fullname: str) -> Path:
        """Return the folder on Python's path below which the file was found."""
        depth = fullname.count(".") + self.is_package(fullname)
        return self.source.parents[depth]

    def _units(self, folder: Path) -> list[Unit]:
        if self.numbers != "python":
            return _compiled_program(self.source, folder, self.numbers)
        units = kept_program(self.source, folder)
        if units is None:
            units = _compiled_program(self.source, folder, self.numbers)
            keep_program(self.source, folder, units)
        else:
            for unit in units:
                unit.remember_lines()
        return units

    def is_package(self, fullname: str) -> bool:
        """Whether the file is that of a package: ``__init__.lsp``."""
        return self.source.stem == "__init__"


def _compiled_program(source: Path, folder: Path, numbers: str) -> list[Unit]:
    """Compile a file and what it loads, the file itself last; ``folder`` is where Python
    looks for modules."""
    # the compiler, only when needed
    from lisptorch_compile.catalogue.model import Arithmetic
    from lisptorch_compile.pipeline import Options
    from lisptorch_compile.tools.writing import compile_paths

    meaning = Arithmetic(numbers)
    options = Options(format=False, self_check=False, numbers=meaning)
    return [
        _unit(file)
        for file in compile_paths([source], options, tree=True, folder=folder)
    ]


def _unit(compiled: Compiled) -> Unit:
    from lisptorch_compile.tools.programs import code_of

    path = os.path.abspath(compiled.source.filename)
    return Unit(path, compiled.source.text.encode(), code_of(compiled))


def _spec(
    fullname: str,
    source: Path,
    code: CodeType | None = None,
    *,
    numbers: str = "python",
) -> ModuleSpec:
    loader = LispLoader(source, code, numbers)
    spec = importlib.util.spec_from_file_location(fullname, source, loader=loader)
    assert spec is not None  # a loader was given
    return spec


def _source_of(name: str, folder: Path) -> Path | None:
    """Return the LispE file in ``folder`` for the module ``name``."""
    stems = [f"{name}/__init__", name]
    if "_" in name:
        stems.append(name.replace("_", "-"))
    for stem in stems:
        for suffix in SUFFIXES:
            source = folder / (stem + suffix)
            if is_file(source):
                return source
    return None


def _python_wins(source: Path) -> bool:
    python = source.with_name(python_name(source))
    try:
        content = read_content(python)
    except OSError:
        return False
    return not is_ours(content) or is_fresh(python, source)


def _before_path_finder() -> int:
    """Return where to stand: behind built-in modules, before files are looked for."""
    for index, finder in enumerate(sys.meta_path):
        if finder is PathFinder:
            return index
    return len(sys.meta_path)
