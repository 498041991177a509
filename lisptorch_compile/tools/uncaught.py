"""Errors that nobody catches: the line of LispE that is to blame, first."""

from __future__ import annotations

import linecache
import sys
import traceback
from collections.abc import Callable
from types import TracebackType

from lisptorch_compile.tools.sources import SUFFIXES

#: What the inputs of an interactive session are called, a number behind it.
INPUT = "<input "

Show = Callable[[type[BaseException], BaseException, TracebackType | None], object]


def show_lisp_line(error: BaseException, frames: TracebackType | None) -> None:
    """Write LispE's message for ``error`` and the innermost line of LispE it left.

    ::

        Error: index out of bounds, line: 3 in: model.lsp
            3 | (println (@ row 10))

    """
    # only when there is an error
    from lisptorch_compile.runtime.messages import message

    print(message(error), file=sys.stderr)
    place = _innermost(frames)
    if place is None:
        return
    filename, number = place
    line = linecache.getline(filename, number).rstrip()
    if line:
        print(f"{number:>5} | {line}\n", file=sys.stderr)


def shows_lisp_line(frames: TracebackType | None) -> bool:
    """Tell whether an error left a line of LispE."""
    return _innermost(frames) is not None


def _innermost(frames: TracebackType | None) -> tuple[str, int] | None:
    places = [
        (frame.filename, frame.lineno or 0)
        for frame in traceback.extract_tb(frames)
        if frame.filename.endswith((*SUFFIXES, "<stdin>", "<command>"))
        or frame.filename.startswith(INPUT)
    ]
    return places[-1] if places else None


class UncaughtErrors:
    """Stands before ``sys.excepthook``: errors out of LispE show their line first."""

    def __init__(self, show: Show) -> None:
        self.show = show

    def __call__(
        self,
        kind: type[BaseException],
        error: BaseException,
        frames: TracebackType | None,
    ) -> None:
        """Show the line, if a frame is LispE's, then do what was done before."""
        shows_itself = getattr(kind, "shows_itself", not issubclass(kind, Exception))
        if not shows_itself and _innermost(frames) is not None:
            show_lisp_line(error, frames)
        self.show(kind, error, frames)


def show_lisp_lines() -> None:
    """Have uncaught errors of this process show their line of LispE."""
    if not isinstance(sys.excepthook, UncaughtErrors):
        sys.excepthook = UncaughtErrors(sys.excepthook)


def show_python_only() -> None:
    """Undo ``show_lisp_lines``, unless somebody has taken its place since."""
    if isinstance(sys.excepthook, UncaughtErrors):
        sys.excepthook = sys.excepthook.show
