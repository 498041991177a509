"""Compiled from quick_start.lsp by lisptorch-compile."""

import torch
from torch.nn import functional as F

from lisptorch_compile.runtime import devices, layers, training

# Auto-detect best device (MPS/CUDA/CPU)
device = devices.best_device()
model = layers.MLP(4, 64, 2)
tensor_data = torch.tensor([1.0, 2.0, 3.0, 4.0])
targets = torch.tensor([0.5, 1.5])
optimizer = training.optimizer(model, 0.001, "adam")
loss = F.mse_loss(model(tensor_data), targets)
loss.backward()
optimizer.step()
