"""Uncaught errors of Python files that we wrote, shown with their lines of LispE."""

from __future__ import annotations

import sys
import traceback
from types import TracebackType

from lisptorch_compile.tools.explaining import translated
from lisptorch_compile.tools.uncaught import Show


def install_excepthook() -> ExceptHook:
    """Show uncaught errors with lines of LispE; return the hook, to ``remove`` it again.

    Frames in Python files that ``lisptorch compile`` wrote stand at the lines of their
    sources, by the maps beside the files; all others stay as they are. Asked for twice,
    there is still one hook.
    """
    if not isinstance(sys.excepthook, ExceptHook):
        sys.excepthook = ExceptHook(sys.excepthook)
    return sys.excepthook


class ExceptHook:
    """Stands before ``sys.excepthook``."""

    def __init__(self, show: Show) -> None:
        self.show = show

    def __call__(
        self,
        kind: type[BaseException],
        error: BaseException,
        frames: TracebackType | None,
    ) -> None:
        """Show an error; as before, where there is no LispE to show."""
        text = "".join(traceback.format_exception(kind, error, frames))
        lines = list(translated(text.splitlines(keepends=True)))
        if "".join(lines) == text:
            self.show(kind, error, frames)
        else:
            sys.stderr.writelines(lines)

    def remove(self) -> None:
        """Put back what showed errors before, unless somebody has taken its place."""
        if sys.excepthook is self:
            sys.excepthook = self.show
