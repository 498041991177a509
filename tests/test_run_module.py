"""``lisptorch run -m``."""

from __future__ import annotations

from pathlib import Path

import pytest
from programs import Completed, run_python


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A package of LispE and Python in the current folder."""
    inner = tmp_path / "pack" / "inner"
    inner.mkdir(parents=True)
    pack = inner.parent
    (pack / "__init__.lsp").write_text("(setq size 3)")
    (pack / "__main__.lsp").write_text(
        '(load "tools.lsp") (println "main" (twice 5) (cdr _args))'
    )
    (pack / "tools.lsp").write_text("(defun twice (x) (* 2 x))")
    (pack / "plain.py").write_text("import sys; print(__name__, sys.argv[1:])")
    (pack / "broken.lsp").write_text("(println unknown)")
    (pack / "failing.lsp").write_text("(defun f () (@ (list 1) 5))\n(f)")
    (inner / "part.lsp").write_text(
        '(load "../tools.lsp") (pyimport "pack" [size]) (println (twice size))'
    )
    return tmp_path


def run_module(folder: Path, *arguments: str) -> Completed:
    return run_python("-m", "lisptorch_compile", "run", *arguments, cwd=folder)


@pytest.mark.parametrize(
    "name, output",
    [
        ("pack", 'main 10 ("a" "-b")\n'),
        ("pack.inner.part", "6\n"),
        ("pack.plain", "__main__ ['a', '-b']\n"),
    ],
)
def test_module_runs_as_main(folder: Path, name: str, output: str) -> None:
    ran = run_module(folder, "-m", name, "a", "-b")
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, output, "")


@pytest.mark.parametrize(
    "name", ["absent", "pack.absent", "pack.inner", "pack.no.such"]
)
def test_module_that_is_not_there_is_named(folder: Path, name: str) -> None:
    ran = run_module(folder, "-m", name)
    assert ran.returncode == 3
    assert ran.stderr.startswith("lisptorch: no module named ")


def test_errors_show_their_place(folder: Path) -> None:
    ran = run_module(folder, "-m", "pack.broken")
    assert ran.returncode == 1 and "unknown name `unknown`" in ran.stderr
    ran = run_module(folder, "-m", "pack.failing")
    assert ran.returncode == 1
    assert ran.stderr.startswith("Error: index out of bounds, line: 1 in: ")


def test_one_thing_is_run_at_a_time(folder: Path) -> None:
    ran = run_module(folder, "-m", "pack", "-c", "(println 1)")
    assert ran.returncode == 2 and "-c and -m exclude each other" in ran.stderr
