"""The example of each instruction uses it, and prints what `lisptorch doc` says."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from programs import compiled, run

from lisptorch_compile import catalogue
from lisptorch_compile.tools.services.examples import examples

EXAMPLES = examples()

#: Instructions without an example, and why.
WITHOUT = {"load": "it needs a second file: the tutorial shows one"}
#: Their areas of the catalogue have a table of calls of their own.
_TORCH = ("tiktoken", "torch_")


def _language() -> set[str]:
    areas = [
        area
        for name, area in vars(catalogue).items()
        if hasattr(area, "BUILTINS") and not name.startswith(_TORCH)
    ]
    builtins = [builtin for area in areas for builtin in area.BUILTINS]
    return {b.name for b in builtins if b.unsupported is None}


def test_every_instruction_of_the_language_has_an_example() -> None:
    assert _language() - EXAMPLES.keys() == WITHOUT.keys()
    assert EXAMPLES.keys() <= _language()


@pytest.mark.parametrize("name", EXAMPLES)
def test_example_prints_what_is_said(
    name: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    example = EXAMPLES[name]
    assert name in example.source
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    try:
        run(example.source)
    except SystemExit:
        assert name == "exit"
    assert capsys.readouterr().out.rstrip("\n") == example.prints


@pytest.mark.parametrize("name", sorted(EXAMPLES.keys() - {"trace"}))
def test_example_compiles_without_a_warning(name: str) -> None:
    assert compiled(EXAMPLES[name].source).diagnostics == ()
