"""Telling Jupyter of the kernel, and taking it away again."""

from __future__ import annotations

import json
import shutil
import sys
from importlib.resources import as_file, files
from pathlib import Path
from tempfile import TemporaryDirectory

from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel

NAME = "lispe"
DISPLAY_NAME = "LispE (lisptorch)"
_MODULE = "lisptorch_compile.tools.notebook.kernel"


class KernelRefused(Exception):
    """A kernel that cannot be installed or removed, and why."""


def install_kernel(
    name: str = NAME, *, user: bool = False, prefix: str | None = None
) -> Path:
    """Install the kernel of this Python, and return the folder of its description.

    Args:
        name: what Jupyter calls the kernel.
        user: for this user only; else for all, or
        prefix: for the environment in this folder.

    Raises:
        KernelRefused: another kernel has the name, or Jupyter takes no such name.
        OSError: the folder cannot be written.
    """
    manager = KernelSpecManager()
    _check_ours(manager, name)
    with TemporaryDirectory() as folder:
        _write_spec(Path(folder))
        try:
            place = manager.install_kernel_spec(folder, name, user=user, prefix=prefix)
        except ValueError as error:
            raise KernelRefused(str(error)) from None
    return Path(place)


def remove_kernel(name: str = NAME) -> Path:
    """Remove the kernel, and return the folder where its description was.

    Raises:
        KernelRefused: there is none, or the kernel of that name is not ours.
        OSError: the folder cannot be removed.
    """
    manager = KernelSpecManager()
    if not _check_ours(manager, name):
        raise KernelRefused(f"there is no kernel `{name}`")
    return Path(manager.remove_kernel_spec(name))


def _check_ours(manager: KernelSpecManager, name: str) -> bool:
    """Tell whether there is a kernel of this name; refuse to touch one that is not ours."""
    try:
        spec = manager.get_kernel_spec(name)
    except (NoSuchKernel, ValueError):
        return False
    if _MODULE not in spec.argv:
        raise KernelRefused(
            f"the kernel `{name}` ({spec.display_name}) is not ours: take another --name"
        )
    return True


def _write_spec(folder: Path) -> None:
    spec = {
        "argv": [sys.executable, "-m", _MODULE, "-f", "{connection_file}"],
        "display_name": DISPLAY_NAME,
        "language": "lispe",
        "interrupt_mode": "signal",
    }
    text = json.dumps(spec, indent=2) + "\n"
    (folder / "kernel.json").write_text(text, encoding="utf-8")
    with as_file(files("lisptorch_compile.tools.notebook") / "logos") as logos:
        for logo in logos.glob("logo-*"):
            shutil.copyfile(logo, folder / logo.name)
