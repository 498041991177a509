"""The demo really trains: without steps nothing is learned, with steps it is.

No weights and no texts are shipped, so every claim is checked on a run of the script.
"""

from __future__ import annotations

import io
import math
import os
import re
import shutil
import subprocess
import sys
import tokenize
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import black
import pytest
import torch
from programs import ROOT, Ran, compiled, run

DEMO = ROOT / "examples" / "demo"
SCRIPT = DEMO / "char_transformer.lsp"
SOURCE = SCRIPT.read_text(encoding="utf-8")
SONNETS = (DEMO / "sonnets.txt").read_text(encoding="utf-8")


def run_demo(steps: int) -> Ran:
    """Run the generated Python in this process with a number of steps."""
    given = sys.argv
    sys.argv = [str(SCRIPT), str(steps)]
    try:
        return run(SOURCE, str(SCRIPT))
    finally:
        sys.argv = given


@pytest.fixture(scope="module")
def untrained() -> Ran:
    return run_demo(0)


@pytest.fixture(scope="module")
def trained() -> Ran:
    return run_demo(160)


@pytest.fixture(scope="module")
def python() -> str:
    text = compiled(SOURCE, SCRIPT.name).python
    assert text is not None
    return text


def unigram_entropy(text: str) -> float:
    shares = [count / len(text) for count in Counter(text).values()]
    return -sum(share * math.log(share) for share in shares)


def weights(model: dict[str, torch.nn.Module]) -> dict[str, torch.Tensor]:
    """Return copies of all weights of a model, by module and parameter."""
    return {
        f"{name}.{key}": tensor.clone()
        for name, module in model.items()
        for key, tensor in module.state_dict().items()
    }


# --- training -------------------------------------------------------------------------


def test_without_steps_the_loss_stays_and_nothing_is_learned(untrained: Ran) -> None:
    report = untrained["report"]
    assert report["losses"] == [] and report["adaptation_losses"] == []
    assert report["trained_loss"] == report["untrained_loss"]
    assert report["trained_loss"] > unigram_entropy(SONNETS)
    assert report["trained_text"] == report["untrained_text"]


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_training_beats_the_frequency_of_the_letters(trained: Ran) -> None:
    report = trained["report"]
    assert report["unigram_entropy"] == pytest.approx(unigram_entropy(SONNETS))
    assert report["trained_loss"] < 0.7 * report["unigram_entropy"]
    assert report["trained_loss"] < 0.5 * report["untrained_loss"]
    assert len(report["losses"]) == 160


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_trained_text_is_spelled_like_the_sonnets(trained: Ran, untrained: Ran) -> None:
    pairs = set(pairwise(SONNETS))

    def known_pairs(text: str) -> float:
        found = list(pairwise(text))
        return sum(pair in pairs for pair in found) / len(found)

    assert trained["report"]["untrained_text"] == untrained["report"]["trained_text"]
    assert known_pairs(untrained["report"]["trained_text"]) < 0.6
    assert known_pairs(trained["report"]["trained_text"]) > 0.9


def test_later_characters_do_not_change_earlier_predictions(untrained: Ran) -> None:
    ids = untrained["tokens"][:32].unsqueeze(0)
    changed = ids.clone()
    changed[0, -1] = (changed[0, -1] + 1) % len(untrained["vocabulary"])
    predict, model = untrained["predict"], untrained["model"]
    torch.testing.assert_close(
        predict(model, ids)[0, :-1], predict(model, changed)[0, :-1]
    )


# --- adapting and quantizing ----------------------------------------------------------


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_adapters_learn_the_other_text(trained: Ran) -> None:
    report = trained["report"]
    assert report["adapted_loss"] < 0.7 * report["unadapted_loss"]
    assert report["adapted_text"] != report["unadapted_text"]
    assert report["adapter_parameters"] < 0.1 * report["parameters"]


def test_lora_phase_changes_adapter_weights_only(untrained: Ran) -> None:
    model, adapted = untrained["model"], untrained["with-adapters"](untrained["model"])
    of_model, before = weights(model), weights(adapted)
    parameters = untrained["adapter-parameters"](adapted)
    optimizer = torch.optim.AdamW(parameters, lr=0.01)
    untrained["train"]("adapters", adapted, optimizer, untrained["other-tokens"], 3)
    after = weights(adapted)
    changed = {name for name in after if not torch.equal(before[name], after[name])}
    assert changed == {name for name in after if ".lora_" in name}
    torch.testing.assert_close(weights(model), of_model, rtol=0, atol=0)


def test_fresh_adapters_change_no_prediction(untrained: Ran) -> None:
    adapted = untrained["with-adapters"](untrained["model"])
    logits = [
        untrained["first-logits"](model, untrained["tokens"])
        for model in (untrained["model"], adapted)
    ]
    assert torch.equal(*logits)


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_quantized_model_is_small_and_answers_nearly_the_same(trained: Ran) -> None:
    report = trained["report"]
    # weights and activations have 8 bits each: about a hundredth per layer
    assert 0 < report["logit_difference"] < 0.15 * report["largest_logit"]
    assert report["quantized_loss"] == pytest.approx(report["adapted_loss"], abs=0.02)
    assert report["quantized_kilobytes"] < 0.3 * report["kilobytes"]
    codes = trained["small"]["query0"].state_dict()["weight_codes"]
    assert codes.dtype == torch.int8 and len(codes.unique()) > 100


# --- the generated Python -------------------------------------------------------------


def test_generated_python_passes_the_default_rules_of_ruff(python: str) -> None:
    ruff = [sys.executable, "-m", "ruff", "check", "--isolated", "-"]
    result = subprocess.run(
        ruff, check=False, input=python, capture_output=True, encoding="utf-8"
    )
    assert result.returncode == 0, result.stdout


def test_black_leaves_the_generated_python_alone(python: str) -> None:
    assert black.format_str(python, mode=black.Mode()) == python


def test_generated_python_keeps_every_comment(python: str) -> None:
    of_source = re.findall(r"^(?:[^\";]|\"[^\"]*\")*?;(.*)$", SOURCE, re.MULTILINE)
    tokens = tokenize.generate_tokens(io.StringIO(python).readline)
    of_python = [t.string[1:] for t in tokens if t.type == tokenize.COMMENT]
    assert len(of_source) > 40

    def words(comments: list[str]) -> Counter[str]:
        return Counter(" ".join(comments).split())

    assert words(of_python) == words(of_source)


def test_training_step_is_native_torch(python: str) -> None:
    assert "loss.backward()\n" in python and "optimizer.step()\n" in python
    assert "F.scaled_dot_product_attention(query, key, value, is_causal=True)" in python


# --- the driver -----------------------------------------------------------------------


def run_driver(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a copy of the driver without training."""
    demo = folder / "demo"
    shutil.copytree(DEMO, demo, ignore=shutil.ignore_patterns("*.py.map", "char*.py"))
    settings: dict[str, Any] = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [sys.executable, str(demo / "demo.py"), "0"],
        check=False,
        capture_output=True,
        encoding="utf-8",
        cwd=folder,
        env=settings | environment,
    )


@pytest.mark.slow
@pytest.mark.timeout(120)
@pytest.mark.parametrize("columns", [80, 120])
def test_driver_fits_the_width_and_needs_no_colours(
    tmp_path: Path, columns: int
) -> None:
    result = run_driver(tmp_path, COLUMNS=str(columns), TERM="dumb", NO_COLOR="1")
    assert (result.returncode, result.stderr) == (0, "")
    assert "\x1b" not in result.stdout and "\r" not in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= columns
    for text in ("optimizer.zero_grad()", "Untrained", "int8", "lisptorch compile"):
        assert text in " ".join(result.stdout.split())
