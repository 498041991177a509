"""The core as a whole: what it exports, what it never imports, its examples."""

from __future__ import annotations

import doctest
import importlib
import subprocess
import sys

import pytest

from lisptorch_compile import runtime
from lisptorch_compile.catalogue.imports import CORE_NAMES

_MODULES = [
    "arithmetic",
    "calls",
    "conversions",
    "distributions",
    "errors",
    "kinds",
    "numbers",
    "operators",
    "printing",
    "symbols",
    "text",
    "torch_presence",
    "values",
    "vectors",
]
_FOREIGN = ("torch", "numpy", "lark", "black", "click", "rich")


def test_the_core_exports_what_the_catalogue_says() -> None:
    assert frozenset(runtime.__all__) == CORE_NAMES
    assert [name for name in runtime.__all__ if not hasattr(runtime, name)] == []


def test_the_core_loads_neither_torch_nor_the_compiler() -> None:
    modules = ", ".join(f"lisptorch_compile.runtime.{name}" for name in _MODULES)
    program = f"import sys, {modules}; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", program],
        env={"PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()

    ours = [name for name in loaded if name.startswith("lisptorch_compile.")]
    assert [
        name for name in ours if not name.startswith("lisptorch_compile.runtime")
    ] == []
    assert [name for name in _FOREIGN if name in loaded] == []


@pytest.mark.parametrize("name", _MODULES)
def test_the_examples_in_the_documentation_are_true(name: str) -> None:
    module = importlib.import_module(f"lisptorch_compile.runtime.{name}")
    assert doctest.testmod(module).failed == 0
