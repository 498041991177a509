"""Finding and reading LispE files."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from zipimport import ZipImportError, zipimporter

#: File names that hold LispE.
SUFFIXES = (".lsp", ".lisp")

#: File names that surely hold something else, which must not be taken for LispE: laid
#: out as LispE, Python would lose its indentation.
_PYTHON = (".py", ".pyi", ".pyw", ".ipynb")


class SourceError(Exception):
    """A source that cannot be read; the message names the file and the reason."""


def read_source(path: Path) -> str:
    """Return the text of a LispE file, without a byte order mark.

    Raises:
        SourceError: there is no such file, it may not be read, it is not UTF-8, or its
            name says that it holds Python.
    """
    refuse_python(path)
    try:
        return decode_source(read_content(path), str(path))
    except OSError as error:
        raise SourceError(f"cannot read {path}: {error.strerror}") from error


def refuse_python(path: Path) -> None:
    """Raise ``SourceError`` for a source whose name says that it holds Python."""
    if path.suffix in _PYTHON:
        raise SourceError(f"{path} is a file of Python, not of LispE")


def read_content(path: Path) -> bytes:
    """Return the bytes of a file, which may lie in a zip archive: ``lib.zip/tools.lsp``.

    Raises:
        OSError: there is no such file, or it may not be read.
    """
    try:
        return path.read_bytes()
    except NotADirectoryError:  # a folder on the way is a file: maybe an archive
        content = _archived(path)
        if content is None:
            raise
        return content


def is_file(path: Path) -> bool:
    """Whether there is a file, in a folder or in a zip archive."""
    return path.is_file() or _archived(path) is not None


def _archived(path: Path) -> bytes | None:
    """Return the content of a file of an archive, None where there is none."""
    archive = next((parent for parent in path.parents if parent.exists()), path)
    if not archive.is_file():
        return None
    try:
        return zipimporter(str(archive)).get_data(str(path))
    except (ZipImportError, OSError):
        return None


def decode_source(content: bytes, name: str) -> str:
    """Return the text of UTF-8 bytes, without a byte order mark.

    Raises:
        SourceError: they are not UTF-8.
    """
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise SourceError(
            f"{name} is not UTF-8 (line {line}): save it as UTF-8"
        ) from error


def sources_below(folder: Path) -> Iterator[Path]:
    """Yield every LispE file below ``folder`` in a fixed order.

    Hidden folders and ``__pycache__`` are passed over; symbolic links to folders are
    not followed.

    Raises:
        SourceError: there is none, which hardly is what the caller meant.
    """
    found = False
    for current, folders, files in os.walk(folder):
        folders[:] = sorted(
            name for name in folders if not name.startswith((".", "__pycache__"))
        )
        for name in sorted(files):
            if name.endswith(SUFFIXES):
                found = True
                yield Path(current, name)
    if not found:
        raise SourceError(f"{folder} holds no {' or '.join(SUFFIXES)} file")


def python_name(source: Path) -> str:
    """Return the file name of the Python that ``source`` becomes.

    ``my-file.lsp`` → ``my_file.py``: importable, whatever the author likes to write.
    """
    return source.stem.replace("-", "_") + ".py"
