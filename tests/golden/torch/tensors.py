"""Compiled from tensors.lsp by lisptorch-compile."""

import torch

from lisptorch_compile.runtime import Integers, at, lists, println

a = torch.ones(2, 3)
b = a * 2
println(Integers(b.transpose(0, 1).shape), b.sum().item())
println(a + b)
print(f"{at(b, 0):g}", lists.size(b), b.numel())
total = torch.tensor([0.0])
total = total + b.mean()
print(f"{total.item():g}")
println(torch.tensor([1, 2, 3]), torch.tensor([1.5], dtype=torch.float64))
