"""The command ``bundle``: a program in one file."""

from __future__ import annotations

from pathlib import Path

import click

from lisptorch_compile.catalogue.model import Arithmetic
from lisptorch_compile.commands.compiling import numbers_option
from lisptorch_compile.commands.problems import show
from lisptorch_compile.commands.status import CLEAN, SOURCE_ERRORS
from lisptorch_compile.pipeline import Options
from lisptorch_compile.tools.bundling import bundle_of, write_bundle
from lisptorch_compile.tools.sources import python_name
from lisptorch_compile.tools.writing import compile_paths


@click.command("bundle")
@click.argument("script", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="Write here: NAME.pyz."
)
@click.option(
    "-p",
    "--python",
    metavar="COMMAND",
    default="/usr/bin/env python3",
    show_default=True,
    help="The interpreter that the file asks for when it is executed.",
)
@numbers_option
@click.option("--force", is_flag=True, help="Replace a file that is no bundle, too.")
def bundle_command(
    script: Path, output: Path | None, python: str, numbers: Arithmetic, force: bool
) -> int:
    """Put a program and the runtime into one file, SCRIPT.pyz.

    All that SCRIPT loads goes along. The file runs with `python SCRIPT.pyz` where neither lisptorch nor anything else is
    installed; a program that uses tensors needs torch.
    """
    program = compile_paths([script], Options(numbers=numbers), folder=script.parent)
    show(
        [(file.source, found) for file in program for found in file.diagnostics], "text"
    )
    if any(file.errors for file in program):
        return SOURCE_ERRORS
    name = Path(python_name(script)).with_suffix(".pyz")
    target = script.parent / name if output is None else output
    write_bundle(bundle_of(program, python), target, force=force)
    click.echo(f"wrote: {target}")
    return CLEAN
