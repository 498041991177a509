"""From a save to the Python that it becomes, under ``lisptorch watch``."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from time import perf_counter, sleep

from benchmarks.pairing import Ratio, compared

_FILES = 20
_LIMIT = 150.0  # milliseconds


def ratios() -> Iterator[Ratio]:
    """Yield the time until one changed file of a project is compiled."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        settings = '[tool.lisptorch]\nsources = ["src"]\n'
        (folder / "pyproject.toml").write_text(settings, encoding="utf-8")
        (folder / "src").mkdir()
        for number in range(_FILES):
            _write(folder, number, version=0)
        command = [sys.executable, "-u", "-m", "lisptorch_compile", "watch"]
        root = str(Path(__file__).parents[1])
        process = subprocess.Popen(
            command,
            cwd=folder,
            env={"PYTHONPATH": root},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        try:
            versions = count(1)
            _wait(process, "unchanged")
            yield compared(
                f"save 1 of {_FILES} files, watched : 150 ms",
                lambda: _milliseconds(process, folder, next(versions)),
                lambda: _LIMIT,
                limit=1,
            )
        finally:
            process.kill()
            process.wait()


def _write(folder: Path, number: int, version: int) -> None:
    text = "".join(f"(defun f_{i} (x) (+ (* x {version}) {i}))\n" for i in range(20))
    source = folder / "src" / f"module_{number}.lsp"
    source.write_text(text, encoding="utf-8")


def _milliseconds(process: subprocess.Popen[str], folder: Path, version: int) -> float:
    sleep(0.1)  # what was written last is no part of this change
    start = perf_counter()
    _write(folder, 7, version)
    _wait(process, "unchanged")
    return (perf_counter() - start) * 1000


def _wait(process: subprocess.Popen[str], text: str) -> None:
    assert process.stdout is not None
    while text not in process.stdout.readline():
        assert process.poll() is None
