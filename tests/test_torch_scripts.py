"""Scripts as users write them, each in a style of its own, from their first line to the
last: tuning, preferences, chat, sampling by hand, tokens, callbacks."""

from __future__ import annotations

import io
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch
from programs import ROOT
from tiny_language_model import write_language_model

import lisptorch_compile
from lisptorch_compile.runtime import hf

SCRIPTS = ROOT / "tests" / "data" / "scripts"

#: Lines that a script prints, in this order; others may stand between them.
EXPECTED: dict[str, tuple[str, ...]] = {
    "tuning_by_classes": ("LoRA: 16 tensors", "saved step_3", "saved step_6")
    + ("Loss: true 6 6", "pertes: true", "8"),
    "tuning_by_functions": ("samples: 7 dictionary_", "Falls: true")
    + ("files: true true", "merged true unmerged true off true")
    + ("loaded: true", "same: true", "missing file: nil"),
    "preferences_by_classes": ("Loaded 5 preference pairs", "Parameters: 16")
    + ("Final: true 4", "2 0.1 mps"),
    "preferences_by_functions": ("lower: true",),
    "chat": ("ids: true 2", "cache = full: true", "library: true", "Bye"),
    "attention_by_hand": ("ready context_inference_", "n: 10", "0 (1 4 1 68)")
    + ("agree: true", "2", "0", "8"),
    "sampling_by_classes": ("20 integers_", "true", "same object: true", "true"),
    "sampling_by_functions": ("8 8 8", "greedy by top-k 1: true")
    + ("greedy by top-p 0: true", "library: true", "left: true", "A 3 2.57"),
    "tokens": ("9 true H", "integers_ true true", "7 x true", "300", "unknown token"),
    "options": ("Layers: 2 303 32", "screen got true true", "list got true")
    + ("same text: true", "context_inference_", "(1 38 303)", "(1 1 303)"),
    "callbacks": (
        "true (1 4)",
        "6 6 true",
        "Loss: tensor([1.6250]) 1.625",
        "got one",
        "got two",
        "done",
    ),
}


@pytest.fixture(scope="module")
def language_models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models")
    write_language_model(folder / "llama3.1-8B", "llama")
    write_language_model(folder / "qwen3", "qwen3", torch.bfloat16)
    return folder


@pytest.fixture
def place(
    language_models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """Return a folder with the scripts, their data and the models, and no model loaded."""
    shutil.copytree(SCRIPTS, tmp_path, dirs_exist_ok=True)
    for model in language_models.iterdir():
        (tmp_path / model.name).symlink_to(model)
    for script in SCRIPTS.glob("*.lisp"):
        monkeypatch.delitem(sys.modules, script.stem, raising=False)
    monkeypatch.setattr(hf, "_MODELS", {})
    torch.manual_seed(0)
    yield tmp_path
    torch.set_grad_enabled(True)


@pytest.mark.parametrize("name", EXPECTED)
@pytest.mark.filterwarnings("ignore:device .* is not present:RuntimeWarning")
def test_script_runs_to_its_end(
    name: str,
    place: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("one\n two \n\nnever read\n"))
    lisptorch_compile.load(place / f"{name}.lisp")
    printed = capsys.readouterr()
    lines = iter(printed.out.replace("> ", "").splitlines())
    for expected in EXPECTED[name]:
        assert any(line.strip() == expected for line in lines), (expected, printed.out)
    assert "Error" not in printed.err


def test_each_script_is_expected_or_loaded() -> None:
    loaded = {"chat_model", "chat_tokens", "callback_classes"}
    found = {script.stem for script in SCRIPTS.glob("*.lisp")}
    assert found == EXPECTED.keys() | loaded
