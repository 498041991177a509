"""Processes, the environment, and what is known of the machine."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import time
from typing import NoReturn

from lisptorch_compile.runtime.text import text
from lisptorch_compile.runtime.values import Strings

_NAMES = {"Windows": "WINDOWS", "Darwin": "MACOS"}


def run_command(command: object) -> Strings:
    """Run a shell command; return the lines of its output, each with its line break.

    As in LispE a shell reads the command: whoever builds it from outside texts quotes them.
    """
    sys.stdout.flush()  # what was printed before comes before the command's own errors
    result = subprocess.run(
        text(command), shell=True, stdout=subprocess.PIPE, check=False
    )
    return Strings(result.stdout.decode(errors="replace").splitlines(keepends=True))


def environment(name: object) -> str:
    """Return the value of an environment variable, empty when it is not set."""
    return os.environ.get(text(name), "")


def set_environment(name: object, value: object) -> bool:
    """Set an environment variable; true."""
    os.environ[text(name)] = text(value)
    return True


def leave(status: object = 0) -> NoReturn:
    """End the program with a status."""
    sys.exit(int(status) if isinstance(status, int | float) else 0)


def sleep(milliseconds: float) -> bool:
    """Wait for some milliseconds; true."""
    time.sleep(max(0.0, milliseconds) / 1000)
    return True


def operating_system() -> str:
    """Return ``"LINUX"``, ``"MACOS"`` or ``"WINDOWS"``."""
    return _NAMES.get(platform.system(), "LINUX")


def free_memory() -> float:
    """Return the free memory in GB, 0 where the system does not tell."""
    return _memory("SC_AVPHYS_PAGES")


def total_memory() -> float:
    """Return the memory of the machine in GB, 0 where the system does not tell."""
    return _memory("SC_PHYS_PAGES")


def _memory(pages: str) -> float:
    try:
        return os.sysconf(pages) * os.sysconf("SC_PAGE_SIZE") / 2**30
    except (AttributeError, OSError, ValueError):  # Windows; a name it does not know
        return 0.0
