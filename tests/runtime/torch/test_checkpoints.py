"""Models, state dicts and checkpoints through files: whole, exact, and safe to open."""

from __future__ import annotations

import copy
import os
import pickle
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from lisptorch_compile.runtime import (
    attention,
    checkpoints,
    layers,
    lora,
    quant,
    training,
    weight_files,
)
from lisptorch_compile.runtime.text import text


def lora_layer() -> lora.LoRALinear:
    layer = lora.LoRALinear(8, 4, 2, 3.0)
    nn.init.normal_(layer.lora_b.weight)
    return layer


KINDS: dict[str, Callable[[], nn.Module]] = {
    "MLP": lambda: layers.MLP(8, 6, 4),
    "Linear": lambda: nn.Linear(8, 4, bias=False),
    "LayerNorm": lambda: nn.LayerNorm([2, 8], eps=1e-3),
    "MultiHeadAttention": lambda: layers.MultiHeadAttention(8, 2),
    "TransformerBlock": lambda: layers.TransformerBlock(8, 2, 16),
    "PositionalEncoding": lambda: layers.PositionalEncoding(8, 10),
    "FlashAttention": lambda: attention.FlashAttention(8, 2, 0.0, bias=False),
    "LoRALinear": lora_layer,
    "QuantizedLinear": lambda: quant.quantize_model(nn.Linear(8, 4)),
}


def changed(model: nn.Module) -> nn.Module:
    """Return ``model`` with all of its parameters different from new ones."""
    for parameter in model.parameters():
        if parameter.is_floating_point():
            nn.init.normal_(parameter)
    return model


def same_state(first: nn.Module, second: nn.Module) -> bool:
    one, two = first.state_dict(), second.state_dict()
    return one.keys() == two.keys() and all(torch.equal(one[k], two[k]) for k in one)


# --- models ---------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("extension", ["pt", "safetensors"])
def test_model_is_built_again_from_its_file(
    tmp_path: Path, kind: str, extension: str
) -> None:
    model = changed(KINDS[kind]())
    path = tmp_path / f"model.{extension}"
    assert checkpoints.save_model(model, path) == "Model saved successfully"
    built = checkpoints.load_model(path)
    assert type(built).__name__ == kind
    assert same_state(built, model)
    x = torch.randn(2, 2, 8)
    assert torch.equal(built(x), model(x))


@pytest.mark.parametrize("kind", ["MLP", "TransformerBlock", "FlashAttention"])
@pytest.mark.parametrize("extension", ["pt", "safetensors"])
def test_quantized_model_is_built_again(
    tmp_path: Path, kind: str, extension: str
) -> None:
    x = torch.randn(2, 2, 8)
    model = quant.quantize_model_static(changed(KINDS[kind]()), x)
    path = tmp_path / f"model.{extension}"
    checkpoints.save_model(model, path)
    built = checkpoints.load_model(path)
    assert same_state(built, model)
    assert torch.equal(built(x), model(x))


@pytest.mark.parametrize("swap", [False, True])
def test_model_is_filled_in_either_order(tmp_path: Path, swap: bool) -> None:
    saved, model = layers.MLP(4, 8, 2), layers.MLP(4, 8, 2)
    path = str(tmp_path / "transformer.pt")
    checkpoints.save_model(saved, path)
    arguments: Any = (model, path) if swap else (path, model)
    assert checkpoints.load_model(*arguments) == "Model loaded successfully"
    assert same_state(model, saved)


def test_plain_torch_opens_the_file(tmp_path: Path) -> None:
    path = tmp_path / "m.pt"
    model = layers.MLP(4, 8, 2)
    checkpoints.save_model(model, path)
    content = torch.load(path, weights_only=True)
    assert content["lispe_kind"] == "MLP"
    assert content["config"] == {"input_size": 4, "hidden_size": 8, "output_size": 2}
    layers.MLP(4, 8, 2).load_state_dict(content["state_dict"])


def test_bare_state_dict_fills_but_does_not_build(tmp_path: Path) -> None:
    path, model = tmp_path / "bare.pt", nn.Linear(2, 3)
    torch.save(model.state_dict(), path)
    other = nn.Linear(2, 3)
    checkpoints.load_model(path, other)
    assert same_state(other, model)
    with pytest.raises(ValueError, match=r"bare\.pt' holds a state dict, which cannot"):
        checkpoints.load_model(path)


@pytest.mark.parametrize(
    ("config", "message"),
    [
        (
            {"in_features": 10**6, "out_features": 10**6},  # 4 TB, were it believed
            r"does not fit Linear: 'weight' has shape \[1, 1\] instead of \[1000000, ",
        ),
        ({"in_features": 1}, "describes no Linear: .*out_features"),
        ({"in_features": -1, "out_features": 1}, "describes no Linear"),
    ],
)
def test_sizes_in_a_file_are_not_believed(
    tmp_path: Path, config: dict[str, int], message: str
) -> None:
    path = tmp_path / "bold.pt"
    state = nn.Linear(1, 1).state_dict()
    content = {"lispe_kind": "Linear", "config": config, "state_dict": state}
    torch.save(content, path)
    with pytest.raises(ValueError, match=message):
        checkpoints.load_model(path)


def test_built_model_keeps_dtype_and_trains(tmp_path: Path) -> None:
    path, model = tmp_path / "half.pt", layers.MLP(4, 8, 2).bfloat16()
    checkpoints.save_model(model, path)
    built = checkpoints.load_model(path)
    assert {p.dtype for p in built.parameters()} == {torch.bfloat16}
    built(torch.ones(4)).sum().backward()
    assert all(p.grad is not None for p in built.parameters())
    checkpoints.save_model(lora_layer(), path)
    trainable = [
        n for n, p in checkpoints.load_model(path).named_parameters() if p.requires_grad
    ]
    assert trainable == ["lora_a.weight", "lora_b.weight"]


def test_foreign_modules_are_saved_and_filled(tmp_path: Path) -> None:
    path = tmp_path / "sequence.pt"
    model, other = (nn.Sequential(nn.Linear(2, 3), nn.ReLU()) for _ in range(2))
    checkpoints.save_model(model, path)
    checkpoints.load_model(path, other)
    assert same_state(other, model)
    with pytest.raises(ValueError, match="holds a Sequential, which cannot be built"):
        checkpoints.load_model(path)


@pytest.mark.parametrize("merged", [False, True])
def test_lora_layer_fills_a_plain_linear(tmp_path: Path, merged: bool) -> None:
    layer, x = lora_layer(), torch.randn(3, 8)
    expected = layer(x)
    if merged:
        layer.merge()
    path = tmp_path / "lora.pt"
    checkpoints.save_model(layer, path)
    linear, again = nn.Linear(8, 4), lora.LoRALinear(8, 4, 2, 3.0)
    checkpoints.load_model(path, linear)
    checkpoints.load_model(path, again)
    torch.testing.assert_close(linear(x), expected)
    torch.testing.assert_close(again(x), expected)


def test_readme_attention_is_saved_and_loaded(tmp_path: Path) -> None:
    path = tmp_path / "transformer_model.pt"
    model, other = (layers.MultiHeadAttention(128, 4) for _ in range(2))
    checkpoints.save_model(model, path)
    assert path.stat().st_size > 0
    checkpoints.load_model(path, other)
    assert same_state(other, model)


@pytest.mark.parametrize(
    "dtype",
    [torch.float64, torch.float16, torch.bfloat16, torch.int64, torch.int8, torch.bool],
)
@pytest.mark.parametrize("extension", ["pt", "safetensors"])
def test_every_dtype_comes_back_bit_by_bit(
    tmp_path: Path, dtype: torch.dtype, extension: str
) -> None:
    model = nn.Module()
    model.register_buffer("table", (torch.randn(4, 3) * 10).to(dtype).T)
    model.register_buffer("view", model.table[:2])
    path, other = tmp_path / f"m.{extension}", copy.deepcopy(model)
    other.table.zero_()
    checkpoints.save_model(model, path)
    checkpoints.load_model(path, other)
    assert other.table.dtype == dtype
    assert same_state(other, model)


def test_loading_is_strict_and_changes_nothing_on_error(tmp_path: Path) -> None:
    path = tmp_path / "mlp.pt"
    checkpoints.save_model(layers.MLP(4, 8, 2), path)
    other = layers.MLP(4, 8, 3)
    before = copy.deepcopy(other)
    message = (
        r"mlp\.pt' \(MLP\) does not fit MLP: 'fc3\.weight' has shape \[2, 8\] instead of "
        r"\[3, 8\]; 'fc3\.bias' has shape \[2\] instead of \[3\]"
    )
    with pytest.raises(ValueError, match=message):
        checkpoints.load_model(path, other)
    assert same_state(other, before)
    with pytest.raises(ValueError, match=r"does not fit Linear: 'weight' is missing"):
        checkpoints.load_model(path, nn.Linear(4, 2))


# --- state dicts ----------------------------------------------------------------------


def test_state_dict_is_a_dictionary_of_copies() -> None:
    model = layers.MLP(4, 8, 2)
    state = checkpoints.state_dict(model)
    weight = state["fc1.weight"].clone()
    changed(model)
    assert torch.equal(state["fc1.weight"], weight)
    assert len(state) == 6
    assert next(iter(state)) == "fc1.weight"
    assert text(state) == str(state) == "PyTorch State Dict (6 parameters)"
    assert not state["fc1.weight"].requires_grad


def test_state_dict_restores_the_model() -> None:
    model = layers.MLP(4, 8, 2)
    before = copy.deepcopy(model)
    state = checkpoints.state_dict(model)
    changed(model)
    report = checkpoints.load_state_dict(model, state)
    assert report == "State dict loaded successfully"
    assert same_state(model, before)


def test_names_must_fit_unless_strict_is_off() -> None:
    model = nn.Linear(2, 3)
    state = {"weigth": torch.ones(3, 2), "bias": torch.ones(3)}
    message = (
        r"the state dict does not fit Linear: 'weight' is missing; "
        r"'weigth' is not expected \(did you mean 'weight'\?\)"
    )
    with pytest.raises(ValueError, match=message):
        checkpoints.load_state_dict(model, state)
    weight = model.weight.clone()
    checkpoints.load_state_dict(model, state, strict=False)
    assert torch.equal(model.weight, weight)
    assert torch.equal(model.bias, torch.ones(3))
    for bias, problem in (
        (torch.ones(4), r"has shape \[4\] instead of \[3\]"),
        (torch.ones(3).int(), "has dtype torch.int32 instead of torch.float32"),
        ([1, 2, 3], "is no tensor but a list"),
    ):
        with pytest.raises(ValueError, match=f"'bias' {problem}"):
            checkpoints.load_state_dict(model, {"bias": bias}, strict=False)


def test_wrong_kinds_are_named(tmp_path: Path) -> None:
    with pytest.raises(TypeError, match="expected a state dict, not the list"):
        checkpoints.load_state_dict(nn.Linear(1, 1), [])  # type: ignore[arg-type]
    with pytest.raises(
        TypeError, match="expected a model or optimizer, not the number 1"
    ):
        checkpoints.load_state_dict(1, {})  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="expected a model, not the text"):
        checkpoints.state_dict("m")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="a model and a path, not a tensor"):
        checkpoints.save_model(torch.ones(1), tmp_path / "m.pt")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="expected a model and a path, not the text"):
        checkpoints.load_model("a.pt", "b.pt")


# --- checkpoints ----------------------------------------------------------------------


def step(model: nn.Module, optimizer: torch.optim.Optimizer) -> Tensor:
    """Make one training step on random data; return the loss."""
    optimizer.zero_grad()
    x = torch.randn(8, 4) + random.random()
    loss = F.mse_loss(model(x), torch.ones(8, 2))
    loss.backward()
    optimizer.step()
    return loss.detach()


def trained() -> tuple[nn.Module, torch.optim.Optimizer]:
    model = nn.Sequential(nn.Linear(4, 8), nn.Dropout(), nn.Linear(8, 2))
    optimizer = training.optimizer(model, 0.01, "adam")
    for _ in range(3):
        step(model, optimizer)
    return model, optimizer


def test_resumed_training_goes_on_bit_by_bit(tmp_path: Path) -> None:
    path = tmp_path / "checkpoint.pt"
    model, optimizer = trained()
    report = checkpoints.save_checkpoint(model, optimizer, 3, path)
    assert report == "Checkpoint saved successfully"
    expected = [step(model, optimizer) for _ in range(4)]
    torch.manual_seed(99)
    random.seed(99)
    other, other_optimizer = trained()
    checkpoint = checkpoints.load_checkpoint(path, other, other_optimizer)
    assert checkpoint["epoch"] == 3
    assert [step(other, other_optimizer) for _ in range(4)] == expected
    assert same_state(other, model)


def test_readme_checkpoint_is_a_dictionary(tmp_path: Path) -> None:
    path = tmp_path / "checkpoint.pt"
    model = layers.MLP(4, 8, 2)
    optimizer = training.optimizer(model)
    before = copy.deepcopy(model)
    checkpoints.save_checkpoint(model, optimizer, 3, path)
    changed(model)
    random_state = torch.get_rng_state()
    checkpoint = checkpoints.load_checkpoint(path)
    assert checkpoint
    assert checkpoint["epoch"] == 3
    assert len(checkpoint["model"]) == 6
    assert torch.equal(torch.get_rng_state(), random_state)  # nothing is resumed yet
    checkpoints.load_state_dict(model, checkpoint)
    assert same_state(model, before)
    line = "PyTorch Checkpoint (epoch 3, PyTorch State Dict (6 parameters))"
    assert text(checkpoint) == str(checkpoint) == line


def test_optimizer_is_restored_from_a_checkpoint(tmp_path: Path) -> None:
    path = tmp_path / "checkpoint.pt"
    model, optimizer = trained()
    checkpoints.save_checkpoint(model, optimizer, 1, path)
    other = training.optimizer(model, 0.5)
    checkpoints.load_state_dict(other, checkpoints.load_checkpoint(path))
    assert other.param_groups[0]["lr"] == 0.01
    moments = [state["exp_avg"] for state in other.state.values()]
    assert [m.tolist() for m in moments] == [
        state["exp_avg"].tolist() for state in optimizer.state.values()
    ]


def test_checkpoint_file_also_builds_the_model(tmp_path: Path) -> None:
    path, model = tmp_path / "c.pt", layers.MLP(4, 8, 2)
    checkpoints.save_checkpoint(model, None, 0, path)
    assert same_state(checkpoints.load_model(path), model)


def test_model_file_is_no_checkpoint(tmp_path: Path) -> None:
    path = tmp_path / "m.pt"
    checkpoints.save_model(nn.Linear(1, 1), path)
    with pytest.raises(ValueError, match=r"m\.pt' is no checkpoint: it lacks 'model'"):
        checkpoints.load_checkpoint(path)


# --- files ----------------------------------------------------------------------------


def test_missing_file_is_named(tmp_path: Path) -> None:
    for name in ("absent.pt", "absent.safetensors"):
        with pytest.raises(FileNotFoundError, match=f"no weights at '.*{name}'"):
            checkpoints.load_model(tmp_path / name)
    with pytest.raises(FileNotFoundError, match="absent.pt"):
        checkpoints.load_checkpoint(tmp_path / "absent.pt")


@pytest.mark.parametrize("extension", ["pt", "safetensors"])
def test_damaged_files_give_one_error_with_the_path(
    tmp_path: Path, extension: str
) -> None:
    path = tmp_path / f"damaged.{extension}"
    checkpoints.save_model(nn.Linear(4, 4), path)
    whole = path.read_bytes()
    chance = random.Random(1)
    damaged = [b"", b"no weights", whole[: len(whole) // 2], whole[:-1], bytes(200)]
    for _ in range(60):  # a byte changed in the head, where the structure is
        changed_bytes = bytearray(whole)
        changed_bytes[chance.randrange(300)] ^= 1 + chance.randrange(255)
        damaged.append(bytes(changed_bytes))
    refused = 0
    for content in damaged:
        path.write_bytes(content)
        try:
            checkpoints.load_model(path, nn.Linear(4, 4))
        except ValueError as error:
            assert f"damaged.{extension}'" in str(error)
            refused += 1
    assert refused >= 5


class Payload:
    """An object whose unpickling calls a function."""

    def __init__(self, target: Path) -> None:
        self.target = target

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[str]]:
        return os.mkdir, (str(self.target),)


def test_pickled_code_is_refused_and_not_run(tmp_path: Path) -> None:
    path, canary = tmp_path / "hostile.pt", tmp_path / "canary"
    torch.save({"state_dict": Payload(canary)}, path)
    with pytest.raises(
        ValueError, match=r"hostile\.pt' is refused: it holds Python obj"
    ):
        checkpoints.load_model(path, nn.Linear(1, 1))
    path.write_bytes(pickle.dumps(Payload(canary)))
    with pytest.raises(ValueError, match=r"hostile\.pt'"):
        checkpoints.load_checkpoint(path)
    assert not canary.exists()


def test_list_file_is_no_model(tmp_path: Path) -> None:
    path = tmp_path / "list.pt"
    torch.save([torch.ones(1)], path)
    with pytest.raises(ValueError, match=r"list\.pt' holds no dictionary .* a list"):
        checkpoints.load_model(path)


def test_failed_write_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    path = tmp_path / "kept.pt"
    path.write_bytes(b"old")

    def fail(file: Any) -> None:
        file.write(b"half of the new")
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        checkpoints.atomic_write(path, fail)
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["kept.pt"]


@pytest.mark.parametrize("name", ["fsync", "replace"])
def test_failed_system_call_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    path = tmp_path / "kept.pt"
    path.write_bytes(b"old")

    def fail(*_: object) -> None:
        raise OSError("input/output error")

    monkeypatch.setattr(os, name, fail)
    with pytest.raises(OSError, match="input/output error"):
        checkpoints.save_model(nn.Linear(1, 1), path)
    monkeypatch.undo()
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["kept.pt"]


def test_old_file_stays_until_the_new_one_is_complete(tmp_path: Path) -> None:
    path = tmp_path / "kept.pt"
    path.write_bytes(b"old")

    def write(file: Any) -> None:
        file.write(b"new")
        file.flush()
        assert path.read_bytes() == b"old"

    checkpoints.atomic_write(path, write)
    assert path.read_bytes() == b"new"


@pytest.mark.skipif(os.name != "posix", reason="modes and links of POSIX")
def test_written_file_has_the_mode_of_new_files_and_follows_links(
    tmp_path: Path,
) -> None:
    real, link = tmp_path / "real.pt", tmp_path / "link.pt"
    link.symlink_to(real)
    old = os.umask(0o027)
    try:
        checkpoints.atomic_write(link, lambda file: file.write(b"x"))
    finally:
        os.umask(old)
    assert real.stat().st_mode & 0o777 == 0o640
    assert link.is_symlink()


def test_unwritable_folder_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="absent"):
        checkpoints.save_model(nn.Linear(1, 1), tmp_path / "absent" / "m.pt")


WRITER = """
import sys, torch
from lisptorch_compile.runtime import weight_files
for step in range(10**9):
    weight_files.write_pickle({"step": torch.full((1000,), step)}, sys.argv[1])
    print(step, flush=True)
"""


def test_readers_and_a_kill_never_meet_half_a_file(tmp_path: Path) -> None:
    path = tmp_path / "busy.pt"
    command = [sys.executable, "-c", WRITER, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()
        seen = set()
        for _ in range(100):
            steps = weight_files.read_pickle(path)["step"].unique()
            assert len(steps) == 1
            seen.add(int(steps))
        writer.kill()
    assert len(seen) > 1
    assert len(weight_files.read_pickle(path)["step"].unique()) == 1
