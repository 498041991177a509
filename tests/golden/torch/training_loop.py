"""Compiled from training_loop.lsp by lisptorch-compile."""

import torch
from torch import nn
from torch.nn import functional as F

from lisptorch_compile.runtime import List, less, lists, println, training

# A line fitted by gradient descent.
xs = torch.tensor([0.0, 1.0, 2.0, 3.0]).reshape(4, 1)
ys = torch.tensor([1.0, 3.0, 5.0, 7.0]).reshape(4, 1)
line = nn.Linear(1, 1)
optimizer = training.optimizer(line, 0.1, "adam")


def epoch():
    optimizer.zero_grad()
    loss = F.mse_loss(line(xs), ys)
    loss.backward()
    optimizer.step()
    return loss.item()


losses = List()
for i in range(400):
    losses.append(epoch())
println("learned:", less(lists.last(losses), 0.01), "steps:", len(losses))
