"""The scripts of ``examples/torch`` run as they are, beside a tiny model."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from programs import ROOT, compiled, run_python
from tiny_language_model import write_language_model

EXAMPLES = ROOT / "examples" / "torch"
SCRIPTS = sorted(EXAMPLES.glob("*/*.lsp"))
_NO_MPS = "device mps is not present, using cpu"


@pytest.fixture(scope="module")
def language_models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the models under the names that the scripts have for them."""
    folder = tmp_path_factory.mktemp("models")
    write_language_model(folder / "llama3.1-8B", "llama")
    write_language_model(folder / "qwen3", "qwen3")
    return folder


def copied(name: str, language_models: Path, folder: Path) -> Path:
    """Return a copy of an example with the models beside it."""
    copy = folder / name
    shutil.copytree(EXAMPLES / name, copy)
    for model in language_models.iterdir():
        (copy / model.name).symlink_to(model)
    return copy


def run_example(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the script of a folder; it must succeed."""
    script = folder / f"{folder.name}.lsp"
    process = run_python("-m", "lisptorch_compile", "run", str(script))
    assert process.returncode == 0, process.stderr
    return process


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_script_compiles_without_a_diagnostic(path: Path) -> None:
    if "(load " not in path.read_text(encoding="utf-8"):
        assert compiled(path.read_text(encoding="utf-8"), path.name).diagnostics == ()


@pytest.mark.parametrize("name", ["attention", "chat", "tokenizing"])
def test_example_prints_the_expected_text(
    name: str, language_models: Path, tmp_path: Path
) -> None:
    expected = (EXAMPLES / name / f"{name}.out").read_text(encoding="utf-8")
    folder = copied(name, language_models, tmp_path)
    assert run_example(folder).stdout == expected


def test_lora_training_lowers_the_loss_and_keeps_it_in_files(
    language_models: Path, tmp_path: Path
) -> None:
    folder = copied("lora_training", language_models, tmp_path)
    process = run_example(folder)
    report = json.loads((folder / "checkpoints" / "report.json").read_text())
    trained = [entry["loss"] for entry in report["history"]]
    validation = [entry["validation_loss"] for entry in report["history"]]
    assert trained == sorted(trained, reverse=True) and len(set(trained)) == 3
    assert validation[-1] < validation[0]
    assert report["history"][-1]["learning_rate"] == report["training"]["min_lr"]
    assert report["lora"]["target_modules"] == ["q_proj", "k_proj", "v_proj", "o_proj"]
    for epoch in (1, 2, 3):
        path = folder / "checkpoints" / f"lora_adapters_epoch_{epoch}.pt"
        assert path.stat().st_size > 0
    assert "Restored adapters answer alike: true" in process.stdout
    assert "Trainer released after 6 steps" in process.stderr  # by `toclean`
    assert process.stderr.count(_NO_MPS) == 1


def test_dpo_training_prefers_the_chosen_answers(
    language_models: Path, tmp_path: Path
) -> None:
    folder = copied("dpo_training", language_models, tmp_path)
    process = run_example(folder)
    preferred = [int(n) for n in re.findall(r"preferred (\d)/4", process.stdout)]
    assert len(preferred) == 2 and preferred[1] >= preferred[0]
    for line in ("starts at log 2: true", "falls: true", "Failed steps: 0"):
        assert line in process.stdout
    assert (folder / "checkpoints_dpo" / "dpo_adapters.pt").exists()
    assert process.stderr.count(_NO_MPS) == 1


def losses(printed: str) -> list[float]:
    found = [float(loss) for loss in re.findall(r"loss (\d\S+)", printed)]
    assert len(found) == 2
    return found


def test_dpo_training_takes_over_the_adapters_of_a_fine_tuning(
    language_models: Path, tmp_path: Path
) -> None:
    folder = copied("dpo_training", language_models, tmp_path)
    first = run_example(folder).stdout
    (folder / "sft_adapters").mkdir()
    for suffix in ("", ".keys"):
        shutil.move(
            folder / "checkpoints_dpo" / f"dpo_adapters.pt{suffix}",
            folder / "sft_adapters" / f"lora_adapters_epoch_1.pt{suffix}",
        )
    second = run_example(folder).stdout
    assert "Adapters of the fine-tuning: policy" in second
    assert "starts at log 2: true" in second  # both copies have them
    assert losses(second)[0] != losses(first)[0]
