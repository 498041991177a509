"""Files that are written whole or not at all, and what killed writers leave of them."""

from __future__ import annotations

import os
import re
import secrets
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

if sys.platform != "win32":
    import fcntl

StrPath = str | os.PathLike[str]

_MARK = ".lisptorch-tmp"
_TEMPORARY = re.compile(rf"\..+\.[0-9a-f]{{16}}{re.escape(_MARK)}")


def atomic_write(path: StrPath, write: Callable[[BinaryIO], object]) -> None:
    """Let ``write`` fill the file ``path``; until it is complete the old one stays.

    The bytes go to a temporary file in the same folder, reach the disk, and then take
    the name ``path`` in one step. Links are followed; the mode is that of any new file.
    Temporary files that killed writers left in the folder are removed.

    Raises:
        OSError: the folder is missing or not writable, or the disk is full.
    """
    # .model.pt.3f9a.lisptorch-tmp is written, flushed, synced; renamed to model.pt;
    # folder synced
    target = Path(os.path.realpath(path))
    try:
        temporary, descriptor = _open_temporary(target)
    except OSError as error:
        error.filename = os.fspath(path)  # nobody knows the temporary one
        raise
    try:
        with os.fdopen(descriptor, "wb") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
            if sys.platform != "win32":  # the lock lasts until the file has its name
                os.replace(temporary, target)
        if sys.platform == "win32":  # renames closed files only
            os.replace(temporary, target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)
    _sweep(target.parent)


def _open_temporary(target: Path) -> tuple[Path, int]:
    """Return a new file beside ``target``, locked while its writer lives, and open."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    while True:
        temporary = target.with_name(f".{target.name}.{secrets.token_hex(8)}{_MARK}")
        descriptor = os.open(temporary, flags, 0o666)  # the umask applies
        if sys.platform == "win32":
            return temporary, descriptor
        with suppress(OSError):  # a file system without locks; nobody sweeps there
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        if os.fstat(descriptor).st_nlink:
            return temporary, descriptor
        os.close(descriptor)  # swept by another writer before it was locked


def _sweep(folder: Path) -> None:
    """Remove the temporary files of writers that are dead."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if _TEMPORARY.fullmatch(entry.name):
                with suppress(OSError):  # in use, gone, or somebody else's
                    _remove_unlocked(entry.path)


def _remove_unlocked(path: str) -> None:
    """Remove a file that no process has locked.

    A lock goes with its process, however that ends; a process id may be another's by now.
    """
    if sys.platform == "win32":
        os.unlink(path)  # refused while it is open
        return
    descriptor = os.open(path, os.O_RDWR | os.O_NOFOLLOW)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.unlink(path)
    finally:
        os.close(descriptor)


def _sync_folder(folder: Path) -> None:
    """Make a rename in ``folder`` survive a power failure, where the system can."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
