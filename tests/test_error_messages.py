"""Every error of the language: its text in LispE's words, and the line it is found on."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from programs import ROOT, run_python

from lisptorch_compile.diagnostics import Severity, in_lispes_words
from lisptorch_compile.pipeline import Compiled, Options, compile_text
from lisptorch_compile.reader import read
from lisptorch_compile.runtime import message
from lisptorch_compile.tools.programs import code_of

FILE = "program.lsp"
_TABLE = tomllib.loads((ROOT / "tests" / "data" / "error_messages.toml").read_text())
ERRORS: list[dict[str, Any]] = _TABLE["error"]


def shown(error: dict[str, Any]) -> str:
    return f"{error['message']}, line: {error.get('line', 1)} in: {FILE}"


def compiled(text: str) -> Compiled:
    """Compile a program as `lisptorch run` does."""
    options = Options(format=False, self_check=False, late=True)
    return compile_text(text, filename=FILE, options=options, tree=True)


def outcome(text: str) -> str:
    """Return how a program fails, in LispE's words."""
    program = compiled(text)
    if program.errors:
        return in_lispes_words(program.errors[0], program.source)
    try:
        exec(code_of(program), {"__name__": "__main__", "__file__": FILE})  # noqa: S102
    except Exception as error:  # noqa: BLE001  # whatever it is
        return message(error)
    return "no error"


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: error["program"])
def test_failing_program_says_what_lispe_says(error: dict[str, Any]) -> None:
    assert outcome(error["program"]) == shown(error)


def _is_one_form_that_runs(error: dict[str, Any]) -> bool:
    program = compiled(error["program"])
    forms = read(program.source).forms
    return len(forms) == 1 and not program.errors


@pytest.mark.parametrize(
    "error",
    [error for error in ERRORS if _is_one_form_that_runs(error)],
    ids=lambda error: error["program"],
)
def test_catch_gets_the_same_text(
    error: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    program = compiled(f"(setq caught (catch {error['program']})) (println caught)")
    exec(code_of(program), {"__name__": "__main__", "__file__": FILE})  # noqa: S102
    assert capsys.readouterr().out.splitlines()[-1] == shown(error)


def test_function_that_is_defined_twice_is_a_warning_with_lispes_text() -> None:
    program = compiled("(defun f (x) x)\n(defun f (x) (+ x 1))")
    (found,) = program.diagnostics
    assert found.severity is Severity.WARNING
    assert found.lispe == "Error: Function 'f' already declared"


def test_code_that_is_refused_ends_a_run_with_lispes_text_first(tmp_path: Path) -> None:
    script = tmp_path / "refused.lsp"
    script.write_text("(println 1)\n(setconst limit 3)\n(setq limit 4)\n")
    process = run_python("-m", "lisptorch_compile", "run", str(script))
    assert (process.returncode, process.stdout) == (1, "")
    first, second, *_ = process.stderr.splitlines()
    assert first == f"Error: 'limit' is a constant value, line: 3 in: {script}"
    assert second == "error[LT0303]: `limit` is a constant and cannot be set"


def test_missing_module_of_python_says_how_to_get_it(tmp_path: Path) -> None:
    script = tmp_path / "missing.lsp"
    script.write_text("(println 1)\n(pyimport cv2)\n")
    process = run_python("-m", "lisptorch_compile", "run", str(script))
    assert process.returncode == 1
    assert "is not installed: pip install opencv-python, line: 2 in:" in process.stderr
