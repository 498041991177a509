"""Asks whether a value is a tensor without importing torch: there is none without it."""

from __future__ import annotations

import sys
from typing import Any

# torch is looked up anew each time, as a program may import it at any point.


def is_tensor(value: object) -> bool:
    """Tell whether ``value`` is a tensor."""
    torch = sys.modules.get("torch")
    return torch is not None and isinstance(value, torch.Tensor)


def is_single_tensor(value: Any) -> bool:
    """Tell whether ``value`` is a 0-d tensor, which counts as its number."""
    return is_tensor(value) and value.ndim == 0
