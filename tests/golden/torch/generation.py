"""Compiled from generation.lsp by lisptorch-compile."""

import torch

from lisptorch_compile.runtime import at, generate, lists, println, remainder, tensors


# A model that always prefers the next id, whatever the strategy.
def next_id(ids):
    logits = torch.zeros(10)
    last_id = at(ids, -1)
    tensors.put_item(
        logits, [tensors.tensor(lists.integers(remainder(last_id + 1, 10)))], 9.0
    )
    return logits


generator = generate.Generator(next_id)
generator.configure({"max_length": 4, "strategy": "greedy"})
println(generator.generate(torch.tensor([3]), "greedy"))
println(generator)
