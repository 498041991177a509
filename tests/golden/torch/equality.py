"""Compiled from equality.lsp by lisptorch-compile."""

import torch

from lisptorch_compile.runtime import equal, println, same

# A tensor equals a number as a whole, or not: its elements are compared by torch_eq.
t = torch.tensor([1, 2, 3])
println(equal(3, t), not equal(3, t), same(3, t), not same(t, 3))
println(equal(3, torch.tensor(3)), equal(t, torch.tensor([1, 2, 3])))
print("one" if equal(t, 1) else "several")
