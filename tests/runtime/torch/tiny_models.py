"""Tiny models with random weights, made and asked by transformers, the reference."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

SIZES = {
    "vocab_size": 101,
    "hidden_size": 32,
    "intermediate_size": 64,
    "num_hidden_layers": 4,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "max_position_embeddings": 128,
    "bos_token_id": 1,
    "eos_token_id": 2,
    "pad_token_id": 0,
}
_LLAMA3 = {
    "rope_type": "llama3",
    "rope_theta": 500000.0,
    "factor": 8.0,
    "low_freq_factor": 1.0,
    "high_freq_factor": 4.0,
    "original_max_position_embeddings": 32,
}
_LONGROPE = {
    "rope_type": "longrope",
    "rope_theta": 10000.0,
    "short_factor": [1.0, 1.1, 1.2, 1.3],
    "long_factor": [2.0, 2.5, 3.0, 3.5],
    "original_max_position_embeddings": 64,
}
_YARN = {
    "rope_type": "yarn",
    "rope_theta": 10000.0,
    "factor": 4.0,
    "original_max_position_embeddings": 32,
}
_LINEAR = {"rope_type": "linear", "rope_theta": 10000.0, "factor": 4.0}

#: By name: transformers' class of configurations, and what differs from ``SIZES``.
FAMILIES: dict[str, tuple[str, dict[str, Any]]] = {
    "llama-2": ("LlamaConfig", {"num_key_value_heads": 4}),
    "llama-3": ("LlamaConfig", {}),
    "llama-3.1": ("LlamaConfig", {"rope_parameters": _LLAMA3}),
    "llama-3.2": (
        "LlamaConfig",
        {"rope_parameters": _LLAMA3, "tie_word_embeddings": True, "head_dim": 16},
    ),
    "llama-linear-rope": ("LlamaConfig", {"rope_parameters": _LINEAR}),
    "llama-biases": ("LlamaConfig", {"attention_bias": True, "mlp_bias": True}),
    "smollm": ("LlamaConfig", {"tie_word_embeddings": True}),
    "smollm3": ("SmolLM3Config", {}),
    "mistral": ("MistralConfig", {"sliding_window": 8}),
    "mistral-v0.3": ("MistralConfig", {"sliding_window": None, "head_dim": 12}),
    "qwen2": ("Qwen2Config", {}),
    "qwen2-yarn": ("Qwen2Config", {"rope_parameters": _YARN}),
    "qwen2-window": (
        "Qwen2Config",
        {"use_sliding_window": True, "sliding_window": 6, "max_window_layers": 2},
    ),
    "qwen3": ("Qwen3Config", {"head_dim": 16}),
    "gemma": ("GemmaConfig", {"head_dim": 16}),
    "gemma-2": (
        "Gemma2Config",
        {"head_dim": 16, "sliding_window": 8, "query_pre_attn_scalar": 24},
    ),
    "gemma-3": (
        "Gemma3TextConfig",
        {"head_dim": 16, "sliding_window": 8, "num_hidden_layers": 7},
    ),
    "phi-3": ("Phi3Config", {"sliding_window": 7}),
    "phi-3-long": ("Phi3Config", {"rope_parameters": _LONGROPE}),
    "gpt2": ("GPT2Config", {}),
}


@dataclass(frozen=True, slots=True)
class Reference:
    """A model folder and transformers' model of it."""

    folder: Path
    model: nn.Module

    def logits(self, ids: Tensor, **more: Tensor) -> Tensor:
        """Return transformers' logits (B, T, V)."""
        with torch.no_grad():
            output: Tensor = self.model(ids, **more).logits
        return output

    def greedy(self, ids: Tensor, new: int, **more: Tensor) -> Tensor:
        """Return ``ids`` and ``new`` tokens that transformers' greedy search adds."""
        generate: Callable[..., Tensor] = self.model.generate  # type: ignore[assignment]
        return generate(ids, max_new_tokens=new, do_sample=False, **more)


def reference(family: str, folder: Path, **save: Any) -> Reference:
    """Write a model of ``family`` with random weights to ``folder``.

    The weights are larger than at the start of a training, so that every part of the
    model shows in the logits.
    """
    import transformers

    kind, changes = FAMILIES[family]
    config = getattr(transformers, kind)(**{**SIZES, **changes})
    torch.manual_seed(0)
    model = transformers.AutoModelForCausalLM.from_config(
        config, attn_implementation="eager"
    ).eval()
    with torch.no_grad():
        for parameter in model.parameters():
            if parameter.dim() == 1:
                parameter.add_(torch.randn_like(parameter) * 0.1)
            else:
                parameter.mul_(4)
    model.save_pretrained(folder, **save)
    return Reference(folder, model)
