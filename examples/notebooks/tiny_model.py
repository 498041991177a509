"""A language model of random weights that fits a notebook, in the layout of published ones."""

from __future__ import annotations

import json
from pathlib import Path

import torch
from safetensors.torch import save_file

from lisptorch_compile.runtime.models import CausalLM, decoder_config

_CONFIG = {
    "model_type": "llama",
    "vocab_size": 128,  # ASCII: a token is a character
    "hidden_size": 64,
    "intermediate_size": 128,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "head_dim": 16,
    "max_position_embeddings": 256,
    "rms_norm_eps": 1e-6,
    "rope_theta": 10000.0,
    "tie_word_embeddings": False,
}


def write_model(folder: Path, seed: int = 0) -> None:
    """Write ``config.json`` and ``model.safetensors`` into a new folder."""
    folder.mkdir(parents=True)
    (folder / "config.json").write_text(json.dumps(_CONFIG), encoding="utf-8")
    shapes = CausalLM(decoder_config(_CONFIG)).named_parameters()
    generator = torch.Generator().manual_seed(seed)
    weights = {
        name: (
            torch.ones(weight.shape)
            if weight.dim() == 1
            else torch.randn(weight.shape, generator=generator) * 0.15
        )
        for name, weight in shapes
    }
    save_file(weights, folder / "model.safetensors")
