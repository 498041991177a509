"""Compiled from sampling.lsp by lisptorch-compile."""

import torch

from lisptorch_compile.runtime import Integers, List, println, searching


# The next token by hand: a threshold on sorted scores, then a draw.
def next_token(scores, temperature, kept):
    scaled = scores / temperature
    sorted = List(scaled.sort(descending=True))
    threshold = sorted[0].select(0, kept - 1)
    masked = torch.where(
        scaled >= threshold, scaled, torch.full_like(scaled, -1000000000.0)
    )
    return torch.multinomial(masked.softmax(-1), 1).item()


def likeliest(logits):
    last_place = logits.shape[1] - 1
    return logits.select(0, 0).select(0, last_place).argmax(-1, keepdim=True).item()


torch.manual_seed(1)
scores = torch.tensor([1.0, 5.0, 2.0, 4.0, 3.0])
drawn = Integers([])
for i in range(20):
    drawn.append(next_token(scores, 0.8, 2))
println("only the best two:", Integers(sorted(searching.unique(drawn))))

# Ids are integers: a list of one is a tensor without a detour.
id = likeliest(scores.reshape(1, 1, 5))
input = torch.tensor([id]).unsqueeze(0)
println(id, Integers(input.shape), input)
