"""What to say where a library is missing that only some commands need."""

from __future__ import annotations

import sys


def say_missing(problem: str, extra: str) -> None:
    """Write what is missing to the standard error stream, and how to install it."""
    print(
        f'lisptorch: {problem}: pip install "lisptorch-compile[{extra}]"',
        file=sys.stderr,
    )
