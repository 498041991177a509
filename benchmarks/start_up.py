"""Cold starts of the command: against a bare Python, and in milliseconds."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.pairing import Ratio, paired

_TWENTY_LINES = "".join(
    f'(defun step_{number} (x) (+ (* x {number}) 1))\n(println "step" (step_{number} 2))\n'
    for number in range(10)
)


def ratios() -> Iterator[Ratio]:
    """Yield the start-up of ``--version`` and of compiling 20 lines, with black."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "twenty.lsp"
        source.write_text(_TWENTY_LINES, encoding="utf-8")
        yield paired(
            "lisptorch --version : python -c pass",
            lambda: _run("-m", "lisptorch_compile", "--version"),
            lambda: _run("-c", "pass"),
        )
        yield paired(
            "compile 20 lines, black : import black",
            lambda: _run("-m", "lisptorch_compile", "compile", str(source), "--force"),
            lambda: _run("-c", "import black"),
        )
        yield paired(
            "compile 20 lines, no black : import lark",
            lambda: _run(
                "-m",
                "lisptorch_compile",
                "compile",
                str(source),
                "--no-format",
                "--force",
            ),
            lambda: _run("-c", "import lark"),
        )


def _run(*arguments: str) -> None:
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
