"""Input that is typed into a notebook, where there is no standard input."""

from __future__ import annotations

import io
import sys

from IPython.core.interactiveshell import InteractiveShell


class NotebookInput(io.TextIOBase):
    """A standard input that asks whoever looks at the notebook for each line."""

    def __init__(self) -> None:
        super().__init__()
        self._rest = ""

    def readable(self) -> bool:
        return True

    def readline(self, size: int | None = -1, /) -> str:  # type: ignore[override]  # as io.TextIOBase
        """Return the next line, empty at the end of the input."""
        self._ask()
        line, ending, self._rest = self._rest.partition("\n")
        return line + ending

    def read(self, size: int | None = -1, /) -> str:
        """Return at most ``size`` characters of the next line."""
        self._ask()
        count = len(self._rest) if size is None or size < 0 else size
        found, self._rest = self._rest[:count], self._rest[count:]
        return found

    def _ask(self) -> None:
        if not self._rest:
            try:
                self._rest = input() + "\n"  # of the kernel, which asks its frontend
            except EOFError:
                return


class KeyboardOfNotebook:
    """Stands for the standard input while the extension is loaded into a kernel."""

    def __init__(self, shell: InteractiveShell) -> None:
        self._before = sys.stdin
        self._own: NotebookInput | None = None
        if getattr(shell, "kernel", None) is not None:
            self._own = NotebookInput()
            sys.stdin = self._own

    def remove(self) -> None:
        """Put back what was there before, unless somebody has taken its place since."""
        if self._own is not None and sys.stdin is self._own:
            sys.stdin = self._before
