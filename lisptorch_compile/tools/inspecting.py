"""``inspect.getsource`` and ``pdb`` on LispE: one form, where Python looks for a block.

``inspect`` finds the end of a function by Python's indentation. While the import hook is
installed, it finds in LispE files the form that begins on the first line of the code, so
that ``inspect.getsource``, ``help``, IPython's ``??`` and the ``longlist`` of ``pdb`` show it.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Sequence
from types import CodeType, FrameType, FunctionType, MethodType, TracebackType
from typing import Any, SupportsIndex, overload

from lisptorch_compile.tools.sources import SUFFIXES

_Found = tuple[list[str], int]

_module: Any = inspect  # whose functions are replaced


class LispLines(list[str]):
    """The lines of a LispE file; what is cut out of them is LispE as well."""

    @overload
    def __getitem__(self, index: SupportsIndex) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> LispLines: ...
    def __getitem__(self, index: Any) -> Any:
        """Return a line, or lines."""
        found = super().__getitem__(index)
        return LispLines(found) if isinstance(index, slice) else found


class _FindSource:
    """Stands before ``inspect.findsource``."""

    def __init__(self, python: Callable[[Any], _Found]) -> None:
        self.python = python

    def __call__(self, object: Any) -> _Found:
        """Return the lines of the file of ``object``, and where it begins."""
        file = _file_of(object)
        if file is None or not file.endswith(SUFFIXES):
            return self.python(object)
        module = inspect.getmodule(object, file)
        lines = LispLines(_lines(file, module))
        if not lines:
            raise OSError("could not get source code")
        if inspect.ismodule(object):
            return lines, 0
        number = _first_line(object, lines)
        if number is None or number >= len(lines):
            raise OSError("could not find its definition")
        return lines, number


class _GetBlock:
    """Stands before ``inspect.getblock``."""

    def __init__(self, python: Callable[[Sequence[str]], list[str]]) -> None:
        self.python = python

    def __call__(self, lines: Sequence[str]) -> list[str]:
        """Return the lines of the first block: of a form, if they are LispE."""
        if not isinstance(lines, LispLines):
            return self.python(lines)
        return list(lines[: _height_of_form("".join(lines))])


def show_lisp_sources() -> None:
    """Have ``inspect`` show the forms of LispE files. Asked for again, it stays so."""
    if not isinstance(_module.findsource, _FindSource):
        _module.findsource = _FindSource(_module.findsource)
        _module.getblock = _GetBlock(_module.getblock)


def show_python_sources() -> None:
    """Undo ``show_lisp_sources``, unless somebody has taken its place since."""
    if isinstance(_module.findsource, _FindSource):
        _module.findsource = _module.findsource.python
    if isinstance(_module.getblock, _GetBlock):
        _module.getblock = _module.getblock.python


def _file_of(object: Any) -> str | None:
    try:
        return inspect.getsourcefile(object) or inspect.getfile(object)
    except TypeError:
        return None  # `inspect` will say so


def _lines(file: str, module: Any) -> list[str]:
    import linecache

    linecache.checkcache(file)
    return linecache.getlines(file, None if module is None else module.__dict__)


def _first_line(object: Any, lines: Sequence[str]) -> int | None:
    """Return the index of the line on which something begins."""
    if isinstance(object, MethodType):
        object = object.__func__
    if isinstance(object, FunctionType):
        object = object.__code__
    if isinstance(object, TracebackType):
        object = object.tb_frame
    if isinstance(object, FrameType):
        object = object.f_code
    if isinstance(object, CodeType):
        return max(object.co_firstlineno - 1, 0)
    known: int | None = getattr(object, "__firstlineno__", None)  # from Python 3.13 on
    return _line_of_class(object.__name__, lines) if known is None else known - 1


def _line_of_class(name: str, lines: Sequence[str]) -> int | None:
    """Return the index of the line that defines a class or a data type.

    In LispE, its name may have hyphens.
    """
    spelled = re.escape(name).replace("_", "[-_]")
    defining = r"\((?:class@|defclass|data@?)(?=[\s\[(])[^;]*?"
    start = re.compile(rf"\s*(?:{defining}(?<=[\[(\s])|[\[(]){spelled}(?=[\s\])])")
    return next((n for n, line in enumerate(lines) if start.match(line)), None)


def _height_of_form(text: str) -> int:
    """Return on how many lines the first form stands."""
    from lisptorch_compile.diagnostics import Source  # the scanner, only when asked
    from lisptorch_compile.lexemes import CLOSERS, OPENERS
    from lisptorch_compile.syntax import scanner

    depth = 0
    for lexeme in scanner().scan(Source.of(text)).lexemes:
        depth += (lexeme.type in OPENERS) - (lexeme.type in CLOSERS)
        if depth <= 0:
            return text.count("\n", 0, lexeme.end_pos) + 1
    return text.count("\n") + 1
