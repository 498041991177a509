"""Wrong uses of torch functions: a clear message with the line, never a crash."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from programs import ROOT
from test_error_messages import FILE, outcome

_TABLE = ROOT / "tests" / "data" / "torch_errors.toml"
ERRORS: list[dict[str, str]] = tomllib.loads(_TABLE.read_text())["error"]


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: error["call"])
def test_wrong_use_says_what_and_where(
    error: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    said = outcome(f"(println\n   {error['call']})")
    assert said == f"{error['says']}, line: 2 in: {FILE}"
