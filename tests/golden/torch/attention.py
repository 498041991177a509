"""Compiled from attention.lsp by lisptorch-compile."""

import torch
from torch import nn

from lisptorch_compile.runtime import Integers, layers, parts, println

# A transformer step on random ids, checked for its shape.
batch = 2
seq_len = 5
embed_dim = 16
embedding = nn.Embedding(50, embed_dim)
layer = layers.TransformerBlock(embed_dim, 4, 32)
ids = torch.randint(0, 50, [batch, seq_len])


# From ids to vectors and through the block
def encode(token_ids):
    return layer(embedding(token_ids))


println(Integers(encode(ids).shape))

scores = encode(ids) @ encode(ids).transpose(1, 2)
println(Integers(scores.softmax(-1).shape))
println(Integers(parts.extract(scores, 0, 1).shape))
