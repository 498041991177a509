"""Builds of a project of 500 files: nothing has changed, or one file has."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from time import perf_counter

from benchmarks.pairing import Ratio, compared, paired

_FILES = 500
_HALF_A_SECOND = 500.0
_SETTINGS = '[tool.lisptorch]\nsources = ["src"]\noutput = "out"\n'


def ratios() -> Iterator[Ratio]:
    """Yield the build of an unchanged project, and that of one changed file."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "pyproject.toml").write_text(_SETTINGS, encoding="utf-8")
        (folder / "src").mkdir()
        for number in range(_FILES):
            _write(folder, number, version=0)
        _run("build", str(folder))
        yield compared(
            f"build {_FILES} unchanged files : half a second",
            lambda: _milliseconds(folder),
            lambda: _HALF_A_SECOND,
            limit=1,
        )
        versions = count(1)
        yield paired(
            f"build 1 changed file of {_FILES} : compile it",
            lambda: (_write(folder, 7, next(versions)), _run("build", str(folder))),
            lambda: _run("compile", str(folder / "src" / "module_8.lsp"), "--force"),
        )


def _write(folder: Path, number: int, version: int) -> None:
    functions = "".join(
        f"(defun function_{i} (x y) (if (> x y) (list x y {i}) (+ (* x {i}) y)))\n"
        for i in range(20)
    )
    text = f"; Module {number}.\n{functions}(setq answer (function_3 {version} 1))\n"
    source = folder / "src" / f"module_{number}.lsp"
    source.write_text(text, encoding="utf-8")


def _milliseconds(folder: Path) -> float:
    start = perf_counter()
    _run("build", str(folder))
    return (perf_counter() - start) * 1000


def _run(*arguments: str) -> None:
    command = [sys.executable, "-m", "lisptorch_compile", *arguments]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
