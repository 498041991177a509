"""Quantized tensors by code and by error, quantized models against their originals."""

from __future__ import annotations

import copy
import warnings
from collections.abc import Callable

import pytest
import torch
from torch import Tensor, nn

from lisptorch_compile.runtime import attention, layers, lora, quant
from tests.runtime.torch.reference import assert_close

SAMPLE = torch.tensor([-1.0, -0.45, 0.0, 0.33, 2.0])


def half_step_error(tensor: Tensor, quantized: Tensor) -> float:
    """Return the largest error in steps of the scale."""
    error = (quantized.dequantize() - tensor).abs().max()
    return float(error / quantized.q_scale())


# --- tensors --------------------------------------------------------------------------


def test_int8_codes_are_the_reference_numbers() -> None:
    quantized = quant.quantize_int8(SAMPLE)
    assert quantized.q_scale() == pytest.approx(0.0117647, rel=1e-5)
    assert quantized.q_zero_point() == -43
    assert quantized.int_repr().tolist() == [-128, -81, -43, -15, 127]
    assert_close(quantized.dequantize(), [-1, -0.447059, 0, 0.329412, 2])


@pytest.mark.parametrize(
    ("scale", "zero_point", "expected"),
    [(0.5, -128, [0, 0, 0, 1, 1.5, 100]), (1.0, 0, [-1, 0, 0, 1, 1, 100])],
)
def test_given_scales_are_the_reference_numbers(
    scale: float, zero_point: int, expected: list[float]
) -> None:
    tensor = torch.tensor([-1, 0.2, 0.25, 0.75, 1.3, 100])
    restored = quant.quantize_per_tensor(tensor, scale, zero_point).dequantize()
    assert_close(restored, expected)


def test_halves_are_rounded_to_even_after_the_zero_point() -> None:
    tensor = torch.tensor([0.25, 0.75, 1.25, -0.25, -0.75])
    codes = quant.quantize_per_tensor(tensor, 0.5, -127).int_repr()
    assert codes.tolist() == [-126, -126, -124, -128, -128]


def test_readme_quantization_of_random_weights() -> None:
    weights = torch.randn(1024, 768)
    automatic = quant.quantize_int8(weights)
    assert automatic.element_size() == 1
    assert half_step_error(weights, automatic) <= 0.5 + 1e-5
    dynamic = quant.quantize_per_tensor(weights, 1.0, 0).dequantize()
    assert torch.equal(dynamic, weights.round().clamp(-128, 127))
    restored = quant.quantize_per_tensor(weights, 0.5, -128).dequantize()
    positive = weights > 0.25
    assert (restored[~positive] == 0).all()
    assert (restored * 2 == (restored * 2).round()).all()
    assert (restored - weights)[positive].abs().max() <= 0.25 + 1e-6


@pytest.mark.parametrize("dtype", ["int8", "uint8"])
@pytest.mark.parametrize("shift", [-100.0, 0.0, 3.0, 1e6])
@pytest.mark.parametrize("spread", [1e-6, 1.0, 1e4])
def test_automatic_scale_errs_by_half_a_step(
    dtype: str, shift: float, spread: float
) -> None:
    tensor = torch.randn(50) * spread + shift
    quantized = quant.quantize_automatic(tensor, dtype)
    rounding = 1e-5 + float(tensor.abs().max()) * 2**-22 / quantized.q_scale()
    assert half_step_error(tensor, quantized) <= 0.5 + rounding


def test_constants_and_zeros_come_back_exactly() -> None:
    for constant in (0.0, 3.0, -0.1):
        tensor = torch.full((4,), constant)
        assert_close(quant.quantize_int8(tensor).dequantize(), tensor)


@pytest.mark.parametrize("dtype", [torch.float64, torch.float16, torch.int64])
def test_other_dtypes_are_cast(dtype: torch.dtype) -> None:
    tensor = torch.tensor([-128, 0, 127]).to(dtype)
    for quantized in (
        quant.quantize_int8(tensor),
        quant.quantize_per_tensor(tensor, 1.0, 0),
    ):
        assert quantized.int_repr().tolist() == [-128, 0, 127]
        assert quantized.dequantize().tolist() == [-128, 0, 127]


def test_per_channel_uses_a_scale_for_each_slice() -> None:
    tensor = torch.tensor([[1.0, 2.0], [10.0, 20.0], [-4.0, 8.0]])
    quantized = quant.quantize_per_channel(
        tensor,
        [1.0, 10.0, 2.0],  # type: ignore[arg-type]  # lists are taken, too
        torch.tensor([0, -1, 2]),
        0,
    )
    assert quantized.int_repr().tolist() == [[1, 2], [0, 1], [0, 6]]
    columns = quant.quantize_per_channel(
        tensor, torch.tensor([1.0, 2.0]), torch.zeros(2), -1
    )
    assert columns.int_repr().tolist() == [[1, 1], [10, 10], [-4, 4]]


def test_no_deprecation_warning_reaches_the_user() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        quant.quantize_int8(SAMPLE)
        quant.quantize_model(nn.Linear(2, 2))(torch.ones(1, 2))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: quant.quantize_per_tensor(SAMPLE, 0.0, 0),
            r"scale \(0\) must be posi",
        ),
        (lambda: quant.quantize_per_tensor(SAMPLE, float("nan"), 0), r"scale \(nan\)"),
        (
            lambda: quant.quantize_per_tensor(SAMPLE, 1.0, 200),
            r"zero_point \(200\) must be between -128 and 127 for int8",
        ),
        (
            lambda: quant.quantize_per_tensor(SAMPLE, 1.0, -1, "uint8"),
            r"zero_point \(-1\) must be between 0 and 255 for uint8",
        ),
        (
            lambda: quant.quantize_automatic(SAMPLE, "int4"),
            "unknown dtype for quantization 'int4'; did you mean 'int8'",
        ),
        (lambda: quant.quantize_int8(torch.empty(0)), "empty tensor has no range"),
        (lambda: quant.quantize_int8(torch.tensor([1.0, torch.inf])), "nan or inf"),
        (
            lambda: quant.quantize_per_channel(
                torch.ones(64, 2), torch.ones(3), torch.zeros(3), 0
            ),
            r"scales \(3\) must be as many as axis 0 \(64\)",
        ),
        (
            lambda: quant.quantize_per_channel(
                torch.ones(2, 2), torch.tensor([1.0, 0.0]), torch.zeros(2), 0
            ),
            "scales must be positive",
        ),
    ],
)
def test_errors_give_the_numbers(call: Callable[[], object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()


# --- models ---------------------------------------------------------------------------


def lora_layer() -> lora.LoRALinear:
    layer = lora.LoRALinear(16, 8, 4)
    nn.init.normal_(layer.lora_b.weight)
    return layer


MODELS: dict[str, Callable[[], nn.Module]] = {
    "linear": lambda: nn.Linear(16, 8),
    "no bias": lambda: nn.Linear(16, 8, bias=False),
    "mlp": lambda: layers.MLP(16, 32, 4),
    "block": lambda: layers.TransformerBlock(16, 4, 32),
    "attention": lambda: layers.MultiHeadAttention(16, 4),
    "flash": lambda: attention.FlashAttention(16, 4),
    "lora": lora_layer,
    "sequence": lambda: nn.Sequential(lora_layer(), nn.ReLU(), nn.Linear(8, 3)),
    "torch encoder": lambda: nn.TransformerEncoderLayer(
        16, 4, 32, dropout=0.0, batch_first=True
    ),
}


def relative_error(actual: Tensor, expected: Tensor) -> float:
    return ((actual - expected).norm() / expected.norm()).item()


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.parametrize("mode", [True, False])
def test_quantized_copy_answers_alike(name: str, mode: bool) -> None:
    model = MODELS[name]().train(mode)
    before = copy.deepcopy(model.state_dict())
    x = torch.randn(2, 5, 16)
    expected = model(x).detach()
    quantized = quant.quantize_model(model)
    assert 0 < relative_error(quantized(x), expected) < 0.05
    assert quant.is_quantized(quantized)
    assert not quant.is_quantized(model)
    assert torch.equal(model(x), expected)
    for key, tensor in model.state_dict().items():
        assert torch.equal(tensor, before[key])


@pytest.mark.parametrize("name", ["linear", "mlp", "lora"])
def test_quantized_model_takes_one_sample_and_doubles(name: str) -> None:
    model = MODELS[name]()
    quantized = quant.quantize_model(model)
    x = torch.randn(16)
    assert quantized(x).shape == model(x).shape
    assert relative_error(quantized(x), model(x)) < 0.05
    torch.testing.assert_close(quantized(x.double()), quantized(x))


def test_weights_take_a_quarter_of_the_memory() -> None:
    model = layers.TransformerBlock(64, 4, 256)
    bytes_of = [
        sum(t.numel() * t.element_size() for t in m.state_dict().values())
        for m in (quant.quantize_model(model), model)
    ]
    assert bytes_of[0] < 0.3 * bytes_of[1]


def test_each_output_has_its_own_scale() -> None:
    linear = nn.Linear(8, 2)
    with torch.no_grad():
        linear.weight[0] *= 1e-4
    restored = quant.QuantizedLinear.of(linear).weight
    assert relative_error(restored[0], linear.weight[0]) < 0.01


def test_zero_rows_stay_zero() -> None:
    linear = nn.Linear(4, 3)
    nn.init.zeros_(linear.weight)
    assert torch.equal(quant.QuantizedLinear.of(linear)(torch.ones(4)), linear.bias)


def test_state_of_a_quantized_model_moves_to_another() -> None:
    first, second = (quant.quantize_model(MODELS["block"]()) for _ in range(2))
    x = torch.randn(1, 3, 16)
    assert not torch.allclose(first(x), second(x))
    second.load_state_dict(first.state_dict())
    assert torch.equal(first(x), second(x))


def test_quantized_model_can_be_copied_and_moved() -> None:
    quantized = quant.quantize_model(MODELS["block"]())
    x = torch.randn(1, 3, 16)
    assert torch.equal(copy.deepcopy(quantized).to("cpu")(x), quantized(x))


def test_without_an_engine_weights_are_dequantized(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    quantized = quant.quantize_model(MODELS["mlp"]())
    x = torch.randn(3, 16)
    with_engine = quantized(x)
    monkeypatch.setattr(quant, "_has_engine", lambda: False)
    assert 0 < relative_error(quantized(x), with_engine) < 0.05


def test_quantized_model_compiles_as_one_graph() -> None:
    quantized = quant.quantize_model(MODELS["mlp"]())
    compiled = torch.compile(quantized, fullgraph=True, backend="eager")
    x = torch.randn(3, 16)
    assert relative_error(compiled(x), quantized(x)) < 0.05


@pytest.mark.parametrize("name", ["linear", "mlp", "block", "sequence"])
def test_static_copy_uses_the_ranges_of_the_calibration(name: str) -> None:
    model = MODELS[name]()
    batches = [torch.randn(4, 5, 16) for _ in range(4)]
    quantized = quant.quantize_model_static(model, batches)
    linears = [m for m in quantized.modules() if isinstance(m, quant.QuantizedLinear)]
    assert linears
    assert all(layer.is_static for layer in linears)
    assert relative_error(quantized(batches[0]), model(batches[0])) < 0.1
    beyond = quantized(batches[0] * 100)  # inputs are cut at the calibrated range
    assert relative_error(beyond, model(batches[0] * 100)) > 0.2


def test_calibration_restores_the_mode() -> None:
    model = nn.Sequential(nn.Linear(4, 4), nn.Dropout()).train()
    assert quant.quantize_model_static(model, torch.ones(2, 4)).training


def test_model_errors_name_what_was_given() -> None:
    with pytest.raises(TypeError, match="expected a model to quantize, not the text"):
        quant.quantize_model("model")  # type: ignore[arg-type]  # the mistake
    with pytest.raises(ValueError, match="quantized to qint8, not to uint8"):
        quant.quantize_model(nn.Linear(1, 1), "uint8")
    with pytest.raises(ValueError, match="calibration_data holds no inputs"):
        quant.quantize_model_static(nn.Linear(1, 1), [])
