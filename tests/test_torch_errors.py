"""Wrong uses of torch functions: a clear message with the line, never a crash."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
import torch
from programs import ROOT
from test_error_messages import FILE, outcome
from torch_api import write_files

from lisptorch_compile import catalogue

_TABLE = tomllib.loads((ROOT / "tests" / "data" / "torch_errors.toml").read_text())
ERRORS: list[dict[str, str]] = _TABLE["error"]
COLUMNS: dict[str, list[str]] = _TABLE["columns"]


def write_broken_files(folder: Path) -> None:
    """Write files that are no models, and a text that is too short to learn from."""
    for name in ("garbage", "garbage.safetensors", "garbage.json"):
        (folder / name).write_text("garbage")
    torch.save({"weight": torch.ones(100)}, folder / "cut.pt")
    whole = (folder / "cut.pt").read_bytes()
    (folder / "cut.pt").write_bytes(whole[: len(whole) // 2])
    (folder / "corpus.txt").write_text("the king asked the miller\n" * 20)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the models that the calls name."""
    folder = tmp_path_factory.mktemp("torch_errors")
    write_files(folder)
    write_broken_files(folder)
    return folder


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: error["call"])
def test_wrong_use_says_what_and_where(
    error: dict[str, str], files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(files)
    said = outcome(f"(println\n   {error['call']})")
    assert said == f"{error['says']}, line: 2 in: {FILE}"


def test_every_error_of_the_reference_has_a_call() -> None:
    named = {(function, when) for function in COLUMNS for when in COLUMNS[function]}
    assert named <= {(error["function"], error["when"]) for error in ERRORS}


def test_calls_are_of_their_functions() -> None:
    for error in ERRORS:
        builtin = catalogue.lookup(error["function"])
        assert builtin is not None, error["function"]
        spellings = (builtin.name, *builtin.aliases)
        assert any(f"({name}" in error["call"] for name in spellings), error["call"]
