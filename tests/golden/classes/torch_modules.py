"""Compiled from torch_modules.lsp by lisptorch-compile."""

import torch
import torch.nn.functional as F
import torch.utils.data as data_tools
from torch import nn

from lisptorch_compile.runtime import (
    UNSET,
    List,
    Symbol,
    at,
    is_null,
    iterate,
    lists,
    println,
    to_list,
)

# classes of torch: layers are registered, calls reach `forward`


class Net(nn.Module):
    def __init__(self, inputs, hidden=UNSET, output=UNSET):
        super().__init__()
        self.inputs = inputs
        self.hidden = nn.Linear(inputs, 4) if hidden is UNSET else hidden
        self.output = nn.Linear(4, 2) if output is UNSET else output

    def forward(self, x):
        return self.output(F.relu(self.hidden(x)))

    def weights(self):
        return len(to_list(self.parameters()))


class Residual(Net):
    def __init__(self, scale, inputs, hidden=UNSET, output=UNSET):
        super().__init__(inputs, hidden, output)
        self.scale = scale

    def forward(self, x):
        return self.scale * super().forward(x)


class Squares(data_tools.Dataset):
    def __init__(self, total):
        super().__init__()
        self.total = total

    def __len__(self):
        return self.total

    def __getitem__(self, index):
        return index * index


net = Net(3)
println(net.weights(), at(net.forward(torch.ones(5, 3)), Symbol("shape")))
println(
    at(net(torch.ones(5, 3)), Symbol("shape")),
    at(net(torch.ones(1, 3)), Symbol("shape")),
)
twice = Residual(2, 3)
println(at(twice(torch.ones(5, 3)), Symbol("shape")), twice.scale)
for batch in iterate(data_tools.DataLoader(Squares(5), batch_size=2)):
    println(batch.tolist())


# a parameter that Python's callers may give, `eval` and `load` of Python, counting in `step`
class Scored(nn.Module):
    def __init__(self, output):
        super().__init__()
        self.output = output

    def forward(self, x, targets=None):
        logits = self.output(x)
        if is_null(targets):
            return List([x.size(0), None])
        return List([x.size(0), F.mse_loss(logits, targets)])


scored = Scored(nn.Linear(2, 1))
optimizer = torch.optim.SGD(scored.parameters(), lr=0.1)
for step in range(2):
    rows, loss = scored(torch.ones(3, 2), torch.ones(3, 1))
    loss.backward()
    optimizer.step()
scored.eval()
println(rows, loss.size(), lists.second(scored(torch.ones(1, 2))), scored.training)
println(at(scored(torch.ones(4, 2)), 0))
