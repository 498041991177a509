"""The command ``bundle``: a program in one file."""

from __future__ import annotations

from pathlib import Path

import click

from lisptorch_compile.catalogue.model import Arithmetic
from lisptorch_compile.commands.compilation import (
    UNNAMED,
    Compilation,
    numbers_option,
    stdin_filename_option,
)
from lisptorch_compile.commands.paths import PATH, STDIN
from lisptorch_compile.commands.status import CLEAN
from lisptorch_compile.pipeline import Options
from lisptorch_compile.tools.bundling import bundle_of, write_bundle
from lisptorch_compile.tools.sources import python_name


@click.command("bundle")
@click.argument("script", type=PATH)
@click.option("-o", "--output", type=PATH, help="Write here: NAME.pyz.")
@click.option(
    "-p",
    "--python",
    metavar="COMMAND",
    default="/usr/bin/env python3",
    show_default=True,
    help="The interpreter that the file asks for when it is executed.",
)
@numbers_option
@stdin_filename_option
@click.option("--force", is_flag=True, help="Replace a file that is no bundle, too.")
def bundle_command(
    script: Path,
    output: Path | None,
    python: str,
    numbers: Arithmetic,
    stdin_filename: str,
    force: bool,
) -> int:
    """Put a program and the runtime into one file, SCRIPT.pyz.

    All that SCRIPT loads goes along. The file runs with `python SCRIPT.pyz` where neither lisptorch nor anything else is
    installed; a program that uses tensors needs torch. - stands for the standard input.
    """
    if script == STDIN and output is None and stdin_filename == UNNAMED:
        raise click.UsageError("- needs --output or --stdin-filename")
    named = Path(stdin_filename) if script == STDIN else script
    compilation = Compilation(Options(numbers=numbers), stdin_filename)
    compilation.compile_together([script], folder=named.parent)
    compilation.show_problems()
    if compilation.status != CLEAN:
        return compilation.status
    name = Path(python_name(named)).with_suffix(".pyz")
    target = named.parent / name if output is None else output
    write_bundle(bundle_of(compilation.compiled, python), target, force=force)
    click.echo(f"wrote: {target}")
    return CLEAN
