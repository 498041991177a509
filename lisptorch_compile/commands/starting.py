"""The command ``new``: the first files of a project."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import click

from lisptorch_compile.commands.paths import PATH
from lisptorch_compile.commands.status import CLEAN, IO_FAILED, WRONG_USAGE


@click.command(
    "new", short_help="Make a folder NAME with a package in LispE and its test."
)
@click.argument("path", metavar="NAME", type=PATH)
def new_command(path: Path) -> int:
    """Make a folder NAME with a package in LispE, its test and its pyproject.toml.

    The package can be built (lisptorch build), tested (pytest) and made a wheel
    (python -m build) as it is.
    """
    from lisptorch_compile.tools.projects.starting import NameRefused, start_project

    try:
        written = start_project(path)
    except NameRefused as error:
        print(f"lisptorch: {error}", file=sys.stderr)
        return WRONG_USAGE
    except FileExistsError:
        print(f"lisptorch: {path} is there already: nothing written", file=sys.stderr)
        return IO_FAILED
    for file in written:
        click.echo(f"wrote {file}")
    click.echo(
        f"\nTry it:\n  cd {shlex.quote(str(path))}\n  lisptorch run src/{written[-1].parent.name}/main.lsp\n  python -m pytest"
    )
    return CLEAN
