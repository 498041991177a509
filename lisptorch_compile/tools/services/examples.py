"""A program for each instruction of the language, with what it prints."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from lisptorch_compile.records import record


@record
class Example:
    """A program, and what it prints, without the line break at the end."""

    source: str
    prints: str


@cache
def examples() -> dict[str, Example]:
    """Return the examples by the name that the catalogue gives the instruction."""
    text = files(__package__).joinpath("examples.toml").read_text(encoding="utf-8")
    return {
        name: Example(entry["source"].rstrip("\n"), entry["prints"].rstrip("\n"))
        for name, entry in tomllib.loads(text).items()
    }
