"""TorchScript models."""

from __future__ import annotations

import warnings
from pathlib import Path

import pytest
import torch
from torch import nn

from lisptorch_compile.runtime.errors import LispError
from lisptorch_compile.runtime.jit import JitModel
from lisptorch_compile.runtime.lora import LoRALinear

X = torch.tensor([[1.0, 2.0, 3.0]])


class Net(nn.Module):
    """A linear layer and a buffer."""

    offset: torch.Tensor

    def __init__(self) -> None:
        super().__init__()
        self.fc = nn.Linear(3, 2)
        self.register_buffer("offset", torch.ones(2))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        y: torch.Tensor = self.fc(x)
        return y + self.offset


@pytest.fixture
def net() -> Net:
    torch.manual_seed(0)
    return Net()


@pytest.fixture
def model(net: Net, tmp_path: Path) -> JitModel:
    path = tmp_path / "net.pt"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        torch.jit.trace(net, X).save(str(path))
    return JitModel(path)


def test_forward_is_that_of_the_module(net: Net, model: JitModel) -> None:
    torch.testing.assert_close(model.forward(X), net(X))


def test_names_and_tensors(net: Net, model: JitModel) -> None:
    assert "forward" in list(model.methods())
    assert list(model.parameters()) == ["fc.weight", "fc.bias"]
    assert list(model.buffers()) == ["offset"]
    assert list(model.tensors()) == ["fc.weight", "fc.bias", "offset"]
    torch.testing.assert_close(model.tensor("fc.weight"), net.fc.weight)
    torch.testing.assert_close(model.tensor("fc/weight"), net.fc.weight)
    torch.testing.assert_close(model.buffer("offset"), net.offset)
    assert list(model.tensor_shape("fc.weight")) == [2, 3]
    assert list(model.tensor_shape("offset")) == [2]
    with pytest.raises(LispError, match=r"Parameter not found: fc\.wait"):
        model.tensor("fc.wait")
    with pytest.raises(LispError, match="Buffer not found: onset"):
        model.buffer("onset")


def test_info(model: JitModel) -> None:
    expected = {"loaded": True, "device": "cpu", "parameter_count": 8, "memory_mb": 0}
    assert model.info() == expected


def test_unloaded_model_is_false_and_says_so(model: JitModel) -> None:
    model.unload()
    assert not model
    assert model.info()["loaded"] is False
    with pytest.raises(LispError, match="Model not loaded"):
        model.forward(X)


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(LispError, match="Failed to load TorchScript model from"):
        JitModel(tmp_path / "nothing.pt")
    (tmp_path / "text.pt").write_text("no model")
    with pytest.raises(LispError, match="Failed to load TorchScript model from"):
        JitModel(tmp_path / "text.pt")


def test_unknown_device_leaves_the_model_on_the_cpu(
    model: JitModel, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    again = JitModel(tmp_path / "net.pt", "toaster")
    assert "stays on the CPU" in capsys.readouterr().err
    assert again.info()["device"] == "cpu"
    model.to_best()


def test_weights_are_updated(
    model: JitModel, capsys: pytest.CaptureFixture[str]
) -> None:
    model.update_weight("fc.weight", torch.zeros(2, 3))
    assert not model.tensor("fc.weight").any()
    model.update_weight("fc.weight", torch.zeros(5))
    assert "Warning" in capsys.readouterr().err
    with pytest.raises(LispError, match="must be a tensor"):
        model.update_weight("fc.weight", 3)  # type: ignore[arg-type]


def test_corrections_change_the_output_and_get_gradients(model: JitModel) -> None:
    layer = LoRALinear(3, 2, rank=2, alpha=4)
    nn.init.normal_(layer.lora_b.weight)
    plain = model.forward(X)
    torch.testing.assert_close(model.forward_with_lora(X), plain)
    model.register_lora("fc.weight", layer)
    corrected = model.forward_with_lora(X)
    torch.testing.assert_close(corrected, plain + X @ layer.delta().T)
    torch.testing.assert_close(model.forward(X), plain)
    corrected.sum().backward()
    assert layer.lora_a.weight.grad is not None
    assert layer.lora_b.weight.grad is not None


def test_weights_are_restored_after_an_error(model: JitModel) -> None:
    layer = LoRALinear(3, 2, rank=2)
    nn.init.normal_(layer.lora_b.weight)
    model.register_lora("fc.weight", layer)
    plain = model.forward(X)
    with pytest.raises(RuntimeError):
        model.forward_with_lora(torch.ones(1, 5))
    torch.testing.assert_close(model.forward(X), plain)


def test_correction_must_fit(model: JitModel) -> None:
    with pytest.raises(LispError, match="the correction is"):
        model.register_lora("fc.weight", LoRALinear(4, 2))
    with pytest.raises(LispError, match="Parameter not found"):
        model.register_lora("fc", LoRALinear(3, 2))
    with pytest.raises(LispError, match="LoRA layer"):
        model.register_lora("fc.weight", nn.Linear(3, 2))  # type: ignore[arg-type]


def test_states_between_are_input_and_output(model: JitModel) -> None:
    states = model.intermediate_states(X, ["fc"])
    torch.testing.assert_close(states[0], X)
    torch.testing.assert_close(states[1], model.forward(X))
