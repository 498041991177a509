"""Programs with torch functions compute the numbers of a committed table."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
import torch
from programs import ROOT, Ran, run
from torch import Tensor

_TABLE = tomllib.loads(
    (ROOT / "tests" / "data" / "reference_numbers.toml").read_text(encoding="utf-8")
)
PRELUDE: str = _TABLE["prelude"]
NUMBERS: list[dict[str, Any]] = _TABLE["number"]


def _expected(text: str) -> Tensor:
    """Return the numbers of an entry, (n,): float64, or int64 when all are integers."""
    words = text.replace("/", " ").split()
    is_whole = all(word.lstrip("-").isdecimal() for word in words)
    return torch.tensor(
        [int(word) if is_whole else float(word) for word in words],
        dtype=torch.int64 if is_whole else torch.float64,
    )


def _computed(value: Any) -> Tensor:
    """Return the elements of a tensor, list or number of a program, (n,)."""
    return torch.as_tensor(value).detach().flatten()


def _agree(entry: dict[str, Any], found: Tensor, expected: Tensor) -> bool:
    if found.shape != expected.shape:
        return False
    if not found.is_floating_point():
        return torch.equal(found.long(), expected)
    return torch.allclose(
        found.double(),
        expected.double(),
        rtol=entry.get("relative", 1e-5),
        atol=entry.get("absolute", 1e-6),
    )


def _differences(entry: dict[str, Any], ran: Ran) -> list[str]:
    return [
        f"{name}: {_computed(ran[name]).tolist()} instead of {text}"
        for name, text in entry["values"].items()
        if not _agree(entry, _computed(ran[name]), _expected(text))
    ]


@pytest.mark.parametrize("entry", NUMBERS, ids=lambda entry: entry["title"])
def test_program_computes_the_numbers_of_the_table(entry: dict[str, Any]) -> None:
    ran = run(PRELUDE + entry["program"])
    assert _differences(entry, ran) == []
    for name, text in entry.get("wrong", {}).items():
        assert not _agree(entry, _computed(ran[name]), _expected(text)), name
