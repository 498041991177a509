"""Importing LispE modules whose bytecode is kept, against the Python they become."""

from __future__ import annotations

import importlib
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.pairing import Ratio, compared

_MODULES = 100
_PROGRAM = """
import importlib, sys
from time import perf_counter
import lisptorch_compile
from lisptorch_compile import runtime
lisptorch_compile.install_import_hook()
sys.path.insert(0, sys.argv[1])
start = perf_counter()
for number in range({modules}):
    importlib.import_module(f"module_{{number}}")
print((perf_counter() - start) * 1000)
"""


def ratios() -> Iterator[Ratio]:
    """Yield the import of all modules, each in a process that has none of them."""
    with tempfile.TemporaryDirectory() as name:
        lisp, python = Path(name, "lisp"), Path(name, "python")
        for number in range(_MODULES):
            _write(lisp, python, number)
        _milliseconds(lisp)  # compiled and kept
        _milliseconds(python)
        yield compared(
            f"import {_MODULES} kept .lsp : .py",
            lambda: _milliseconds(lisp),
            lambda: _milliseconds(python),
            limit=1.2,
        )


def _write(lisp: Path, python: Path, number: int) -> None:
    compiler = importlib.import_module("lisptorch_compile")
    functions = "".join(
        f"(defun function_{i} (x y) (if (> x y) (list x y {i}) (+ (* x {i}) y)))\n"
        for i in range(20)
    )
    text = f"; Module {number}.\n{functions}(setq answer (function_3 1 {number}))\n"
    for folder in (lisp, python):
        folder.mkdir(exist_ok=True)
    lisp.joinpath(f"module_{number}.lsp").write_text(text, encoding="utf-8")
    written = compiler.compile_source(text, format=False)
    python.joinpath(f"module_{number}.py").write_text(written, encoding="utf-8")


def _milliseconds(folder: Path) -> float:
    process = subprocess.run(
        [sys.executable, "-c", _PROGRAM.format(modules=_MODULES), str(folder)],
        check=True,
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(Path(__file__).parents[1])},
    )
    return float(process.stdout)
