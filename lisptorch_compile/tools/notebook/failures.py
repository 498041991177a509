"""Errors of LispE that runs in a notebook: the place in the cell, then the calls to it."""

from __future__ import annotations

import linecache
import os
import sysconfig
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from traceback import FrameSummary
from types import TracebackType

from lisptorch_compile.diagnostics import Source, Span
from lisptorch_compile.rendering import PLACE_STYLE, Piece, coloured, help_line, place
from lisptorch_compile.runtime.messages import description
from lisptorch_compile.tools import session
from lisptorch_compile.tools.sources import SUFFIXES

#: Returns what people call the cell whose code has a file name, None for other files.
CellName = Callable[[str], str | None]

_PACKAGE = Path(session.__file__).parents[1]
_LIBRARIES = ("purelib", "platlib", "stdlib")
#: More calls than this are cut in the middle.
_MOST_CALLS = 10
#: Of a stack that is deeper than twice this, so many calls are looked at from each end.
_DEEP = 100
#: Lines of calls are cut where they are longer.
_WIDEST = 80


def show_as_lispe(
    error: BaseException, cell_name: CellName, hint: str | None = None
) -> None:
    """Have IPython show an error of a cell as LispE's, when nobody catches it."""
    error._render_traceback_ = _Rendering(error, cell_name, hint)  # type: ignore[attr-defined]  # IPython's protocol


class _Rendering:
    """What IPython calls for the lines to show."""

    def __init__(
        self, error: BaseException, cell_name: CellName, hint: str | None
    ) -> None:
        self.error = error
        self.cell_name = cell_name
        self.hint = hint

    def __call__(self) -> list[str]:
        shown = failure(self.error, self.cell_name, self.hint)
        return coloured(shown).splitlines()


def failure(
    error: BaseException, cell_name: CellName, hint: str | None = None
) -> Iterator[Piece]:
    """Yield the text of an error, ``hint`` being what to try.

    ::

        ZeroDivisionError: division by zero
          --> Cell In[4]:2:18
            2 |    (setq mean (/ total count))
              |               ^^^^^^^^^^^^^^^
          called from
            Cell In[5]:1  (mean (list))
    """
    calls = _calls(error.__traceback__, cell_name)
    yield Piece(type(error).__name__, "bold red")
    yield Piece(f": {_said(error)}\n" if _said(error) else "\n", "bold")
    lispe = [n for n, call in enumerate(calls) if _is_lispe(call, cell_name)]
    if not lispe:
        return
    blamed = lispe[-1]
    yield from _place(calls[blamed], cell_name)
    if hint is not None:
        yield from help_line(hint)
    if not _is_ours(calls[-1]):  # else what we raise says all
        below = [call for call in calls[blamed + 1 :] if not _is_ours(call)]
        yield from _listed("in", below[::-1], cell_name)
    above = [call for call in calls[:blamed] if not _is_ours(call)]
    yield from _listed("called from", above[::-1], cell_name)


def _said(error: BaseException) -> str:
    if isinstance(error, KeyboardInterrupt):
        return "interrupted"
    return description(error).removeprefix("Error: ")


def _calls(frames: TracebackType | None, cell_name: CellName) -> list[FrameSummary]:
    """Return the calls that were open, from the cell on, innermost last."""
    found = _ends(frames)
    starts = [n + 1 for n, c in enumerate(found) if c.filename == session.__file__]
    starts += [n for n, c in enumerate(found) if cell_name(c.filename) is not None]
    return list(found[starts[0] if starts else 0 :])


def _ends(frames: TracebackType | None) -> list[FrameSummary]:
    """Return the open calls, of a very deep stack the first and the last ones only."""
    depth = sum(1 for _ in traceback.walk_tb(frames))
    if depth <= 2 * _DEEP:
        return list(traceback.extract_tb(frames))
    outer = traceback.extract_tb(frames, limit=_DEEP)
    return [*outer, *traceback.extract_tb(frames, limit=-_DEEP)]


def _is_lispe(call: FrameSummary, cell_name: CellName) -> bool:
    return call.filename.endswith(SUFFIXES) or cell_name(call.filename) is not None


def _is_ours(call: FrameSummary) -> bool:
    return Path(call.filename).is_relative_to(_PACKAGE)


def _place(call: FrameSummary, cell_name: CellName) -> Iterator[Piece]:
    """Yield the line of a call, with carets under the form that was evaluated."""
    name = cell_name(call.filename) or _short(call.filename)
    text = "".join(linecache.getlines(call.filename))
    if call.lineno is None or not text:
        return
    source = Source.of(text, name)
    yield from place(_span(call, source), source, "bold red")


def _span(call: FrameSummary, source: Source) -> Span:
    """Return where in a text a call is; Python counts columns in bytes."""
    assert call.lineno is not None
    before = "".join(source.text.splitlines(keepends=True)[: call.lineno - 1])
    line = source.line(call.lineno)
    data = line.encode()

    def offset(column: int | None, default: int) -> int:
        return default if column is None else len(data[:column].decode(errors="ignore"))

    first = offset(call.colno, len(line) - len(line.lstrip()))
    one_line = call.end_lineno in (None, call.lineno)
    last = offset(call.end_colno, len(line)) if one_line else len(line)
    return Span(len(before) + first, len(before) + max(last, first + 1))


def _listed(
    title: str, calls: list[FrameSummary], cell_name: CellName
) -> Iterator[Piece]:
    if not calls:
        return
    yield Piece(f"  {title}\n", "bold cyan")
    left_out = len(calls) - _MOST_CALLS
    for index, call in enumerate(calls):
        if left_out > 0 and index == _MOST_CALLS // 2:
            yield Piece("    … more calls …\n")
        if left_out > 0 and _MOST_CALLS // 2 <= index < _MOST_CALLS // 2 + left_out:
            continue
        name = cell_name(call.filename) or _short(call.filename)
        yield Piece(f"    {name}:{call.lineno}", PLACE_STYLE)
        line = (call.line or "").strip()
        yield Piece(f"  {line if len(line) <= _WIDEST else line[:_WIDEST] + '…'}\n")


def _short(filename: str) -> str:
    """Return a path from the folder of a library, or from the current one, on."""
    path = Path(filename)
    for folder in (*map(sysconfig.get_path, _LIBRARIES), os.getcwd()):
        if path.is_relative_to(folder):
            return str(path.relative_to(folder))
    return filename
