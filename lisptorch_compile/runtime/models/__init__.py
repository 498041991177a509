"""Language models from Hugging Face folders."""

from __future__ import annotations

import torch

from lisptorch_compile.runtime import devices
from lisptorch_compile.runtime.atomic_files import StrPath
from lisptorch_compile.runtime.models.cache import KVCache
from lisptorch_compile.runtime.models.config import (
    FAMILIES,
    DecoderConfig,
    decoder_config,
    is_known,
    read_config,
)
from lisptorch_compile.runtime.models.decoder import CausalLM
from lisptorch_compile.runtime.models.foreign import ForeignLM, load_foreign
from lisptorch_compile.runtime.models.weights import load_weights

__all__ = [
    "FAMILIES",
    "CausalLM",
    "DecoderConfig",
    "ForeignLM",
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
    manual: bool = False,
) -> CausalLM | ForeignLM:
    """Return the model of a Hugging Face folder, ready for inference.

    A family that is none of ``FAMILIES`` is left to transformers, where that is installed.

    Args:
        folder: holds ``config.json`` and safetensors (or ``.bin``) files.
        device: where the weights go.
        dtype: what they become; as they are in the files when left out.
        manual: whether the weights of attention will be asked for.

    Raises:
        FileNotFoundError: the configuration or the weights are missing.
        ImportError: the family needs transformers, which is not installed.
        ValueError: the weights do not fit the configuration.
    """
    content = read_config(folder)
    if not is_known(content):
        target = devices.device(device)
        return load_foreign(folder, device=target, dtype=dtype, manual=manual)
    config = decoder_config(content)
    with torch.device("meta"):
        model = CausalLM(config)
    target = devices.device(device)
    load_weights(model, folder, config, device=target, dtype=dtype)
    model.model.rotaries.to(target)
    return model.eval()
