"""Language models from Hugging Face folders."""

from __future__ import annotations

import torch

from lisptorch_compile.runtime import devices
from lisptorch_compile.runtime.models.cache import KVCache
from lisptorch_compile.runtime.models.config import (
    FAMILIES,
    DecoderConfig,
    decoder_config,
    read_config,
)
from lisptorch_compile.runtime.models.decoder import CausalLM
from lisptorch_compile.runtime.models.weights import load_weights
from lisptorch_compile.runtime.weight_files import StrPath

__all__ = [
    "FAMILIES",
    "CausalLM",
    "DecoderConfig",
    "KVCache",
    "decoder_config",
    "load",
    "read_config",
]


def load(
    folder: StrPath,
    *,
    device: str | torch.device = "cpu",
    dtype: torch.dtype | None = None,
) -> CausalLM:
    """Return the model of a Hugging Face folder, ready for inference.

    Args:
        folder: holds ``config.json`` and safetensors (or ``.bin``) files.
        device: where the weights go.
        dtype: what they become; as they are in the files when left out.

    Raises:
        FileNotFoundError: the configuration or the weights are missing.
        ValueError: the family is unknown, or the weights do not fit the configuration.
    """
    config = decoder_config(read_config(folder))
    with torch.device("meta"):
        model = CausalLM(config)
    target = devices.device(device)
    load_weights(model, folder, config, device=target, dtype=dtype)
    _make_tables(model, target)
    return model.eval()


def _make_tables(model: CausalLM, device: torch.device) -> None:
    """Compute what no file holds: the buffers of the rotations."""
    model.model.rotaries = model.model.rotations().to(device)
