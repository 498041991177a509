"""LoRA on a language model: adapters beside its linear layers, in peft's file format."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import torch
from torch import Tensor, nn

from lisptorch_compile.runtime import lora, weight_files
from lisptorch_compile.runtime.atomic_files import StrPath, atomic_write
from lisptorch_compile.runtime.choices import unknown_name
from lisptorch_compile.runtime.lora import LoRALinear, adapted_layers
from lisptorch_compile.runtime.models.decoder import CausalLM
from lisptorch_compile.runtime.models.weights import our_part, their_part

#: What peft puts before the names of a model's parts.
_PREFIX = "base_model.model."
_CONFIG = "adapter_config.json"
_WEIGHTS = "adapter_model.safetensors"

DEFAULT_TARGETS = ("q_proj", "k_proj", "v_proj", "o_proj")


def add_adapters(
    model: nn.Module,
    targets: Iterable[str],
    *,
    rank: int,
    alpha: float,
    dtype: torch.dtype | None = None,
) -> None:
    """Put an adapter beside each linear layer whose last name is among ``targets``.

    Everything else is frozen; the layers' weights are shared, not copied. Adapters that
    are there already are replaced.

    Args:
        rank: R, size of the bottleneck.
        alpha: corrections are scaled by ``alpha / rank``.
        dtype: of the adapters; float32 when left out.

    Raises:
        ValueError: the model has no layer of one of the names, or ``rank`` is not positive.
    """
    wanted = set(targets)
    found = {name.rpartition(".")[2] for name, _ in _linear_layers(model)}
    for name in sorted(wanted - found):
        raise unknown_name("target module", name, found)
    model.requires_grad_(False)
    for name, linear in list(_linear_layers(model)):
        parent, _, last = name.rpartition(".")
        if last in wanted:
            adapted = lora.on_linear(linear, rank, alpha, dtype=dtype)
            setattr(model.get_submodule(parent), last, adapted)


def _linear_layers(model: nn.Module) -> Iterator[tuple[str, nn.Linear]]:
    """Yield the linear layers by name; an adapted one stands for its base."""
    adapted: set[str] = set()
    for name, module in model.named_modules():
        if isinstance(module, LoRALinear):
            adapted.add(name)
            yield name, module.base
        elif isinstance(module, nn.Linear) and name.rpartition(".")[0] not in adapted:
            yield name, module


def save_adapters(model: nn.Module, folder: StrPath) -> None:
    """Write the adapters to ``folder`` as peft does.

    Raises:
        ValueError: ``model`` has no adapters, or they differ in rank or strength.
        OSError: the folder cannot be written.
    """
    layers = adapted_layers(model)
    names = {_their_part(name, model): layer for name, layer in layers.items()}
    kinds = {(layer.rank, layer.alpha) for layer in layers.values()}
    if len(kinds) != 1:
        raise ValueError(
            "peft's format needs adapters of one rank and alpha"
            if kinds
            else "the model has no adapters: torch_hf_lora_init makes them"
        )
    ((rank, alpha),) = kinds
    config = {
        "peft_type": "LORA",
        "task_type": "CAUSAL_LM",
        "base_model_name_or_path": None,
        "r": rank,
        "lora_alpha": alpha,
        "lora_dropout": 0.0,
        "bias": "none",
        "fan_in_fan_out": _is_gpt2(model),
        "target_modules": sorted({name.rpartition(".")[2] for name in names}),
    }
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    tensors = {
        f"{_PREFIX}{name}.{key}": tensor for name, key, tensor in _tensors(names)
    }
    weight_files.write_safetensors(tensors, {}, folder / _WEIGHTS)
    text = json.dumps(config, indent=2).encode()
    atomic_write(folder / _CONFIG, lambda file: file.write(text))


def load_adapters(model: nn.Module, folder: StrPath) -> None:
    """Give ``model`` the adapters of a peft ``folder``, in the dtype of the file.

    Raises:
        FileNotFoundError: a file is missing.
        ValueError: the adapters do not fit the model, or need what is not supported
            (DoRA, rank patterns, trained biases).
    """
    folder = Path(folder)
    config = json.loads((folder / _CONFIG).read_text(encoding="utf-8"))
    _check_supported(config)
    tensors, _ = weight_files.read_safetensors(folder / _WEIGHTS)
    found = {
        _our_part(name.removeprefix(_PREFIX), model): tensor
        for name, tensor in tensors.items()
    }
    targets = {name.split(".lora_")[0].rpartition(".")[2] for name in found}
    dtype = next((tensor.dtype for tensor in found.values()), None)
    scale = config["r"] ** 0.5 if config.get("use_rslora") else 1
    alpha = config["lora_alpha"] * scale
    add_adapters(model, targets, rank=config["r"], alpha=alpha, dtype=dtype)
    fill_adapters(model, found, folder)


def fill_adapters(
    model: nn.Module, content: Mapping[str, Tensor], source: StrPath
) -> None:
    """Copy named tensors (``NAME.lora_A.weight`` …) into the adapters of ``model``.

    Raises:
        ValueError: one is missing, unexpected or of another shape; nothing is changed.
    """
    wanted = {
        f"{name}.{key}": tensor for name, key, tensor in _tensors(adapted_layers(model))
    }
    for name in sorted(wanted.keys() ^ content.keys()):
        problem = "lacks" if name in wanted else "has the unexpected"
        raise ValueError(f"'{source}' {problem} adapter '{name}'")
    for name, tensor in wanted.items():
        if content[name].shape != tensor.shape:
            raise ValueError(
                f"adapter '{name}' of '{source}' is {list(content[name].shape)}, "
                f"the model's {list(tensor.shape)}"
            )
    for layer in adapted_layers(model).values():
        layer.unmerge()
    with torch.no_grad():
        for name, tensor in wanted.items():
            tensor.copy_(content[name])


def _tensors(layers: Mapping[str, LoRALinear]) -> Iterator[tuple[str, str, Tensor]]:
    for name, layer in layers.items():
        yield name, "lora_A.weight", layer.lora_a.weight.detach()
        yield name, "lora_B.weight", layer.lora_b.weight.detach()


def _our_part(name: str, model: nn.Module) -> str:
    return our_part(name, model.config) if isinstance(model, CausalLM) else name


def _their_part(name: str, model: nn.Module) -> str:
    return their_part(name, model.config) if isinstance(model, CausalLM) else name


def _is_gpt2(model: nn.Module) -> bool:
    """Tell whether the published linear weights are (in, out)."""
    return isinstance(model, CausalLM) and model.config.family == "gpt2"


def _check_supported(config: Mapping[str, object]) -> None:
    if config.get("peft_type") != "LORA":
        raise ValueError(f"adapters of type {config.get('peft_type')}, not LORA")
    for key in ("use_dora", "rank_pattern", "alpha_pattern", "modules_to_save"):
        if config.get(key):
            raise ValueError(f"adapters with {key} are not supported")
    if config.get("bias", "none") != "none":
        raise ValueError("adapters with trained biases are not supported")
