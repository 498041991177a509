"""Quantized tensors, and copies of models whose linear layers hold 8-bit weights.

torch deprecates its quantized tensors, so every call of that interface stands in the
last section: a replacement needs to change nothing else.
"""

from __future__ import annotations

import copy
import math
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F
from torch.nn.utils import parametrize

from lisptorch_compile.runtime import lora, tensors
from lisptorch_compile.runtime.choices import unknown_name
from lisptorch_compile.runtime.described import described

# --- tensors --------------------------------------------------------------------------

_DTYPES: dict[str, torch.dtype] = {
    "int8": torch.qint8,
    "qint8": torch.qint8,
    "uint8": torch.quint8,
    "quint8": torch.quint8,
}


def quantize_per_tensor(
    tensor: Tensor, scale: float, zero_point: int, dtype: str = "int8"
) -> Tensor:
    """Return ``tensor`` in 8 bits: ``clamp(round(x / scale + zero_point))``.

    Halves are rounded to even, after the zero point was added.

    Args:
        tensor: any shape; other dtypes than float32 are cast.
        scale: the step between two codes, positive.
        zero_point: the code of 0.0, -128..127 or, for ``"uint8"``, 0..255.
        dtype: ``"int8"`` or ``"uint8"`` (``"qint8"``, ``"quint8"`` are the same).

    Raises:
        ValueError: the scale is not positive and finite, the zero point is out of
            range, or the dtype unknown.
    """
    quantized = _quantized_dtype(dtype)
    if not (math.isfinite(scale) and scale > 0):
        raise ValueError(f"scale ({scale:g}) must be positive and finite")
    low, high = _code_range(quantized)
    if not low <= zero_point <= high:
        raise ValueError(
            f"zero_point ({zero_point}) must be between {low} and {high} for {dtype}"
        )
    return _affine(tensor.float(), scale, int(zero_point), quantized)


def quantize_per_channel(
    tensor: Tensor, scales: Tensor, zero_points: Tensor, axis: int
) -> Tensor:
    """Return ``tensor`` in signed 8 bits with one scale for each slice along ``axis``.

    Args:
        tensor: any shape; other dtypes than float32 are cast.
        scales, zero_points: (n,) tensors or lists, n the size of ``axis``.
        axis: may count from the end.

    Raises:
        ValueError: the lengths differ from the axis, or a scale is not positive.
    """
    scales = tensors.tensor(scales).double()
    zero_points = tensors.tensor(zero_points).long()
    size = tensor.size(axis)
    for name, values in (("scales", scales), ("zero_points", zero_points)):
        if values.numel() != size:
            count = values.numel()
            raise ValueError(
                f"{name} ({count}) must be as many as axis {axis} ({size})"
            )
    if not bool((scales.isfinite() & (scales > 0)).all()):
        raise ValueError("scales must be positive and finite")
    return _affine_per_channel(tensor.float(), scales, zero_points, axis % tensor.dim())


def quantize_automatic(tensor: Tensor, dtype: str = "int8") -> Tensor:
    """Return ``tensor`` in 8 bits with the scale and zero point that fit its range.

    The range is widened to hold 0, so 0 has a code of its own. Dequantizing errs by at
    most half a step.

    Args:
        tensor: any shape, not empty.
        dtype: ``"int8"`` or ``"uint8"``.

    Raises:
        ValueError: the tensor is empty or holds nan or inf; the dtype is unknown.
    """
    quantized = _quantized_dtype(dtype)
    if tensor.numel() == 0:
        raise ValueError("an empty tensor has no range to quantize")
    low, high = (bound.item() for bound in tensor.float().aminmax())
    if not (math.isfinite(low) and math.isfinite(high)):
        raise ValueError("a tensor with nan or inf cannot be quantized")
    scale, zero_point = _scale_and_zero_point(low, high, *_code_range(quantized))
    return _affine(tensor.float(), scale, zero_point, quantized)


def quantize_int8(tensor: Tensor) -> Tensor:
    """Return ``quantize_automatic(tensor, "int8")``."""
    return quantize_automatic(tensor, "int8")


def _scale_and_zero_point(
    low: float, high: float, first: int, last: int
) -> tuple[float, int]:
    """Return the affine map of [low, high] and 0 to the codes first..last."""
    low, high = min(low, 0.0), max(high, 0.0)
    scale = (high - low) / (last - first) or 1.0
    return scale, min(max(round(first - low / scale), first), last)


def _quantized_dtype(name: str) -> torch.dtype:
    if str(name) not in _DTYPES:
        raise unknown_name("dtype for quantization", name, _DTYPES)
    return _DTYPES[str(name)]


def _code_range(dtype: torch.dtype) -> tuple[int, int]:
    return (0, 255) if dtype == torch.quint8 else (-128, 127)


# --- models ---------------------------------------------------------------------------


class QuantizedLinear(nn.Module):
    """A linear layer with 8-bit weights, one scale for each output.

    On a CPU the product is computed in integers where torch has an engine for it;
    inputs are quantized by their own range (dynamic), or by the range that
    ``calibrate`` fixed (static). Elsewhere, and under ``torch.compile``, the weights
    are dequantized on the fly. There are no gradients.

    Args:
        in_features, out_features: sizes of the last dimension of input and output.
        bias: whether there is a bias.
    """

    weight_codes: Tensor
    weight_scales: Tensor
    bias: Tensor | None
    ranges: Tensor

    def __init__(self, in_features: int, out_features: int, bias: bool = True) -> None:
        super().__init__()
        self.in_features = in_features
        self.out_features = out_features
        codes = torch.zeros(out_features, in_features, dtype=torch.int8)
        self.register_buffer("weight_codes", codes)
        self.register_buffer("weight_scales", torch.ones(out_features))
        self.register_buffer("bias", torch.zeros(out_features) if bias else None)
        # scale and zero point of the input, then of the output; all 0: dynamic
        self.register_buffer("ranges", torch.zeros(4))
        self._packed: _Packed | None = None
        after_loading: Any = self.register_load_state_dict_post_hook  # not annotated
        after_loading(_forget_packed)

    @classmethod
    def of(cls, linear: nn.Linear) -> QuantizedLinear:
        """Return the quantized counterpart of ``linear``, which stays as it is."""
        layer = cls(linear.in_features, linear.out_features, linear.bias is not None)
        layer.weight_codes, layer.weight_scales = _rows_to_codes(linear.weight.detach())
        layer.bias = None if linear.bias is None else linear.bias.detach().float()
        return layer.to(linear.weight.device).train(linear.training)

    @property
    def weight(self) -> Tensor:
        """The dequantized weight, (out_features, in_features), float32."""
        return _codes_to_rows(self.weight_codes, self.weight_scales)

    @property
    def is_static(self) -> bool:
        """Whether the ranges of input and output are fixed."""
        return bool(self.ranges[0] > 0)

    def calibrate(
        self, inputs: tuple[float, float], outputs: tuple[float, float]
    ) -> None:
        """Fix the (low, high) ranges of inputs and outputs: it becomes static."""
        # 7 bits for inputs: the x86 kernels add pairs of products in 16 bits, which
        # 8 bits can overflow on processors without VNNI
        of_input = _scale_and_zero_point(*inputs, 0, 127)
        of_output = _scale_and_zero_point(*outputs, 0, 255)
        self.ranges = self.ranges.new_tensor([*of_input, *of_output])
        self._packed = None

    def forward(self, x: Tensor) -> Tensor:
        """Return ``x @ weight.T + bias`` to about two digits.

        Args:
            x: (..., in_features); any dtype, cast to float32.

        Returns:
            (..., out_features), float32.
        """
        x = x.float()
        if x.device.type != "cpu" or not _has_engine():
            return F.linear(x, self.weight, self.bias)
        if self._packed is None:
            self._packed = _pack(self)
        rows = x.detach().reshape(-1, self.in_features)
        output = _integer_linear(rows, self._packed)
        return output.reshape(*x.shape[:-1], self.out_features)

    def extra_repr(self) -> str:
        kind = "static" if self.is_static else "dynamic"
        return (
            f"in_features={self.in_features}, out_features={self.out_features}, {kind}"
        )


def _forget_packed(layer: nn.Module, _: object) -> None:
    assert isinstance(layer, QuantizedLinear)
    layer._packed = None


class _Dequantized(nn.Module):
    """Keeps a weight matrix as 8-bit codes and a scale for each row."""

    def forward(self, codes: Tensor, scales: Tensor) -> Tensor:
        return _codes_to_rows(codes, scales)

    def right_inverse(self, weight: Tensor) -> tuple[Tensor, Tensor]:
        return _rows_to_codes(weight)


def _rows_to_codes(weight: Tensor) -> tuple[Tensor, Tensor]:
    """Return symmetric int8 codes (R, C) and float32 scales (R,) of a matrix (R, C)."""
    rows = weight.float()
    scales = rows.abs().amax(dim=1) / 127  # (R,)
    scales = scales.where(scales > 0, torch.ones_like(scales))
    return (rows / scales.unsqueeze(1)).round().to(torch.int8), scales


def _codes_to_rows(codes: Tensor, scales: Tensor) -> Tensor:
    return codes.to(scales.dtype) * scales.unsqueeze(1)


def quantize_model(model: nn.Module, dtype: str = "qint8") -> nn.Module:
    """Return a copy of ``model`` for inference with 8-bit weights in its linear layers.

    A LoRA layer becomes one quantized layer with its correction inside; the joint input
    projection of an attention module is kept in 8 bits and dequantized on the fly; all
    other parameters stay. ``model`` itself is not changed.

    Args:
        model: any module, also a single linear layer.
        dtype: ``"qint8"`` (or ``"int8"``), the only one for models.

    Raises:
        TypeError: ``model`` is no module.
        ValueError: the dtype is another one.
    """
    if not isinstance(model, nn.Module):
        raise TypeError(f"expected a model to quantize, not {described(model)}")
    if _quantized_dtype(dtype) != torch.qint8:
        raise ValueError(f"models are quantized to qint8, not to {dtype}")
    return _quantized(copy.deepcopy(model)).requires_grad_(False)


def quantize_model_static(model: nn.Module, calibration_data: object) -> nn.Module:
    """Return ``quantize_model(model)`` with the ranges of activations fixed.

    Args:
        model: any module; it is not changed.
        calibration_data: an input of the model, or a list of inputs. The ranges are
            those met when the model runs on them; a layer that is not reached stays
            dynamic.

    Raises:
        TypeError: ``model`` is no module.
        ValueError: there is no calibration data.
    """
    quantized = quantize_model(model)
    inputs = (
        [calibration_data] if isinstance(calibration_data, Tensor) else calibration_data
    )
    for name, ranges in _observed_ranges(quantized, inputs).items():
        layer = quantized.get_submodule(name)
        assert isinstance(layer, QuantizedLinear)
        layer.calibrate(*ranges)
    return quantized


def is_quantized(model: nn.Module) -> bool:
    """Tell whether ``model`` holds quantized layers."""
    return any(
        isinstance(part, QuantizedLinear | _Dequantized) for part in model.modules()
    )


def _quantized(module: nn.Module) -> nn.Module:
    """Return ``module`` with its linear layers exchanged, or its own counterpart."""
    if isinstance(module, lora.LoRALinear):
        return QuantizedLinear.of(lora.to_linear(module))
    if isinstance(module, nn.Linear):
        return QuantizedLinear.of(module)
    weight = getattr(module, "in_proj_weight", None)
    if isinstance(weight, nn.Parameter):
        weight.requires_grad_(False)  # codes are integers, they have no gradients
        parametrize.register_parametrization(module, "in_proj_weight", _Dequantized())
    for name, child in list(module.named_children()):
        if name != "parametrizations":
            setattr(module, name, _quantized(child))
    return module


_Range = tuple[float, float]


class _RangeObserver:
    """Collects the smallest and largest input and output of a layer."""

    def __init__(self) -> None:
        self.inputs: list[Tensor] = []
        self.outputs: list[Tensor] = []

    def __call__(self, _: nn.Module, args: tuple[Tensor, ...], output: Tensor) -> None:
        self.inputs.append(torch.stack(args[0].float().aminmax()))
        self.outputs.append(torch.stack(output.float().aminmax()))

    def ranges(self) -> tuple[_Range, _Range]:
        return _joint_range(self.inputs), _joint_range(self.outputs)


def _joint_range(bounds: list[Tensor]) -> _Range:
    together = torch.stack(bounds)
    return together.min().item(), together.max().item()


def _observed_ranges(
    model: nn.Module, inputs: object
) -> dict[str, tuple[_Range, _Range]]:
    """Run ``model`` on ``inputs``; return the ranges met by each layer, by its name."""
    if not isinstance(inputs, Iterable) or isinstance(inputs, str):
        found = described(inputs)
        raise TypeError(f"calibration_data must be tensors, not {found}")
    observers = {
        name: (layer, _RangeObserver())
        for name, layer in model.named_modules()
        if isinstance(layer, QuantizedLinear)
    }
    hooks = [
        layer.register_forward_hook(observer) for layer, observer in observers.values()
    ]
    batches = [tensors.tensor(batch) for batch in inputs]
    if not batches:
        raise ValueError("calibration_data holds no inputs")
    training = model.training
    model.eval()
    try:
        with torch.no_grad():
            for batch in batches:
                model(batch)
    finally:
        model.train(training)
        for hook in hooks:
            hook.remove()
    return {
        name: observer.ranges()
        for name, (_, observer) in observers.items()
        if observer.inputs
    }


# --- the deprecated interface of torch ------------------------------------------------


@contextmanager
def _without_deprecation() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.filterwarnings(
            "ignore", message=".*quantize.*deprecated", append=False
        )
        yield


def _affine(
    tensor: Tensor, scale: float, zero_point: int, dtype: torch.dtype
) -> Tensor:
    with _without_deprecation():
        return torch.quantize_per_tensor(tensor, scale, zero_point, dtype)


def _affine_per_channel(
    tensor: Tensor, scales: Tensor, zero_points: Tensor, axis: int
) -> Tensor:
    with _without_deprecation():
        return torch.quantize_per_channel(
            tensor, scales, zero_points, axis, torch.qint8
        )


def _has_engine() -> bool:
    """Tell whether integers can be multiplied here; packed weights cannot be traced."""
    engine = torch.backends.quantized.engine
    return not torch.compiler.is_compiling() and engine not in (None, "none")


@dataclass(frozen=True, slots=True)
class _Packed:
    """A layer as the engine that multiplies integers takes it.

    ``weights`` are in the engine's own layout; ``input`` and ``output`` are the scale
    and zero point of a static layer, None of a dynamic one.
    """

    weights: object
    input: tuple[float, int] | None
    output: tuple[float, int] | None


def _pack(layer: QuantizedLinear) -> _Packed:
    zero_points = torch.zeros(layer.out_features, dtype=torch.int64)
    scales = layer.weight_scales.double()
    quantized = _affine_per_channel(layer.weight, scales, zero_points, 0)
    weights = torch.ops.quantized.linear_prepack(quantized, layer.bias)
    if not layer.is_static:
        return _Packed(weights, None, None)
    in_scale, in_zero, out_scale, out_zero = layer.ranges.tolist()
    return _Packed(weights, (in_scale, int(in_zero)), (out_scale, int(out_zero)))


def _integer_linear(rows: Tensor, packed: _Packed) -> Tensor:
    """Return the product for rows (N, in) as float32 (N, out)."""
    result: Tensor
    if packed.input is None or packed.output is None:
        linear = torch.ops.quantized.linear_dynamic
        result = linear(rows, packed.weights, reduce_range=True)
        return result
    codes = _affine(rows, *packed.input, torch.quint8)
    product = torch.ops.quantized.linear(codes, packed.weights, *packed.output)
    result = product.dequantize()
    return result
