"""How far our decoder is from transformers and peft, check by check.

The tests hold each family to the bounds; ``families_table.py`` writes what is measured
into docs/models.md.
"""

from __future__ import annotations

import copy
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import torch
from tiny_models import Reference
from torch import Tensor

from lisptorch_compile.runtime import models
from lisptorch_compile.runtime.lora import adapted_layers
from lisptorch_compile.runtime.models import CausalLM, KVCache, adapters
from lisptorch_compile.runtime.models.weights import their_part

NEW_TOKENS = 12


def token_ids() -> Tensor:
    """Return the ids (3, 24) that all checks are made with."""
    return torch.randint(3, 101, (3, 24), generator=torch.Generator().manual_seed(1))


@contextmanager
def alone() -> Iterator[None]:
    """Make ``import transformers`` fail: the code under test does without it."""
    loaded = {name: m for name, m in sys.modules.items() if name == "transformers"}
    sys.modules["transformers"] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules["transformers"]
        sys.modules.update(loaded)


def load(folder: Path, **options: Any) -> CausalLM:
    """Return our model of a folder."""
    with alone():
        model = models.load(folder, **options)
    assert isinstance(model, CausalLM)
    return model


def logits(model: CausalLM, ids: Tensor, **more: object) -> Tensor:
    """Return our logits (B, T, V)."""
    with alone(), torch.no_grad():
        output: Tensor = model(ids, **more)
    return output


def _distance(ours: Tensor, theirs: Tensor) -> float:
    assert ours.shape == theirs.shape
    return float((ours - theirs).detach().abs().max())


# --- the decoder --------------------------------------------------------------------------


def _plain(known: Reference) -> float:
    ids = token_ids()
    return _distance(logits(load(known.folder), ids), known.logits(ids))


def _cached(known: Reference) -> float:
    """The prompt, a few tokens, then one after the other."""
    model, ids = load(known.folder), token_ids()
    cache = KVCache(model.config.num_layers)
    pieces = [ids[:, :10], ids[:, 10:15], *ids[:, 15:].split(1, dim=1)]
    stepwise = [logits(model, piece, cache=cache) for piece in pieces]
    assert len(cache) == ids.size(1)
    return _distance(torch.cat(stepwise, dim=1), known.logits(ids))


def _padded_left(known: Reference) -> float:
    return _padded(known, [slice(5), slice(9)])


def _padded_right(known: Reference) -> float:
    return _padded(known, [slice(-5, None), slice(-9, None)])


def _padded(known: Reference, padding: list[slice]) -> float:
    ids = token_ids()
    mask = torch.ones_like(ids)
    for row, part in enumerate(padding, start=1):
        mask[row, part] = 0
    positions = (mask.cumsum(dim=-1) - 1).clamp(min=0)
    theirs = known.logits(ids, attention_mask=mask, position_ids=positions)
    ours = logits(load(known.folder), ids, attention_mask=mask)
    return _distance(ours[mask == 1], theirs[mask == 1])


def _by_hand(known: Reference) -> float:
    """Attention by its formula, which is done to look at the softmax weights."""
    ids = token_ids()
    weights: list[Tensor] = []
    return _distance(
        logits(load(known.folder), ids, weights=weights), known.logits(ids)
    )


def _greedy(known: Reference) -> float:
    """How many tokens differ."""
    model, ids = load(known.folder), token_ids()[:1]
    cache = KVCache(model.config.num_layers)
    row = tokens = ids
    theirs = known.greedy(ids, NEW_TOKENS)
    while tokens.size(1) < theirs.size(1):
        row = logits(model, row, cache=cache, last_only=True).argmax(dim=-1)
        tokens = torch.cat((tokens, row), dim=1)
    return float((tokens != theirs).sum())


# --- adapters -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Adapted:
    """What differs with adapters, at most, over all choices of what is adapted.

    ``gradients`` counts in the largest one; ``exchanged``: how many tensors are not the same bits after their adapters have come to
    us, and ours gone back to them.
    """

    logits: float
    gradients: float
    exchanged: float


def target_choices(known: Reference) -> list[list[str]]:
    """Return what may be adapted of a model: each linear layer by its name, and all."""
    names = {
        name.rpartition(".")[2]
        for name, part in known.model.named_modules()
        if part.__class__.__name__ in ("Linear", "Conv1D") and "lm_head" not in name
    }
    return [[name] for name in sorted(names)] + [sorted(names)]


@cache
def adapted(known: Reference) -> Adapted:
    """Return how far we are from peft on a model."""
    found = [_adapted(known, targets) for targets in target_choices(known)]
    return Adapted(
        max(each.logits for each in found),
        max(each.gradients for each in found),
        sum(each.exchanged for each in found),
    )


def _adapted(known: Reference, targets: list[str]) -> Adapted:
    theirs, ours, ids = peft_model(known, targets), load(known.folder), token_ids()
    with tempfile.TemporaryDirectory() as name, torch.enable_grad():
        theirs.save_pretrained(f"{name}/theirs")
        with alone():
            adapters.load_adapters(ours, f"{name}/theirs")
            adapters.save_adapters(ours, f"{name}/ours")
        mine, wanted = ours(ids), theirs(ids).logits
        mine.pow(2).mean().backward()
        wanted.pow(2).mean().backward()
        return Adapted(
            _distance(mine, wanted),
            _gradient_distance(ours, theirs),
            _unequal_bits(known, Path(name), wanted),
        )


def peft_model(known: Reference, targets: list[str]) -> Any:  # peft has no types
    """Return peft's model with adapters that do something."""
    import peft

    torch.manual_seed(3)
    config = peft.LoraConfig(
        r=4,
        lora_alpha=8,
        target_modules=targets,
        init_lora_weights=False,
        fan_in_fan_out=known.folder.name == "gpt2",
    )
    return peft.get_peft_model(copy.deepcopy(known.model), config)


def _gradient_distance(ours: CausalLM, theirs: Any) -> float:
    wanted = {
        name.removeprefix("base_model.model.").replace(".default", ""): p.grad
        for name, p in theirs.named_parameters()
        if "lora_" in name
    }
    found: dict[str, Tensor | None] = {}
    for name, layer in adapted_layers(ours).items():
        published = their_part(name, ours.config)
        found[f"{published}.lora_A.weight"] = layer.lora_a.weight.grad
        found[f"{published}.lora_B.weight"] = layer.lora_b.weight.grad
    assert found.keys() == wanted.keys()
    distances = [
        _distance(mine, gradient)
        for name, gradient in wanted.items()
        if (mine := found[name]) is not None
    ]
    assert len(distances) == len(wanted)
    return max(distances) / max(float(each.abs().max()) for each in wanted.values())


def _unequal_bits(known: Reference, folder: Path, wanted: Tensor) -> float:
    """Count what differs in the files, and in peft's logits with the file that is ours."""
    import peft
    from safetensors.torch import load_file

    theirs, ours = [
        load_file(folder / side / "adapter_model.safetensors")
        for side in ("theirs", "ours")
    ]
    different = theirs.keys() ^ ours.keys()
    different |= {
        n for n in theirs if n in ours and not torch.equal(theirs[n], ours[n])
    }
    back = peft.PeftModel.from_pretrained(copy.deepcopy(known.model), folder / "ours")
    with torch.no_grad():
        same = torch.equal(back(token_ids()).logits, wanted)
    return float(len(different) + (not same))


# --- all of them --------------------------------------------------------------------------

#: What is asked of each family, and what may differ.
CHECKS: dict[str, tuple[Callable[[Reference], float], float]] = {
    "logits": (_plain, 1e-4),
    "with a cache": (_cached, 1e-4),
    "padded left": (_padded_left, 1e-4),
    "padded right": (_padded_right, 1e-4),
    "attention by hand": (_by_hand, 1e-4),
    "greedy tokens": (_greedy, 0),
    "with adapters": (lambda known: adapted(known).logits, 1e-4),
    "their gradients": (lambda known: adapted(known).gradients, 1e-4),
    "there and back": (lambda known: adapted(known).exchanged, 0),
}
