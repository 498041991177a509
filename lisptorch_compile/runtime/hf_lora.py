"""Adapters of language models by name: what LispE's ``torch_hf_lora_…`` functions do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from torch import Tensor, nn

from lisptorch_compile.runtime import hf, tensors, weight_files
from lisptorch_compile.runtime.atomic_files import atomic_write
from lisptorch_compile.runtime.calls import options
from lisptorch_compile.runtime.lora import adapted_layers
from lisptorch_compile.runtime.models import adapters
from lisptorch_compile.runtime.values import List


def init(
    model_name: Any,
    rank: Any = 16,
    alpha: Any = 32,
    target_modules: Any = None,
    dtype: Any = None,
) -> bool:
    """Give each layer an adapter beside each of its ``target_modules``.

    The four may come as one dictionary, too.

    Args:
        rank: R, size of the bottleneck.
        alpha: corrections are scaled by ``alpha / rank``.
        target_modules: last names of linear layers; those of q, k, v and o when nil.
        dtype: of the adapters, float32 when nil.

    Raises:
        LispError: the model is not loaded.
        ValueError: it has no such module.
    """
    if not isinstance(rank, int | float):
        return init(model_name, **options(rank))
    adapters.add_adapters(
        hf.model(model_name),
        [str(name) for name in target_modules or adapters.DEFAULT_TARGETS],
        rank=int(rank),
        alpha=float(alpha),
        dtype=None if dtype is None else tensors.dtype(dtype),
    )
    return True


def parameters(model_name: Any) -> List:
    """Return A (R, in) and B (out, R) of each adapter, live; none before ``init``."""
    found = adapted_layers(hf.model(model_name)).values()
    return List(
        [part.weight for layer in found for part in (layer.lora_a, layer.lora_b)]
    )


def save(model_name: Any, path: Any) -> bool:
    """Write the adapters: a folder (a path without extension) in peft's format, else one
    file with ``torch.save`` (and its names in ``PATH.keys``). False when it cannot be.
    """
    layers = hf.model(model_name)
    try:
        if not Path(path).suffix:
            adapters.save_adapters(layers, path)
            return True
        content = _short_names(layers)
        weight_files.write_pickle(content, path)
        keys = "".join(f"{name}\n" for name in content).encode()
        atomic_write(f"{path}.keys", lambda file: file.write(keys))
    except (OSError, ValueError):
        return False
    return bool(content)


def load(model_name: Any, path: Any) -> bool:
    """Read adapters that ``save`` or peft wrote; False when they do not fit.

    A folder brings its own rank and modules; a file needs ``init`` with the same
    ones first.
    """
    model = hf.model(model_name)
    try:
        if Path(path).is_dir():
            adapters.load_adapters(model, path)
            return True
        found = {
            _long_name(name, model): tensor
            for name, tensor in weight_files.read_pickle(path).items()
        }
        adapters.fill_adapters(model, found, path)
    except (OSError, ValueError):
        return False
    return bool(found)


def _short_names(model: nn.Module) -> dict[str, Tensor]:
    """Return the adapters as LispE names them: ``layer.0.q_proj.lora_A.weight``."""
    content: dict[str, Tensor] = {}
    for name, layer in adapted_layers(model).items():
        _, _, number, *_, last = name.split(".")
        content[f"layer.{number}.{last}.lora_A.weight"] = layer.lora_a.weight.detach()
        content[f"layer.{number}.{last}.lora_B.weight"] = layer.lora_b.weight.detach()
    return content


def _long_name(name: str, model: nn.Module) -> str:
    _, number, last, key = name.split(".", 3)
    for full in adapted_layers(model):
        if full.split(".")[2] == number and full.endswith(f".{last}"):
            return f"{full}.{key}"
    return name


def merge(model_name: Any) -> None:
    """Add the corrections to the base weights; what the model computes stays."""
    for layer in adapted_layers(hf.model(model_name)).values():
        layer.merge()


def unmerge(model_name: Any) -> None:
    """Take the corrections out of the base weights again."""
    for layer in adapted_layers(hf.model(model_name)).values():
        layer.unmerge()


def enable(model_name: Any, enable: Any = True) -> None:
    """Switch the adapters on or off; off, an unmerged model is its base."""
    for layer in adapted_layers(hf.model(model_name)).values():
        layer.enabled = bool(enable)
