"""The training loop of the LoRA example against the same loop written by hand."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.generated_code import compiled
from benchmarks.pairing import Ratio, paired

_CONFIG = {
    "model_type": "llama",
    "vocab_size": 1000,
    "hidden_size": 128,
    "intermediate_size": 256,
    "num_hidden_layers": 4,
    "num_attention_heads": 8,
    "num_key_value_heads": 4,
}
_SETTINGS = {"gradient_accumulation_steps": 4, "max_grad_norm": 1.0}
_TARGETS = ["q_proj", "k_proj", "v_proj", "o_proj"]


def ratios() -> Iterator[Ratio]:
    """Yield the ratio for 16 examples of 64 tokens, on the same modules."""
    from lisptorch_compile.runtime import hf, hf_lora

    with tempfile.TemporaryDirectory() as folder:
        _write_model(Path(folder))
        hf.load_model_lora("bench", folder)
    hf_lora.init("bench", 8, 16, _TARGETS)
    yield paired(
        "LoRA training, 16 examples", _generated(), _by_hand(), limit=1.02, rounds=15
    )


def _write_model(folder: Path) -> None:
    import torch
    from safetensors.torch import save_file

    from lisptorch_compile.runtime.models import CausalLM, decoder_config

    (folder / "config.json").write_text(json.dumps(_CONFIG), encoding="utf-8")
    weights = CausalLM(decoder_config(_CONFIG)).state_dict()
    filled = {name: torch.randn_like(weight) * 0.05 for name, weight in weights.items()}
    save_file(filled, folder / "model.safetensors")


def _generated() -> Callable[[], float]:
    import torch

    from lisptorch_compile.runtime import Integers, List, hf_lora, training

    train: Callable[..., float] = compiled("lora_step").train
    optimizer = training.add_params(hf_lora.parameters("bench"), 1e-3)
    scheduler = training.LRScheduler(optimizer)
    rows = torch.randint(0, 1000, (16, 64)).tolist()
    examples = List([List([Integers(row), Integers(row)]) for row in rows])
    return lambda: train("bench", examples, optimizer, scheduler, _SETTINGS)


def _by_hand() -> Callable[[], float]:
    import torch
    from torch.nn import functional as F

    from lisptorch_compile.runtime import hf, hf_lora, training

    model = hf.model("bench")
    optimizer = torch.optim.AdamW(hf_lora.parameters("bench"), lr=1e-3, weight_decay=0)
    scheduler = training.LRScheduler(optimizer)
    rows = torch.randint(0, 1000, (16, 64)).tolist()
    examples = [(row, row) for row in rows]

    def train() -> float:
        total = 0.0
        for number, (ids, labels) in enumerate(examples, 1):
            logits = model(torch.tensor([ids]))
            loss = F.cross_entropy(logits[0, :-1], torch.tensor(labels[1:]))
            (loss / 4).backward()
            total += loss.item()
            if number % 4 == 0:
                parameters = optimizer.param_groups[0]["params"]
                torch.nn.utils.clip_grad_norm_(parameters, 1.0)
                optimizer.step()
                scheduler.step()
                optimizer.zero_grad()
        return total / len(examples)

    return train
