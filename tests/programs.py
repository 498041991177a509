"""Compiling and running programs in tests, and looking at their variables."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lisptorch_compile.pipeline import Compiled, Options, compile_text
from lisptorch_compile.rendering import as_text

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True, slots=True)
class Ran:
    """A program that ran: its generated Python and its variables."""

    python: str
    variables: dict[str, Any]
    names: dict[str, list[str]]

    def __getitem__(self, symbol: str) -> Any:
        """Return the value of the global variable ``symbol`` of the LispE program."""
        (name,) = self.names[symbol]
        return self.variables[name]

    def __contains__(self, symbol: str) -> bool:
        return symbol in self.names


def compiled(text: str, filename: str = "program.lsp", **options: bool) -> Compiled:
    """Compile a program that must have no errors."""
    result = compile_text(text, filename=filename, options=Options(**options))
    shown = "\n".join(as_text(d, result.source) for d in result.errors)
    assert result.python is not None, f"{filename} does not compile:\n{shown}"
    return result


def run(text: str, filename: str = "program.lsp") -> Ran:
    """Compile a program and run the generated Python in this process."""
    result = compiled(text, filename)
    assert result.python is not None and result.mapping is not None
    variables: dict[str, Any] = {"__name__": "__main__", "__file__": filename}
    code = compile(result.python, f"{filename}.py", "exec", dont_inherit=True)
    exec(code, variables)  # noqa: S102  # the program under test
    return Ran(result.python, variables, result.mapping["names"])


#: What a process left.
Completed = subprocess.CompletedProcess[str]


def run_python(
    *arguments: str,
    stdin: str = "",
    cwd: Path | None = None,
    env: dict[str, str] | None = None,
) -> Completed:
    """Run this Python in a process of its own; ``env`` adds to the environment."""
    return subprocess.run(
        [sys.executable, *arguments],
        check=False,
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        cwd=cwd,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **(env or {})},
        timeout=50,
    )
