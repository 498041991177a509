"""Low-rank adaptation: a frozen linear layer plus a small trainable correction."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

import torch
from torch import Tensor, nn

from lisptorch_compile.runtime import weight_files
from lisptorch_compile.runtime.atomic_files import StrPath
from lisptorch_compile.runtime.described import described
from lisptorch_compile.runtime.weight_files import model_and_path


class LoRALinear(nn.Module):
    """A linear layer whose weight is corrected by ``(alpha / rank) · B · A``.

    ``base`` is frozen; ``lora_a`` (rank, in) starts as N(0, 1/√rank) and ``lora_b``
    (out, rank) as zeros, so a fresh layer equals its base exactly. Only these two are
    trained.

    ``merge`` adds the correction to the base weight, for inference without its cost. A
    state dict always holds the base weight *without* it, so that what was saved merged
    and what was saved before merging load alike; loading leaves the layer unmerged.

    Args:
        in_features, out_features: sizes of the last dimension of input and output.
        rank: R, size of the bottleneck.
        alpha: strength; the correction is scaled by ``alpha / rank``.
        bias: whether ``base`` has a bias.

    Raises:
        ValueError: ``rank`` is not positive.

    Source: Hu et al. 2021, "LoRA", arXiv:2106.09685; scaling as in peft.
    """

    lisp_type = "torch_lora_linear_"

    def __init__(
        self,
        in_features: int,
        out_features: int,
        rank: int = 16,
        alpha: float = 16.0,
        *,
        bias: bool = True,
    ) -> None:
        super().__init__()
        if rank < 1:
            raise ValueError(f"rank ({rank}) must be at least 1")
        self.rank = rank
        self.alpha = alpha
        self.merged = False
        self.enabled = True  # switched off, the layer is its base
        self.base = nn.Linear(in_features, out_features, bias=bias)
        self.base.requires_grad_(False)
        self.lora_a = nn.Linear(in_features, rank, bias=False)
        self.lora_b = nn.Linear(rank, out_features, bias=False)
        self.reset_adapter()
        self._register_hooks()

    def reset_adapter(self) -> None:
        """Start anew: the layer equals its base."""
        nn.init.normal_(self.lora_a.weight, std=1 / math.sqrt(self.rank))
        nn.init.zeros_(self.lora_b.weight)

    def _register_hooks(self) -> None:
        after_saving: Any = self.register_state_dict_post_hook  # torch annotates
        before_loading: Any = self.register_load_state_dict_pre_hook  # neither
        after_saving(_without_delta)
        before_loading(_unmerge_first)

    @property
    def in_features(self) -> int:
        """Size of the last dimension of the input."""
        return self.base.in_features

    @property
    def out_features(self) -> int:
        """Size of the last dimension of the output."""
        return self.base.out_features

    @property
    def scaling(self) -> float:
        """What B · A is multiplied by: ``alpha / rank``."""
        return self.alpha / self.rank

    def forward(self, x: Tensor) -> Tensor:
        """Return ``base(x) + scaling · B(A(x))``.

        Args:
            x: (..., in_features), any dtype, cast to the parameters'.

        Returns:
            (..., out_features) in the parameters' dtype.
        """
        x = x.to(self.base.weight.dtype)
        output: Tensor = self.base(x)  # (..., out_features)
        if self.merged or not self.enabled:
            return output
        low_rank = self.lora_a(x.to(self.lora_a.weight.dtype))  # (..., R)
        correction: Tensor = self.lora_b(low_rank) * self.scaling
        return output + correction.to(output.dtype)

    def forward_with_gradients(self, x: Tensor) -> Tensor:
        """Return ``forward(x)`` with gradients recorded even where they are off."""
        with torch.enable_grad():
            output: Tensor = self(x)
        return output

    def delta(self) -> Tensor:
        """Return the correction of the weight, (out_features, in_features)."""
        delta: Tensor = self.scaling * (self.lora_b.weight @ self.lora_a.weight)
        return delta

    def magnitude(self) -> float:
        """Return the Frobenius norm of ``delta()``, 0 for a fresh layer."""
        return float(self.delta().detach().norm())

    def effective_weight(self) -> Tensor:
        """Return the weight that the layer applies, (out_features, in_features)."""
        if self.merged:
            return self.base.weight.detach().clone()
        return (self.base.weight + self.delta()).detach()

    def merge(self) -> None:
        """Add the correction to the base weight; nothing happens the second time."""
        if not self.merged:
            with torch.no_grad():
                self.base.weight += self.delta()
            self.merged = True

    def unmerge(self) -> None:
        """Take the correction out of the base weight again."""
        if self.merged:
            with torch.no_grad():
                self.base.weight -= self.delta()
            self.merged = False

    def __str__(self) -> str:
        merged = "true" if self.merged else "false"
        return (
            f"LoRA Linear Layer ({self.in_features} -> {self.out_features}, "
            f"rank={self.rank}, alpha={self.alpha:g}, merged={merged})"
        )


def checked(layer: object) -> LoRALinear:
    """Return what a program calls as a LoRA layer.

    Raises:
        TypeError: it is none.
    """
    if not isinstance(layer, LoRALinear):
        raise TypeError(f"expected a LoRA layer, not {described(layer)}")
    return layer


def _without_delta(
    layer: nn.Module, state: dict[str, Any], prefix: str, metadata: object
) -> None:
    """Replace the merged base weight in a state dict by the plain one."""
    assert isinstance(layer, LoRALinear)
    if layer.merged:
        weight = layer.base.weight.detach() - layer.delta().detach()
        state[f"{prefix}base.weight"] = weight


def _unmerge_first(layer: nn.Module, *_: object) -> None:
    assert isinstance(layer, LoRALinear)
    layer.unmerge()


def from_linear(linear: object, rank: int = 16, alpha: float = 16.0) -> LoRALinear:
    """Return a LoRA layer on a copy of ``linear``, which stays as it is.

    Raises:
        TypeError: ``linear`` is no ``nn.Linear``.
    """
    if not isinstance(linear, nn.Linear):
        found = described(linear)
        raise TypeError(f"LoRA is applied to a linear layer, not to {found}")
    layer = LoRALinear(
        linear.in_features,
        linear.out_features,
        rank,
        alpha,
        bias=linear.bias is not None,
    ).to(device=linear.weight.device, dtype=linear.weight.dtype)
    layer.base.load_state_dict(linear.state_dict())
    return layer.train(linear.training)


def on_linear(
    linear: nn.Linear,
    rank: int = 16,
    alpha: float = 16.0,
    *,
    dtype: torch.dtype | None = None,
) -> LoRALinear:
    """Return a LoRA layer whose base is ``linear`` itself, frozen; nothing is copied.

    Args:
        dtype: of the adapter; float32 when left out.
    """
    with torch.device("meta"):
        layer = LoRALinear(linear.in_features, linear.out_features, rank, alpha)
    layer.base = linear.requires_grad_(False)
    device = linear.weight.device
    for part in (layer.lora_a, layer.lora_b):
        part.to_empty(device=device).to(torch.float32 if dtype is None else dtype)
    layer.reset_adapter()
    return layer.train(linear.training)


def to_linear(layer: LoRALinear) -> nn.Linear:
    """Return a plain linear layer that computes what ``layer`` does."""
    base = layer.base
    linear = nn.Linear(base.in_features, base.out_features, bias=base.bias is not None)
    linear = linear.to(device=base.weight.device, dtype=base.weight.dtype)
    linear.load_state_dict(base.state_dict() | {"weight": layer.effective_weight()})
    return linear


def trainable_params(model: nn.Module) -> list[Tensor]:
    """Return the live A and B of every LoRA layer of ``model``, in its order."""
    return [
        parameter
        for layer in _layers(model).values()
        for parameter in (layer.lora_a.weight, layer.lora_b.weight)
    ]


def merge_weights(model: nn.Module) -> str:
    """Merge every LoRA layer of ``model`` and return LispE's report.

    Raises:
        TypeError: ``model`` has no LoRA layer.
    """
    for layer in _layers(model).values():
        layer.merge()
    return "LoRA weights merged successfully"


def unmerge_weights(model: nn.Module) -> str:
    """Undo ``merge_weights`` and return LispE's report."""
    for layer in _layers(model).values():
        layer.unmerge()
    return "LoRA weights unmerged successfully"


def save_adapters(model: nn.Module | StrPath, path: StrPath | nn.Module) -> str:
    """Write A and B of every LoRA layer of ``model`` to ``path``, nothing else.

    Keys are ``lora_A.weight``, ``lora_B.weight``, ``rank`` and ``alpha``, with the name
    of the layer and a dot before them where ``model`` holds the layer. The extension
    ``.safetensors`` chooses that format, any other one ``torch.save``. The arguments
    may come in either order.

    Raises:
        TypeError: ``model`` has no LoRA layer.
        OSError: ``path`` cannot be written.
    """
    model, path = model_and_path(model, path)
    tensors: dict[str, Tensor] = {}
    numbers: dict[str, object] = {}
    for name, layer in _layers(model).items():
        prefix = _prefix(name)
        tensors |= {key: param.detach() for key, param in _adapter(name, layer)}
        numbers |= {f"{prefix}rank": layer.rank, f"{prefix}alpha": layer.alpha}
    if weight_files.is_safetensors(path):
        weight_files.write_safetensors(tensors, numbers, path)
    else:
        weight_files.write_pickle({**tensors, **numbers}, path)
    return "LoRA adapters saved successfully"


def load_adapters(model: nn.Module | StrPath, path: StrPath | nn.Module) -> str:
    """Fill A and B of every LoRA layer of ``model`` from the file ``path``.

    The layers take the file's alpha, too, and are unmerged first. The arguments may
    come in either order.

    Raises:
        FileNotFoundError: there is no file ``path``.
        ValueError: the file is damaged, lacks a layer, or holds other shapes.
        TypeError: ``model`` has no LoRA layer.
    """
    model, path = model_and_path(model, path)
    if weight_files.is_safetensors(path):
        tensors, numbers = weight_files.read_safetensors(path)
        content: Mapping[str, Any] = {**tensors, **numbers}
    else:
        content = weight_files.read_pickle(path)
    layers = _layers(model)
    for name, layer in layers.items():  # check all before changing any
        _check_fits(name, layer, content, path)
    for name, layer in layers.items():
        _fill(name, layer, content)
    return "LoRA adapters loaded successfully"


def adapted_layers(model: nn.Module) -> dict[str, LoRALinear]:
    """Return the LoRA layers of ``model`` by name, in its order; its own name is empty."""
    return {
        name: layer
        for name, layer in model.named_modules()
        if isinstance(layer, LoRALinear)
    }


def _layers(model: nn.Module) -> dict[str, LoRALinear]:
    """Return the LoRA layers of ``model``, which must have some."""
    if not isinstance(model, nn.Module):
        raise TypeError(f"expected a model with LoRA layers, not {described(model)}")
    layers = adapted_layers(model)
    if not layers:
        raise TypeError(f"model must contain LoRA layers; {_kind(model)} has none")
    return layers


def _kind(value: object) -> str:
    return type(value).__name__


def _prefix(name: str) -> str:
    return f"{name}." if name else ""


def _adapter(name: str, layer: LoRALinear) -> Iterator[tuple[str, Tensor]]:
    """Yield the file's key and the parameter of A and of B."""
    prefix = _prefix(name)
    yield f"{prefix}lora_A.weight", layer.lora_a.weight
    yield f"{prefix}lora_B.weight", layer.lora_b.weight


def _check_fits(
    name: str, layer: LoRALinear, content: Mapping[str, Any], path: StrPath
) -> None:
    for key, parameter in _adapter(name, layer):
        tensor = content.get(key)
        if tensor is None:
            raise ValueError(f"'{path}' holds no adapter '{key}'")
        if tensor.shape != parameter.shape:
            found, wanted = list(tensor.shape), list(parameter.shape)
            raise ValueError(
                f"adapter '{key}' of '{path}' has shape {found}, the layer {wanted}"
            )


def _fill(name: str, layer: LoRALinear, content: Mapping[str, Any]) -> None:
    layer.unmerge()
    with torch.no_grad():
        for key, parameter in _adapter(name, layer):
            parameter.copy_(content[key])
    layer.alpha = content.get(f"{_prefix(name)}alpha", layer.alpha)
