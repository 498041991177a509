"""The command ``explain``: from generated Python back to LispE."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from lisptorch_compile.commands.status import CLEAN, IO_FAILED
from lisptorch_compile.tools.explaining import NotExplained, explained, translated


@click.command("explain")
@click.argument("place", metavar="[FILE.py:LINE]", default="-")
def explain_command(place: str) -> int:
    """Show the LispE that a line of a compiled file comes from.

    Without a place, or with -, the standard input is a traceback: it is written again with
    the lines of LispE. The map beside the Python file tells.
    """
    if place == "-":
        for line in translated(sys.stdin):
            click.echo(line, nl=False)
        return CLEAN
    file, _, number = place.rpartition(":")
    if not file or not number.isdecimal():
        raise click.UsageError(f"{place} is no place: write FILE.py:LINE")
    try:
        click.echo(explained(Path(file), int(number)), nl=False)
    except NotExplained as error:
        print(f"lisptorch: {error}", file=sys.stderr)
        return IO_FAILED
    return CLEAN
