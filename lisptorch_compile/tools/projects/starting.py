"""A project to start from: a package with a part in LispE, its test, its settings."""

from __future__ import annotations

import keyword
import re
import sys
from pathlib import Path

_PYPROJECT = """\
[build-system]
requires = ["hatchling", "lisptorch-compile"]
build-backend = "hatchling.build"

[project]
name = "{name}"
version = "0.1.0"
requires-python = ">=3.11"
# The compiled files use its runtime; with tensors: lisptorch-compile[runtime].
dependencies = ["lisptorch-compile"]

[tool.hatch.build.targets.wheel]
packages = ["src/{package}"]

# Wheels hold the Python of the LispE files.
[tool.hatch.build.hooks.lisptorch]

[tool.lisptorch]
sources = ["src"]

[tool.pytest.ini_options]
pythonpath = ["src"]
"""

_README = """\
# {name}

    lisptorch build                        # writes the Python of every LispE file
    python -m pytest                       # tests it
    python -m build                        # makes a wheel
    lisptorch run src/{package}/main.lsp
"""

_IGNORED = """\
# Python that is made of LispE, and the maps back.
src/{package}/main.py
*.py.map
.lisptorch/
__pycache__/
dist/
"""

_PACKAGE = '''\
"""{name}: its LispE files are imported as they are, or as the Python that a build made."""

from lisptorch_compile import install_import_hook

install_import_hook()
'''

_MAIN = """\
; The mean of some numbers, nil for none.
(defun mean (values)
   (if values
      (/ (sum values) (size values))
   )
)

(println "The mean of 1, 2 and 6 is" (mean '(1 2 6)))
"""

_TEST = '''\
"""What is written in LispE is tested like everything else."""

from {package}.main import mean


def test_the_mean_lies_in_the_middle() -> None:
    assert mean([1, 2, 6]) == 3


def test_nothing_has_no_mean() -> None:
    assert mean([]) is None
'''

#: What compiled programs import: a package of the same name would hide it.
_OURS = ("lisptorch_compile", "numpy", "torch")


class NameRefused(Exception):
    """A name that no package can have; the message says why."""


def start_project(folder: Path) -> tuple[Path, ...]:
    """Write a project into a folder that is new or empty; return its files.

    The package is named like the folder, ``my-model`` as ``my_model``; the distribution,
    too, with a hyphen for what its name cannot hold.

    Raises:
        NameRefused: the folder's name makes no package.
        FileExistsError: something is in the folder.
    """
    name = folder.resolve().name
    package = _package(name)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FileExistsError(folder)
    files = {
        "pyproject.toml": _PYPROJECT,
        "README.md": _README,
        ".gitignore": _IGNORED,
        "tests/test_main.py": _TEST,
        f"src/{package}/__init__.py": _PACKAGE,
        f"src/{package}/main.lsp": _MAIN,
    }
    for path, content in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        filled = (
            content
            if path.endswith(".lsp")
            else content.format(name=re.sub(" +", "-", name), package=package)
        )
        file.write_text(filled, encoding="utf-8")
    return tuple([folder / path for path in files])


def _package(name: str) -> str:
    package = re.sub(r"[-. ]+", "_", name)
    if (
        not (package.isidentifier() and package.isascii())
        or keyword.iskeyword(package)
        or not name[0].isalpha()
        or not name[-1].isalnum()
    ):
        raise NameRefused(
            f"`{name}` makes no name of a package: begin with a letter, and use letters "
            "from a to z, digits, -; no word of Python's own"
        )
    if package in sys.stdlib_module_names:
        raise NameRefused(f"`{package}` is a module of Python: choose another name")
    if package in _OURS:
        raise NameRefused(f"`{package}` would hide {package}: choose another name")
    return package
