"""A language model and a tokenizer in the folders where scripts look for them.

FOLDER/model/      config.json, model.safetensors: random weights, two layers
FOLDER/tokenizer/  tokenizer.json: byte-level pairs and a few special tokens
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save_file
from tokenizers import (
    Regex,
    Tokenizer,
    decoders,
    models,
    pre_tokenizers,
    trainers,
)

from lisptorch_compile.runtime.bpe import GPT2_PATTERN
from lisptorch_compile.runtime.models import CausalLM, decoder_config

#: What the chats of the families are made of.
SPECIAL_TOKENS = {
    "llama": (
        "<|begin_of_text|>",
        "<|end_of_text|>",
        "<|start_header_id|>",
        "<|end_header_id|>",
        "<|eot_id|>",
    ),
    "qwen3": ("<|endoftext|>", "<|im_start|>", "<|im_end|>"),
}

_CORPUS = (
    "The king asked the miller what the weather would be tomorrow.",
    "Explain in one sentence how a tensor differs from a matrix.",
    "user system assistant question answer instruction response",
)


def write_language_model(
    folder: Path, family: str = "llama", dtype: torch.dtype = torch.float32
) -> None:
    """Write a random model of ``family`` and its tokenizer below ``folder``."""
    vocab_size = write_tokenizer(folder / "tokenizer", family)
    write_model(folder / "model", family, vocab_size, dtype)


def write_tokenizer(folder: Path, family: str) -> int:
    """Train a small tokenizer, and return how many tokens it has."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(GPT2_PATTERN), "isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=300,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(_CORPUS, trainer)
    tokenizer.add_special_tokens(list(SPECIAL_TOKENS[family]))
    folder.mkdir(parents=True)
    tokenizer.save(str(folder / "tokenizer.json"))
    return int(tokenizer.get_vocab_size())


def write_model(
    folder: Path, family: str, vocab_size: int, dtype: torch.dtype = torch.float32
) -> None:
    """Write a model with random weights, large enough that its guesses differ."""
    config: dict[str, Any] = {
        "model_type": family,
        "vocab_size": vocab_size,
        "hidden_size": 32,
        "intermediate_size": 64,
        "num_hidden_layers": 2,
        "num_attention_heads": 4,
        "num_key_value_heads": 2,
        "head_dim": 8,
        "max_position_embeddings": 512,
        "rms_norm_eps": 1e-6,
        "rope_theta": 10000.0,
        "tie_word_embeddings": False,
    }
    folder.mkdir(parents=True)
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    torch.manual_seed(0)
    model = CausalLM(decoder_config(config))
    weights = {
        name: (torch.randn(p.shape) * 0.1 if p.dim() > 1 else torch.ones(p.shape))
        for name, p in model.named_parameters()
    }
    save_file(
        {name: weight.to(dtype) for name, weight in weights.items()},
        folder / "model.safetensors",
    )
