"""The conventions of LispE's torch library, through programs in LispE."""

from __future__ import annotations

import re
import runpy
import tomllib
from pathlib import Path

import pytest
import torch
from programs import ROOT, Completed, compiled, run_python

from lisptorch_compile.pipeline import Options, compile_text
from lisptorch_compile.runtime.messages import message
from lisptorch_compile.tools.programs import code_of

_TABLE = tomllib.loads(
    (ROOT / "tests" / "data" / "torch_conventions.toml").read_text(encoding="utf-8")
)
CASES: list[dict[str, str]] = [c for area in _TABLE["area"] for c in area["case"]]

_PLACE = re.compile(r", line: \d+ in: \S+?\.py")


def execute(program: str) -> None:
    """Run a program as `lisptorch run` does, which refuses a form where it is reached."""
    python = compiled(program, late=True).python
    assert python is not None
    code = compile(python, "program.lsp.py", "exec", dont_inherit=True)
    exec(code, {"__name__": "__main__", "__file__": "program.lsp"})  # noqa: S102


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_program_prints_what_the_conventions_say(
    case: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    torch.manual_seed(0)
    execute(case["program"])
    said = _PLACE.sub("", capsys.readouterr().out)
    assert said.rstrip("\n") == case["prints"]


# --- devices ---------------------------------------------------------------------------

MOVES = """
(setq t (torch_ones (integers 2)))
(torch_to_device t "{0}")
(torch_to_device t "{0}")
(torch_{1} t)
(torch_model_to_device (torch_linear 2 1) "{0}")
(torch_rotary_forward (torch_rotary_embedding 4) 3 "{0}")
(println (torch_device (torch_{1} t)))
"""

needs_absent = pytest.mark.skipif(
    torch.cuda.is_available() or torch.backends.mps.is_available(),
    reason="there is a device to move to",
)


def lisptorch_run(folder: Path, program: str, **env: str) -> Completed:
    """Run a program in a process of its own."""
    path = folder / "program.lsp"
    path.write_text(program, encoding="utf-8")
    return run_python("-m", "lisptorch_compile", "run", str(path), env=env)


@needs_absent
def test_absent_devices_are_warned_about_once_each(tmp_path: Path) -> None:
    program = MOVES.format("mps", "to_mps") + MOVES.format("cuda", "to_cuda")
    ran = lisptorch_run(tmp_path, program)
    assert ran.stdout == "cpu\ncpu\n"
    assert re.findall(r"device (\w+) is not present, using (\w+)", ran.stderr) == [
        ("mps", "cpu"),
        ("cuda", "cpu"),
    ]


@needs_absent
def test_absent_device_is_an_error_in_strict_mode(tmp_path: Path) -> None:
    program = """(setq t (torch_ones 2))
(println (catch (torch_to_mps t)))
(torch_to_device t "cuda:1")
"""
    ran = lisptorch_run(tmp_path, program, LISPTORCH_STRICT_DEVICE="1")
    path = tmp_path / "program.lsp"
    assert ran.returncode == 1
    said = f"Error: device mps is not present on this machine, line: 2 in: {path}\n"
    assert ran.stdout == said
    said = f"Error: device cuda:1 is not present on this machine, line: 3 in: {path}"
    assert ran.stderr.startswith(said)


# --- what torch says of a call, with its name -------------------------------------------


def failure(folder: Path, program: str) -> str:
    """Return what a program from a file, with the positions of its LispE, fails with."""
    path = folder / "program.lsp"
    path.write_text(program, encoding="utf-8")
    options = Options(format=False, self_check=False, late=True)
    result = compile_text(program, filename=str(path), options=options, tree=True)
    with pytest.raises(Exception) as failed:  # whatever it is
        exec(code_of(result), {"__name__": "__main__"})  # noqa: S102
    return message(failed.value).partition(", line: ")[0]


def test_call_of_what_is_no_model_names_the_function(tmp_path: Path) -> None:
    # nothing is known of what is in a list
    program = "(loop m (list (torch_linear 2 1) 5) (torch_forward m (torch_ones 2)))"
    expected = "Error: torch_forward: expected a model or layer, not the number 5"
    assert failure(tmp_path, program) == expected


def test_call_of_a_number_is_lispes_error(tmp_path: Path) -> None:
    expected = "Error: unknown instruction: 'integer_'"
    assert failure(tmp_path, "(setq f 5)\n(f (torch_ones 2))") == expected


FIT = "query […, T, D], key […, S, D] and value […, S, Dv] are expected"


def test_attention_to_what_does_not_fit_shows_the_shapes(tmp_path: Path) -> None:
    program = """
(setq the-query (torch_ones '(2 3 4)))
(setq other (torch_ones '(2 5 6)))
(torch_flash_attention the-query other other)
"""
    said = failure(tmp_path, program)
    shapes = "[2, 3, 4], [2, 5, 6] and [2, 5, 6]"
    assert said.startswith(f"Error: torch_flash_attention: {FIT}, not {shapes}: ")


def test_attention_of_results_names_the_function(tmp_path: Path) -> None:
    program = """
(torch_scaled_dot_product_attention
   (torch_ones '(2 3 4)) (torch_ones '(2 5 6)) (torch_ones '(2 5 6)))
"""
    said = failure(tmp_path, program)
    assert said.startswith(f"Error: torch_scaled_dot_product_attention: {FIT}: ")


def test_attention_in_written_python_names_the_function(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    program = """
(setq q (torch_ones '(3 4)))
(setq k (torch_ones '(5 6)))
(println (catch (torch_flash_attention q k k)))
"""
    python = compiled(program).python
    assert python is not None
    path = tmp_path / "written.py"
    path.write_text(python, encoding="utf-8")
    runpy.run_path(str(path))
    said = capsys.readouterr().out
    shapes = "[3, 4], [5, 6] and [5, 6]"
    expected = f"Error: scaled_dot_product_attention: {FIT}, not {shapes}: "
    assert said.startswith(expected)
