"""The table of language models: how far each family is from transformers, by check.

``make families`` writes it into docs/models.md. The checks are those of the tests.
"""

from __future__ import annotations

import copy
import tempfile
from collections.abc import Callable
from pathlib import Path

import torch
from tiny_models import FAMILIES, Reference, reference
from torch import Tensor

from lisptorch_compile.runtime import models
from lisptorch_compile.runtime.models import CausalLM, KVCache, adapters

PAGE = Path(__file__).parents[3] / "docs" / "models.md"
_BEGIN, _END = "<!-- families: begin -->", "<!-- families: end -->"


def _ids() -> Tensor:
    return torch.randint(3, 101, (3, 24), generator=torch.Generator().manual_seed(1))


def _distance(ours: Tensor, theirs: Tensor) -> float:
    return float((ours - theirs).abs().max())


def _logits(model: CausalLM, known: Reference) -> float:
    return _distance(model(_ids()), known.logits(_ids()))


def _cached(model: CausalLM, known: Reference) -> float:
    cache = KVCache(model.config.num_layers)
    pieces = _ids().split(1, dim=1)
    stepwise = torch.cat([model(piece, cache=cache) for piece in pieces], dim=1)
    return _distance(stepwise, known.logits(_ids()))


def _padded(model: CausalLM, known: Reference, padding: slice) -> float:
    mask = torch.ones_like(_ids())
    mask[1, padding] = 0
    positions = (mask.cumsum(dim=-1) - 1).clamp(min=0)
    theirs = known.logits(_ids(), attention_mask=mask, position_ids=positions)
    ours = model(_ids(), attention_mask=mask)
    return _distance(ours[mask == 1], theirs[mask == 1])


def _greedy(model: CausalLM, known: Reference) -> float:
    cache = KVCache(model.config.num_layers)
    row = tokens = _ids()[:1]
    theirs = known.greedy(tokens, 12)
    while tokens.size(1) < theirs.size(1):
        row = model(row, cache=cache, last_only=True).argmax(dim=-1)
        tokens = torch.cat((tokens, row), dim=1)
    return float((tokens != theirs).sum())


def _adapted(model: CausalLM, known: Reference) -> float:
    import peft

    torch.manual_seed(3)
    targets = {
        name.rpartition(".")[2]
        for name, part in known.model.named_modules()
        if part.__class__.__name__ in ("Linear", "Conv1D") and "lm_head" not in name
    }
    config = peft.LoraConfig(
        r=4, lora_alpha=8, target_modules=sorted(targets), init_lora_weights=False
    )
    theirs = peft.get_peft_model(copy.deepcopy(known.model), config)
    with tempfile.TemporaryDirectory() as folder:
        theirs.save_pretrained(folder)
        adapters.load_adapters(model, folder)
    return _distance(model(_ids()), theirs(_ids()).logits)


CHECKS: dict[str, Callable[[CausalLM, Reference], float]] = {
    "logits": _logits,
    "with a cache": _cached,
    "padded left": lambda model, known: _padded(model, known, slice(5)),
    "padded right": lambda model, known: _padded(model, known, slice(-5, None)),
    "greedy tokens": _greedy,
    "peft adapters": _adapted,
}


def table() -> str:
    """Return the largest difference of each family from the reference, by check."""
    rows = [
        f"| family | {' | '.join(CHECKS)} |",
        f"| --- |{' --- |' * len(CHECKS)}",
    ]
    for family in FAMILIES:
        with tempfile.TemporaryDirectory() as name, torch.no_grad():
            known = reference(family, Path(name))
            model = models.load(name)
            assert isinstance(model, CausalLM)
            found = [check(model, known) for check in CHECKS.values()]
            cells = [f"{distance:.0e}" if distance else "0" for distance in found]
        rows.append(f"| {family} | {' | '.join(cells)} |")
    return "\n".join(rows)


def main() -> None:
    """Print the table and put it into the page."""
    rows = table()
    print(rows)
    page = PAGE.read_text(encoding="utf-8")
    before, _, rest = page.partition(_BEGIN)
    _, _, after = rest.partition(_END)
    text = f"{before}{_BEGIN}\n\n{rows}\n\n{_END}{after}"
    PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
