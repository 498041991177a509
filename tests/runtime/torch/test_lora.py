"""LoRA layers: the formula, merging, adapters on disk."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest
import torch
from torch import nn

from lisptorch_compile.runtime import lora
from tests.runtime.torch.reference import assert_close, ramp, zig


def reference_layer() -> lora.LoRALinear:
    """The layer of the reference numbers: 4 → 3, rank 2, alpha 4."""
    layer = lora.LoRALinear(4, 3, 2, 4.0)
    weights = {
        "base.weight": zig(3, 4),
        "base.bias": ramp(3),
        "lora_a.weight": ramp(2, 4),
        "lora_b.weight": ramp(3, 2),
    }
    layer.load_state_dict(weights)
    return layer


def trained_layer(in_features: int = 6, out_features: int = 5) -> lora.LoRALinear:
    layer = lora.LoRALinear(in_features, out_features, 2, 8.0)
    nn.init.normal_(layer.lora_b.weight)
    return layer


def test_output_is_base_plus_scaled_correction() -> None:
    expected = [0.130760, 0.0628400, -0.115080, 0.132520, 0.149080, -0.384360]
    assert_close(reference_layer()(10 * ramp(2, 4)), expected)


def test_delta_and_magnitude_are_the_reference_numbers() -> None:
    layer = reference_layer()
    expected = [0.0008, 0.001, 0.0012, 0.0014, 0.0024, 0.0034, 0.0044, 0.0054]
    assert_close(layer.delta(), [*expected, 0.004, 0.0058, 0.0076, 0.0094])
    assert layer.magnitude() == pytest.approx(0.0163291, rel=1e-5)


def test_fresh_layer_equals_its_base_exactly() -> None:
    base = nn.Linear(512, 256)
    adapted = lora.from_linear(base, 8, 16.0)
    x = torch.ones(32, 512)
    assert torch.equal(adapted(x), base(x))
    assert adapted.magnitude() == 0


def test_from_linear_copies_the_weights() -> None:
    base = nn.Linear(3, 2, bias=False).double()
    adapted = lora.from_linear(base, 1)
    weight = base.weight.detach().clone()
    with torch.no_grad():
        adapted.base.weight.zero_()
    assert torch.equal(base.weight, weight)
    assert adapted.base.bias is None
    assert adapted.lora_a.weight.dtype == torch.float64


def test_only_a_and_b_receive_gradients() -> None:
    layer = trained_layer()
    layer(torch.randn(4, 6)).sum().backward()
    assert layer.base.weight.grad is None
    assert layer.base.bias.grad is None
    for parameter in lora.trainable_params(layer):
        assert parameter.grad is not None
        assert parameter.grad.abs().sum() > 0


def test_trainable_params_are_live_and_complete() -> None:
    model = nn.Sequential(trained_layer(), nn.ReLU(), trained_layer(5, 4))
    parameters = lora.trainable_params(model)
    wanted = [p for name, p in model.named_parameters() if "lora_" in name]
    assert [id(p) for p in parameters] == [id(p) for p in wanted]
    assert len(parameters) == 4


def test_merging_keeps_the_output_and_unmerging_the_weight() -> None:
    layer = trained_layer()
    weight, x = layer.base.weight.clone(), torch.randn(7, 6)
    before = layer(x).detach()
    layer.merge()
    layer.merge()
    assert not torch.allclose(layer.base.weight, weight)
    assert (layer(x) - before).abs().max() < 1e-5 * before.abs().max()
    layer.unmerge()
    layer.unmerge()
    torch.testing.assert_close(layer.base.weight, weight)
    assert (layer(x) - before).abs().max() < 1e-5 * before.abs().max()


def test_forward_with_gradients_overrides_no_grad() -> None:
    layer = trained_layer()
    with torch.no_grad():
        assert not layer(torch.ones(6)).requires_grad
        assert layer.forward_with_gradients(torch.ones(6)).requires_grad


def test_doubles_and_integers_are_cast_to_the_weights() -> None:
    layer = trained_layer()
    x = torch.tensor([1, 2, 3, 4, 5, 6])
    assert torch.equal(layer(x), layer(x.float()))
    assert torch.equal(layer(x.double()), layer(x.float()))


def test_state_dict_of_a_merged_layer_restores_the_unmerged_one() -> None:
    layer, x = trained_layer(), torch.randn(2, 6)
    before = layer(x)
    layer.merge()
    other = trained_layer()
    other.merge()
    other.load_state_dict(copy.deepcopy(layer.state_dict()))
    assert not other.merged
    torch.testing.assert_close(other(x), before)


def test_to_linear_holds_the_correction() -> None:
    layer, x = trained_layer(), torch.randn(2, 6)
    torch.testing.assert_close(lora.to_linear(layer)(x), layer(x))
    assert not layer.merged


@pytest.mark.parametrize("name", ["adapters.pt", "adapters.safetensors"])
def test_adapters_go_through_a_file(tmp_path: Path, name: str) -> None:
    layer = trained_layer()
    other = lora.LoRALinear(6, 5, 2, 1.0)
    other.base.load_state_dict(layer.base.state_dict())
    lora.save_adapters(layer, tmp_path / name)
    lora.load_adapters(other, tmp_path / name)
    x = torch.randn(3, 6)
    assert torch.equal(other(x), layer(x))
    assert other.alpha == 8.0


def test_adapters_of_several_layers_go_through_one_file(tmp_path: Path) -> None:
    model = nn.Sequential(trained_layer(), trained_layer(5, 4))
    other = copy.deepcopy(model)
    for parameter in lora.trainable_params(other):
        nn.init.zeros_(parameter)
    path = tmp_path / "model.pt"
    lora.save_adapters(model, path)
    lora.load_adapters(path, other)  # the other order
    x = torch.randn(3, 6)
    assert torch.equal(other(x), model(x))


def test_readme_adapter_file_holds_only_a_and_b(tmp_path: Path) -> None:
    adapted = lora.from_linear(nn.Linear(512, 256), 8, 16.0)
    path = tmp_path / "llama_lora_adapters.pt"
    lora.save_adapters(adapted, path)
    content = torch.load(path, weights_only=True)
    floats = sum(v.numel() for v in content.values() if isinstance(v, torch.Tensor))
    assert floats == 8 * 512 + 256 * 8
    assert set(content) == {"lora_A.weight", "lora_B.weight", "rank", "alpha"}
    assert path.stat().st_size < 64 * 1024


def test_reports_are_lispes_texts(tmp_path: Path) -> None:
    layer, path = trained_layer(), tmp_path / "a.pt"
    assert lora.save_adapters(layer, path) == "LoRA adapters saved successfully"
    assert lora.load_adapters(layer, path) == "LoRA adapters loaded successfully"
    assert lora.merge_weights(layer) == "LoRA weights merged successfully"
    assert layer.merged
    assert lora.unmerge_weights(layer) == "LoRA weights unmerged successfully"
    assert not layer.merged


def test_prints_its_sizes_and_state() -> None:
    layer = lora.LoRALinear(512, 256, 8, 16.0)
    text = "LoRA Linear Layer (512 -> 256, rank=8, alpha=16, merged={})"
    assert str(layer) == text.format("false")
    layer.merge()
    assert str(layer) == text.format("true")


def test_a_misfit_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.pt"
    lora.save_adapters(trained_layer(), path)
    model = nn.Sequential(trained_layer())
    before = copy.deepcopy(model.state_dict())
    with pytest.raises(
        ValueError, match=r"a\.pt' holds no adapter '0\.lora_A\.weight'"
    ):
        lora.load_adapters(model, path)
    other = lora.LoRALinear(6, 5, 3)
    with pytest.raises(ValueError, match=r"shape \[2, 6\], the layer \[3, 6\]"):
        lora.load_adapters(other, path)
    for name, tensor in model.state_dict().items():
        assert torch.equal(tensor, before[name])


def test_errors_name_what_was_given(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"rank \(0\) must be at least 1"):
        lora.LoRALinear(2, 2, 0)
    with pytest.raises(TypeError, match="not to a value of type torch_embedding_"):
        lora.from_linear(nn.Embedding(2, 2))  # type: ignore[arg-type]  # the mistake
    with pytest.raises(TypeError, match="must contain LoRA layers; Linear has none"):
        lora.save_adapters(nn.Linear(2, 2), tmp_path / "a.pt")
    with pytest.raises(FileNotFoundError, match=r"missing\.pt"):
        lora.load_adapters(trained_layer(), tmp_path / "missing.pt")
