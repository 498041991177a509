"""The fixed inputs that the reference numbers were computed from."""

from __future__ import annotations

import math

import torch
from torch import Tensor


def zig(*shape: int, offset: int = 0) -> Tensor:
    """Return numbers from -0.5 to 0.5 that look irregular: -0.5 0.2 -0.2 0.5 0.1 …"""
    index = torch.arange(math.prod(shape)) + offset
    return ((7 * index % 11 - 5) / 10).reshape(shape)


def ramp(*shape: int) -> Tensor:
    """Return 0, 0.01, 0.02 …"""
    return (torch.arange(math.prod(shape)) / 100).reshape(shape)


def assert_close(actual: Tensor, expected: Tensor | list[float]) -> None:
    """Compare in float32 to the precision that the reference numbers are given with."""
    wanted = torch.as_tensor(expected, dtype=actual.dtype).reshape(actual.shape)
    torch.testing.assert_close(actual, wanted, rtol=1e-5, atol=1e-6)
