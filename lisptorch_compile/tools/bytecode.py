"""Bytecode of LispE files, kept beside them: an import that nothing changed compiles
nothing, and does not even load the compiler."""

from __future__ import annotations

import codecs
import hashlib
import importlib.util
import linecache
import marshal
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import CodeType

import lisptorch_compile
from lisptorch_compile.tools.outputs import write_atomically
from lisptorch_compile.tools.sources import read_content

#: What an entry must have been made by.
_MAKER = (lisptorch_compile.__version__, importlib.util.MAGIC_NUMBER)


class Unit:
    """A file of a program: its path, its text as bytes, and its code."""

    __slots__ = ("code", "content", "path")

    def __init__(self, path: str, content: bytes, code: CodeType) -> None:
        self.path = path
        self.content = content
        self.code = code

    @property
    def is_fresh(self) -> bool:
        """Whether the file still has the text that was compiled."""
        return _current(self.path) == self.content

    def remember_lines(self) -> None:
        """Let tracebacks show the lines that were compiled, whatever becomes of the file."""
        content = self.content
        linecache.cache[self.path] = (content.decode,)


def kept_program(source: Path, folder: Path) -> list[Unit] | None:
    """Return the code of ``source`` and all that it loads, the file itself last.

    ``folder`` is where Python looks for its modules.

    None when there is no entry, or when one of the files is not as it was.
    """
    try:
        entry = marshal.loads(_entry_path(source).read_bytes())
        maker, main, files = entry
        if maker != _MAKER or main != _main(source, folder):
            return None
        units = [
            Unit(path, _content(path, digest), code) for path, digest, code in files
        ]
    except (OSError, EOFError, ValueError, TypeError):
        return None
    return units


def keep_program(source: Path, folder: Path, units: Sequence[Unit]) -> None:
    """Keep the code of a program, where Python would keep its own; failing is no error."""
    if sys.dont_write_bytecode:
        return
    files = tuple((u.path, _digest(u.content), u.code) for u in units)
    entry = marshal.dumps((_MAKER, _main(source, folder), files))
    path = _entry_path(source)
    with suppress(OSError):
        path.parent.mkdir(exist_ok=True, parents=True)
        write_atomically(path, entry)


def _main(source: Path, folder: Path) -> tuple[str, str]:
    """Return what tells a program from others that begin with the same file."""
    return os.path.abspath(source), os.path.abspath(folder)


def _entry_path(source: Path) -> Path:
    """Return ``__pycache__/train.lsp.cpython-311.pyc`` for ``train.lsp``."""
    return Path(importlib.util.cache_from_source(f"{os.path.abspath(source)}.py"))


def _content(path: str, digest: bytes) -> bytes:
    content = _current(path)
    if _digest(content) != digest:
        raise ValueError(f"{path} has changed")
    return content


def _digest(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()


def _current(path: str) -> bytes:
    return read_content(Path(path)).removeprefix(codecs.BOM_UTF8)
