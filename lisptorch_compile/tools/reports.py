"""A report file for an error of ours, for its author to send us."""

from __future__ import annotations

import platform
import sys
import tempfile
import traceback
from pathlib import Path

from lisptorch_compile import __version__


def write_report(error: BaseException, arguments: list[str]) -> Path:
    """Write what is known about ``error`` to a new file and return its path.

    The texts of the sources are left out: they may be private.
    """
    lines = [
        f"lisptorch {__version__}, Python {sys.version.split()[0]}, {platform.platform()}",
        f"command: lisptorch {' '.join(map(repr, arguments))}",
        "",
        *traceback.format_exception(error),
    ]
    with tempfile.NamedTemporaryFile(
        "w", prefix="lisptorch-", suffix=".txt", delete=False, encoding="utf-8"
    ) as file:
        file.write("\n".join(line.rstrip("\n") for line in lines) + "\n")
    return Path(file.name)
