"""Files and folders: whole files, streams, what is known of a path."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import IO

from lisptorch_compile.runtime.containers import texts
from lisptorch_compile.runtime.dates import at_seconds
from lisptorch_compile.runtime.errors import LispError
from lisptorch_compile.runtime.text import text
from lisptorch_compile.runtime.values import Shorts, Strings


def failure(what: str, path: object) -> LispError:
    """Return the error of a file that cannot be used."""
    return LispError(f"Error: {what}: {text(path)}")


# --- whole files --------------------------------------------------------------------------


def read(path: object) -> str:
    """Return the whole text of a file; bytes that are no UTF-8 become replacement signs."""
    try:
        return Path(text(path)).read_bytes().decode(errors="replace")
    except OSError as error:
        raise failure("Cannot open file", path) from error


def write(path: object, value: object) -> bool:
    """Write the text of ``value`` into a file; true."""
    return _save(path, _content(value), "wb")


def append(path: object, value: object) -> bool:
    """Append the text of ``value`` to a file; true."""
    return _save(path, _content(value), "ab")


def read_bytes(path: object) -> Shorts:
    """Return the bytes of a file as numbers."""
    try:
        return Shorts(Path(text(path)).read_bytes())
    except OSError as error:
        raise failure("Cannot open file", path) from error


def write_bytes(path: object, values: Iterable[object] | str | bytes) -> bool:
    """Write numbers as bytes into a file; true."""
    return _save(path, _bytes(values), "wb")


def append_bytes(path: object, values: Iterable[object] | str | bytes) -> bool:
    """Append numbers as bytes to a file; true."""
    return _save(path, _bytes(values), "ab")


def _content(value: object) -> bytes:
    return value if isinstance(value, bytes) else text(value).encode()


def _bytes(values: Iterable[object] | str | bytes) -> bytes:
    if isinstance(values, str | bytes):
        return _content(values)
    return bytes([int(value) & 0xFF for value in values])  # type: ignore[call-overload]  # numbers


def _save(path: object, content: bytes, mode: str) -> bool:
    try:
        with open(text(path), mode) as file:
            file.write(content)
    except OSError as error:
        raise failure("Cannot write in file", path) from error
    return True


# --- streams ------------------------------------------------------------------------------


class File:
    """An open file of UTF-8 text, read by characters or lines."""

    lisp_type = "file_element_"

    def __init__(self, path: str, mode: str) -> None:
        self.path = path
        self.mode = mode
        # No translation of line breaks: what is written is what is read.
        self.stream: IO[str] = open(  # noqa: SIM115  # closed by `close`
            path, mode, encoding="utf-8", errors="replace", newline=""
        )

    def __str__(self) -> str:
        return f"file_element_({self.path})"


_MODES = {"r": "r", "w": "w", "a": "a", "r+": "r+", "w+": "w+", "a+": "a+"}


def open_file(path: object, mode: object = None) -> File:
    """Return a file opened for reading (r), writing (w) or appending (a)."""
    wanted = "r" if mode is None else text(mode).replace("b", "")
    if wanted not in _MODES:
        raise LispError(f"Error: unknown mode: '{wanted}'")
    try:
        return File(text(path), _MODES[wanted])
    except OSError as error:
        raise failure("cannot open file", path) from error


def close(file: File) -> bool:
    """Close a file; true."""
    _stream(file).close()
    return True


def size(file: File | str) -> int:
    """Return the size in bytes of a file or of what is at a path, -1 when there is none."""
    if isinstance(file, File):
        if not file.stream.closed and file.stream.writable():
            file.stream.flush()
        path = file.path
    else:
        path = text(file)
    try:
        return os.path.getsize(path)
    except OSError:
        return -1


def seek(file: File, position: int) -> bool:
    """Move to a position, counted in bytes; true."""
    _open(file).seek(int(position))
    return True


def tell(file: File) -> int:
    """Return the position in a file, counted in bytes."""
    return _open(file).tell()


def at_end(file: File) -> bool:
    """Tell whether all of a file is read."""
    stream = _readable(file)
    position = stream.tell()
    at_end_now = stream.read(1) == ""
    stream.seek(position)
    return at_end_now


def read_characters(file: File, count: int | None = None) -> str:
    """Return the next characters, by default all that are left."""
    return _readable(file).read(-1 if count is None else int(count))


def read_character(file: File) -> str:
    """Return the next character, empty at the end."""
    return read_characters(file, 1)


def read_line(file: File) -> str:
    """Return the next line with its line break, empty at the end."""
    return _readable(file).readline()


def read_lines(file: File) -> Strings:
    """Return the lines that are left, without their line breaks."""
    return texts(read_characters(file).splitlines())


def read_balanced(file: File, opening: object, closing: object) -> str | None:
    """Return the next balanced part between two signs, nil when there is none.

    The file then stands behind it.
    """
    opener, closer = text(opening), text(closing)
    content, depth = "", 0
    while character := read_character(file):
        content += character
        if depth and content.endswith(closer):
            depth -= 1
            if depth == 0:
                return content
        elif content.endswith(opener):
            if depth == 0:
                content = opener
            depth += 1
    return None


def write_characters(file: File, value: object) -> bool | None:
    """Write the text of ``value``; nil when the file is open for reading."""
    stream = _open(file)
    if not stream.writable():
        return None
    stream.write(text(value))
    return True


def write_line(file: File, value: object) -> bool | None:
    """Write the text of ``value`` and a line break; nil when it is open for reading."""
    return write_characters(file, text(value) + "\n")


def _stream(file: object) -> IO[str]:
    if not isinstance(file, File):
        raise LispError(f"Error: expecting a file: '{text(file)}'")
    return file.stream


def _open(file: object) -> IO[str]:
    stream = _stream(file)
    if stream.closed:
        raise LispError("Error: the file is closed")
    return stream


def _readable(file: File) -> IO[str]:
    stream = _open(file)
    if not stream.readable():
        raise failure("Cannot read file", file.path)
    return stream


# --- folders ------------------------------------------------------------------------------


def entries(path: object) -> Strings:
    """Return the sorted paths of the entries of a folder, bare names for ``./``."""
    folder = text(path)
    try:
        names = sorted(os.listdir(folder))
    except OSError:
        return Strings([])
    if folder == "./":
        return texts(names)
    return texts([f"{folder.rstrip('/')}/{name}" for name in names])


def is_directory(path: object) -> bool:
    """Tell whether a path is a folder."""
    return os.path.isdir(text(path))


def exists(path: object) -> bool:
    """Tell whether a path is there."""
    return os.path.exists(text(path))


def real_path(path: object) -> str:
    """Return the absolute path without links."""
    return os.path.realpath(text(path))


def facts(path: object) -> dict[str, object] | None:
    """Return size, dates and place of a file; nil when it is missing."""
    place = text(path)
    try:
        status = os.stat(place)
    except OSError:
        return None
    return {
        "size": status.st_size,
        "date": at_seconds(status.st_mtime),
        "access": at_seconds(status.st_atime),
        "change": at_seconds(status.st_ctime),
        "pathname": os.path.realpath(place),
        "directory": True if stat.S_ISDIR(status.st_mode) else None,
    }
