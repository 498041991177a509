"""Paths on the command line; ``-`` stands for the standard input."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

#: How the standard input is named on the command line.
STDIN = Path("-")


class _NamedPath(click.Path):
    """A path that is not empty: that of a variable of the shell that is not set would
    stand for the current folder."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Any:
        if value == "":
            self.fail("the path is empty", param, ctx)
        return super().convert(value, param, ctx)


PATH = _NamedPath(path_type=Path)


def stdin_once(
    _context: click.Context, _parameter: click.Parameter, paths: tuple[Path, ...]
) -> tuple[Path, ...]:
    """Refuse to read the standard input twice: it would be empty then."""
    if paths.count(STDIN) > 1:
        raise click.BadParameter(
            "- stands twice: the standard input can be read only once"
        )
    return paths
