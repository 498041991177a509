"""Files that we write: how they are known, whether they are stale, replacing them."""

from __future__ import annotations

import hashlib
import json
import os
import stat
from contextlib import suppress
from pathlib import Path

from lisptorch_compile.tools.sources import SourceError, read_content, read_source

#: How a file of ours begins: the docstring names its source.
_HEADER = '"""Compiled from '
_HEADER_END = "by lisptorch-compile."


class OutputRefused(Exception):
    """An output that we will not write, because it may be somebody's work."""


def map_path(python_path: Path) -> Path:
    """Return where the side file of a generated Python file stands."""
    return python_path.with_name(python_path.name + ".map")


def is_ours(content: bytes) -> bool:
    """Whether a Python file says in its first line that we wrote it."""
    first = content.split(b"\n", 1)[0].decode(errors="replace")
    return first.startswith(_HEADER) and _HEADER_END in first


def is_fresh(python_path: Path, source: Path) -> bool:
    """Whether a Python file that we wrote still is what ``source`` compiles to.

    The side file tells: it holds the hashes of both texts, and those of the other files
    of the program that they were compiled with.
    """
    try:
        mapping = json.loads(read_content(map_path(python_path)))
        python = hashlib.sha256(read_content(python_path)).hexdigest()
        text = text_hash(read_source(source))
        if not isinstance(mapping, dict):
            return False
        joined = {
            path: text_hash(read_source(python_path.parent / path))
            for path in mapping.get("joined", {})
        }
    except (OSError, SourceError, ValueError):
        return False
    return (
        mapping.get("sha256") == python
        and mapping.get("source_sha256") == text
        and mapping.get("joined", {}) == joined
    )


def text_hash(text: str) -> str:
    """Return what tells one text from another."""
    return hashlib.sha256(text.encode()).hexdigest()


def holds(path: Path, content: bytes) -> bool:
    """Whether a file has just this content."""
    try:
        return path.read_bytes() == content
    except FileNotFoundError:
        return False


def refuse_links(*paths: Path, advice: str = "remove it, or use -o") -> None:
    """Raise ``OutputRefused`` when one of the paths is a symbolic link."""
    for path in paths:
        if path.is_symlink():
            raise OutputRefused(f"{path} is a symbolic link: {advice}")


def refuse_special_files(*paths: Path, advice: str = "remove it, or use -o") -> None:
    """Raise ``OutputRefused`` when one of the paths is a symbolic link, a device, a pipe
    or a folder, which a file of ours would replace."""
    refuse_links(*paths, advice=advice)
    for path in paths:
        if path.exists() and not path.is_file():
            raise OutputRefused(f"{path} is no ordinary file, and cannot be replaced")


def refuse_foreign(
    path: Path, *, advice: str = "use -o, or --force to replace it"
) -> None:
    """Raise ``OutputRefused`` when a file stands there that is not ours."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return
    if content and not is_ours(content):
        raise OutputRefused(f"{path} was not written by lisptorch: {advice}")


def write_atomically(path: Path, content: bytes) -> None:
    """Replace ``path`` by ``content``; after a failure or a crash it is what it was.

    The mode of a file that is replaced is kept.
    """
    try:
        _replace(path, content)
    except OSError as error:  # about a file whose name nobody has ever seen
        raise OSError(error.errno, error.strerror, str(path)) from error
    _sync_folder(path.parent)


def _replace(path: Path, content: bytes) -> None:
    """Write a temporary file beside ``path`` and rename it."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    temporary.unlink(missing_ok=True)  # of a killed process that had our number
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    try:
        with open(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileNotFoundError):
            os.chmod(temporary, stat.S_IMODE(os.stat(path).st_mode))
        os.replace(temporary, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise


def _sync_folder(folder: Path) -> None:
    """Make a rename in ``folder`` survive a power failure, where the system can."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError:
        pass  # some file systems cannot; the rename itself has been done
    finally:
        os.close(descriptor)
