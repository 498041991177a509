"""Which function a program called where an error arose, and with which variables.

What torch says of a call of its own names neither. The source does, where it is at hand:
compiled programs have the positions of their LispE, or are Python themselves.
"""

from __future__ import annotations

import ast
import linecache
import re
from dataclasses import dataclass
from itertools import islice, takewhile
from types import FrameType, TracebackType
from typing import Any

_LISP_SUFFIXES = (".lsp", ".lisp")


@dataclass(frozen=True, slots=True)
class FailedCall:
    """A function by its name, and its first arguments as far as they are variables.

    The values of other arguments were computed for the call, and are gone.
    """

    function: str
    values: tuple[Any, ...]


def failed_call(traceback: TracebackType | None) -> FailedCall | None:
    """Return the call that the innermost frame of an error is at, None if it is unknown."""
    if traceback is None:
        return None
    while traceback.tb_next is not None:
        traceback = traceback.tb_next
    frame = traceback.tb_frame
    source = _source_at(frame, traceback.tb_lasti)
    if frame.f_code.co_filename.endswith(_LISP_SUFFIXES):
        return _of_lisp(source, frame)
    return _of_python(source, frame)


def _source_at(frame: FrameType, instruction: int) -> str:
    """Return the text of the expression that an instruction was compiled from."""
    positions = frame.f_code.co_positions()
    first, last, start, end = next(islice(positions, instruction // 2, None))
    if first is None or last is None or start is None or end is None:
        return ""
    lines = linecache.getlines(frame.f_code.co_filename)[first - 1 : last]
    text = [line.encode() for line in lines]  # columns count bytes
    if not text:
        return ""
    text[-1] = text[-1][:end]
    text[0] = text[0][start:]
    return b"".join(text).decode(errors="replace")


_FORM = re.compile(r"\(\s*(?P<function>[^\s()]+)(?P<arguments>[^()\"';]*)")


def _of_lisp(source: str, frame: FrameType) -> FailedCall | None:
    form = _FORM.match(source)
    if form is None:
        return None
    names = [_identifier(name) for name in form["arguments"].split()]
    return FailedCall(form["function"], _values(names, frame))


def _identifier(symbol: str) -> str:
    return symbol.replace("-", "_")


def _of_python(source: str, frame: FrameType) -> FailedCall | None:
    try:
        call = ast.parse(source.strip(), mode="eval").body
    except (SyntaxError, ValueError):
        return None
    if not isinstance(call, ast.Call):
        return None
    function = ast.unparse(call.func).rpartition(".")[2]
    names = [arg.id if isinstance(arg, ast.Name) else "" for arg in call.args]
    return FailedCall(function, _values(names, frame))


def _values(names: list[str], frame: FrameType) -> tuple[Any, ...]:
    scope = {**frame.f_globals, **frame.f_locals}
    return tuple([scope[name] for name in takewhile(scope.__contains__, names)])
