"""The commands `doc`, `expand`, `new` and `completion`, as a person runs them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from programs import ROOT

from lisptorch_compile import catalogue
from lisptorch_compile.cli import run_command_line
from lisptorch_compile.tools.services import describe

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}


# --- doc ------------------------------------------------------------------------------------


def test_a_page_holds_all_that_is_known(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command_line(["doc", "tensor_softmax", "if"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.rstrip() for line in lines] == [
        "tensor_softmax  function",
        "  (tensor_softmax tensor dim)",
        "  (tensor_softmax tensor)",
        "",
        "  Positive numbers that sum to 1 along a dimension (the last one).",
        "",
        "becomes",
        "  tensor.softmax(dim)",
        "  tensor.softmax(-1)",
        "",
        "also torch_softmax, torch_tensor_softmax",
        "",
        "if  special form",
        "  (if condition then [otherwise])",
        "",
        "  The second argument when the condition is true, else the third.",
        "",
        "example",
        "  (defun sign-of (x) (if (< x 0) -1 1))",
        "  (println (sign-of -3) (sign-of 5))",
        "",
        "becomes",
        "  def sign_of(x):",
        "      return -1 if x < 0 else 1",
        "",
        "",
        "  print(sign_of(-3), sign_of(5))",
        "",
        "prints",
        "  -1 1",
    ]


def test_an_unknown_name_gets_suggestions(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command_line(["doc", "torch_sofmax"]) == 1
    assert "did you mean torch_softmax?" in capsys.readouterr().err


def test_programs_get_data(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command_line(["doc", "--json", "λ", "deflib"]) == 0
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert first["name"] == "λ" and "lambda" in first["synonyms"]
    assert first["example_python"].startswith("def square(x):")
    assert first["example_prints"] == "16 (2 3 4)"
    assert second["unsupported"] == "native functions cannot be defined"


def test_every_builtin_has_a_description() -> None:
    for name in catalogue.names():
        found = describe(name)
        assert found is not None and found.doc
        shown = found.python or found.example_python or found.unsupported
        assert shown or name in ("trace", "use", "load", "mainspace_"), name


# --- expand -----------------------------------------------------------------------------------


def test_macros_and_dots_are_expanded(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "macros.lsp").write_text("(defmacro unless (t b) (if t nil b))\n")
    main = tmp_path / "main.lsp"
    main.write_text('(load "macros.lsp")\n(unless done (print 1))\n(sqrt . sum x)\n')
    assert run_command_line(["expand", str(main)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        '(load "macros.lsp")',
        "(if done nil (print 1))",
        "(sqrt (sum x))",
    ]


def test_a_faulty_file_is_not_expanded(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main = tmp_path / "main.lsp"
    main.write_text("(print 1\n")
    assert run_command_line(["expand", str(main)]) == 1
    assert "error[LT0103]" in capsys.readouterr().err


# --- new ---------------------------------------------------------------------------------------


def test_a_new_project_runs_builds_and_passes_its_tests(tmp_path: Path) -> None:
    folder = tmp_path / "my-model"
    assert run_command_line(["new", str(folder)]) == 0
    assert ran(["lisptorch_compile", "run", "src/my_model/main.lsp"], folder) == (
        "The mean of 1, 2 and 6 is 3\n"
    )
    assert "2 passed" in ran(["pytest", "-q", "-p", "no:cacheprovider"], folder)
    ran(["lisptorch_compile", "build"], folder)
    assert "def mean(values):" in (folder / "src/my_model/main.py").read_text()
    assert "2 passed" in ran(["pytest", "-q", "-p", "no:cacheprovider"], folder)


def ran(module: list[str], folder: Path) -> str:
    """Run a module in a folder and return what it printed."""
    done = subprocess.run(
        [sys.executable, "-m", *module],
        cwd=folder,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize(
    "name", ["1st", "random", "class", "a+b", "torch", "café", "_a", "a_"]
)
def test_names_that_make_no_package_are_refused(name: str, tmp_path: Path) -> None:
    assert run_command_line(["new", str(tmp_path / name)]) == 2
    assert not (tmp_path / name).exists()


def test_a_name_with_a_blank_is_quoted_and_makes_a_valid_distribution(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "my model"
    assert run_command_line(["new", str(folder)]) == 0
    assert f"cd '{folder}'\n" in capsys.readouterr().out
    settings = tomllib.loads((folder / "pyproject.toml").read_text())
    assert settings["project"]["name"] == "my-model"
    assert (folder / "src" / "my_model" / "main.lsp").is_file()


def test_a_folder_that_holds_something_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "notes.txt").write_text("mine")
    assert run_command_line(["new", str(tmp_path / "model")]) == 3
    assert [p.name for p in (tmp_path / "model").iterdir()] == ["notes.txt"]


# --- completion ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "expected"),
    [("lisptorch do", "doc\ndoctor\n"), ("lisptorch compile --no", "--no-format\n")],
)
def test_bash_completes(words: str, expected: str, tmp_path: Path) -> None:
    command = tmp_path / "lisptorch"
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -m lisptorch_compile "$@"\n')
    command.chmod(0o755)
    script = (
        'eval "$(lisptorch completion bash)"\n'
        f"COMP_WORDS=({words})\nCOMP_CWORD={len(words.split()) - 1}\n"
        "_lisptorch_completion lisptorch\n"
        'printf "%s\\n" "${COMPREPLY[@]}"\n'
    )
    path = f"{tmp_path}:{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-c", script],
        env={**ENVIRONMENT, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == expected, done.stderr


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_other_shells_have_a_script(
    shell: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command_line(["completion", shell]) == 0
    assert f"_LISPTORCH_COMPLETE={shell}_complete" in capsys.readouterr().out
