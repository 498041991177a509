"""Bundles: a program, the runtime and nothing else in one file that Python runs.

The archives are those of ``zipapp``. Their bytes depend on what is in them alone.
"""

from __future__ import annotations

import ast
import io
import os
import shutil
import stat
import time
import zipapp
import zipfile
from collections.abc import Iterable
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory

from lisptorch_compile.api import python_of
from lisptorch_compile.pipeline import Compiled
from lisptorch_compile.tools.outputs import (
    OutputRefused,
    refuse_special_files,
    write_atomically,
)
from lisptorch_compile.tools.sources import python_name

_PACKAGE = "lisptorch_compile"
_RUNTIME = f"{_PACKAGE}.runtime"
_PARSER = "lark"  # what the compiler needs besides itself, when it formats nothing
_MARK = f"{_PACKAGE}/runtime/__init__.py"
_FIRST_DAY = (1980, 1, 1, 0, 0, 0, 0, 1, -1)  # the first that archives know
_INTERPRETER = "/usr/bin/env python3"


def bundle_of(program: Iterable[Compiled], interpreter: str = _INTERPRETER) -> bytes:
    """Return the archive of a program, whose last file is the one to run.

    Modules are imported from its folder. The compiler goes along where the program
    evaluates code.

    Raises:
        CompileError: a file has errors.
    """
    *loaded, main = program
    folder = Path(main.source.filename).parent
    files = {"__main__.py": python_of(main)}
    for compiled in loaded:
        path = Path(os.path.relpath(compiled.source.filename, folder))
        files[path.with_name(python_name(path)).as_posix()] = python_of(compiled)
    with TemporaryDirectory(prefix="lisptorch-") as name:
        stage = Path(name)
        for path_in_archive, text in files.items():
            target = stage / path_in_archive
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(text.encode())
        _copy_packages(stage, evaluates=any(map(_evaluates, files.values())))
        return _archive(stage, interpreter)


def write_bundle(archive: bytes, path: Path, *, force: bool = False) -> None:
    """Write a bundle whole or not at all, as a file that may be executed.

    Raises:
        OutputRefused: a file stands there that is no bundle (and not ``force``), or a
            symbolic link.
    """
    refuse_special_files(path)
    if path.exists() and not force and not _is_bundle(path):
        raise OutputRefused(
            f"{path} is no bundle of lisptorch: use -o, or --force to replace it"
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, archive)
    path.chmod(path.stat().st_mode | stat.S_IEXEC)


def _is_bundle(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return _MARK in archive.namelist()
    except zipfile.BadZipFile:
        return False


def _evaluates(python: str) -> bool:
    """Whether a program asks for the compiler."""
    for node in ast.walk(ast.parse(python)):
        match node:
            case ast.ImportFrom(module=str(module)):
                names = [module]
            case ast.Import():
                names = [alias.name for alias in node.names]
            case _:
                continue
        for name in names:
            if name.partition(".")[0] == _PACKAGE and not name.startswith(_RUNTIME):
                return True
    return False


def _copy_packages(stage: Path, *, evaluates: bool) -> None:
    if evaluates:
        _copy(_PACKAGE, stage)
        _copy(_PARSER, stage)
        return
    _copy(_RUNTIME, stage)
    package = resources.files(_PACKAGE).joinpath("__init__.py")
    (stage / _PACKAGE / "__init__.py").write_bytes(package.read_bytes())


def _copy(package: str, stage: Path) -> None:
    place = stage.joinpath(*package.split("."))
    caches = shutil.ignore_patterns("__pycache__")
    with resources.as_file(resources.files(package)) as folder:
        try:
            shutil.copytree(folder, place, ignore=caches)
        except shutil.Error as error:  # it names each of some hundred files
            _, _, reason = error.args[0][0]
            raise OSError(reason) from error


def _archive(stage: Path, interpreter: str) -> bytes:
    day = time.mktime(_FIRST_DAY)
    for path in stage.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
        os.utime(path, (day, day))
    archive = io.BytesIO()
    zipapp.create_archive(stage, archive, interpreter, compressed=True)
    return archive.getvalue()
