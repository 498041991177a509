"""The command ``kernel``: LispE as a kernel of Jupyter."""

from __future__ import annotations

import sys

import click

from lisptorch_compile.commands.extras import say_missing
from lisptorch_compile.commands.status import CLEAN, IO_FAILED

_NAME = click.option(
    "--name", default="lispe", show_default=True, help="The kernel's name."
)


@click.group("kernel")
def kernel_command() -> None:
    """Install LispE as a kernel of Jupyter, or remove it."""


@kernel_command.command("install")
@click.option("--user", is_flag=True, help="For you, in whatever environment.")
@click.option(
    "--sys-prefix", is_flag=True, help="For this Python's environment (default)."
)
@click.option("--prefix", metavar="DIR", help="For the environment in DIR.")
@_NAME
def install_command(user: bool, sys_prefix: bool, prefix: str | None, name: str) -> int:
    """Make Jupyter offer LispE for new notebooks.

    It needs the extra notebook: pip install "lisptorch-compile[notebook]".
    """
    if user + sys_prefix + (prefix is not None) > 1:
        raise click.UsageError("--user, --sys-prefix and --prefix exclude one another")
    try:
        from lisptorch_compile.tools.notebook import kernelspec
    except ModuleNotFoundError as error:
        return _missing(error)
    place = None if user else prefix or sys.prefix
    try:
        folder = kernelspec.install_kernel(name, user=user, prefix=place)
    except kernelspec.KernelRefused as error:
        return _refused(error)
    click.echo(f"installed {kernelspec.DISPLAY_NAME} in {folder}")
    return CLEAN


@kernel_command.command("uninstall")
@_NAME
def uninstall_command(name: str) -> int:
    """Remove the kernel; notebooks stay."""
    try:
        from lisptorch_compile.tools.notebook import kernelspec
    except ModuleNotFoundError as error:
        return _missing(error)
    try:
        folder = kernelspec.remove_kernel(name)
    except kernelspec.KernelRefused as error:
        return _refused(error)
    click.echo(f"removed {folder}")
    return CLEAN


def _missing(error: ModuleNotFoundError) -> int:
    say_missing(f"{error.name} is missing", "notebook")
    return IO_FAILED


def _refused(error: Exception) -> int:
    print(f"lisptorch: {error}", file=sys.stderr)
    return IO_FAILED
