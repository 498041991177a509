"""Which devices there are, and what happens when a script asks for one that is absent."""

from __future__ import annotations

import inspect
import os
import warnings
from functools import cache
from typing import TypeVar

import torch
from torch import Tensor, nn

from lisptorch_compile.runtime.described import described

#: Set to 1, an absent device is an error instead of a fallback with a warning.
STRICT_VARIABLE = "LISPTORCH_STRICT_DEVICE"

_BEST_NAMES = ("auto", "best")

Movable = TypeVar("Movable", Tensor, nn.Module)


def best_device() -> str:
    """Return the name of the best device present: ``"mps"``, ``"cuda"`` or ``"cpu"``."""
    if torch.backends.mps.is_available():
        return "mps"
    if torch.cuda.is_available():
        return "cuda"
    return "cpu"


def device(name: str | torch.device) -> torch.device:
    """Return the device called ``name``, or the best one present when it is absent.

    An absent device is warned about once for each name; with ``LISPTORCH_STRICT_DEVICE=1``
    it is an error.

    Args:
        name: ``"cpu"``, ``"cuda"``, ``"cuda:1"``, ``"mps"``; ``"auto"`` and ``"best"`` ask
            for the best one.

    Raises:
        ValueError: ``name`` is no device at all.
        RuntimeError: the device is absent and the strict mode is on.

    Example:
        >>> device("cpu")
        device(type='cpu')
    """
    if isinstance(name, str) and name in _BEST_NAMES:
        return torch.device(best_device())
    try:
        wanted = torch.device(name)
    except (RuntimeError, TypeError) as error:
        raise ValueError(
            f"unknown device: {_shown(name)} (expected cpu, cuda, cuda:N, mps or auto)"
        ) from error
    if is_present(wanted):
        return wanted
    if os.environ.get(STRICT_VARIABLE) == "1":
        raise RuntimeError(f"device {wanted} is not present on this machine")
    return _fallback(str(wanted))


def _shown(name: object) -> str:
    return name if isinstance(name, str) else described(name)


def is_present(wanted: torch.device) -> bool:
    """Tell whether a tensor can be put on the device.

    torch accepts any index in ``torch.device("cuda:9")`` and fails only on use.
    """
    match wanted.type:
        case "cpu" | "meta":
            return True
        case "mps":
            return torch.backends.mps.is_available()
        case "cuda":
            return (wanted.index or 0) < torch.cuda.device_count()
        case other:
            module = getattr(torch, other, None)
            return module is not None and bool(module.is_available())


@cache  # so the warning comes once for each name
def _fallback(name: str) -> torch.device:
    best = best_device()
    warnings.warn(
        f"device {name} is not present, using {best}",
        RuntimeWarning,
        stacklevel=frames_to_program(),
    )
    return torch.device(best)


def frames_to_program() -> int:
    """Return how many calls above the caller the first one outside libraries is."""
    frame = inspect.currentframe()
    count = 0
    while frame is not None and _is_library(frame.f_globals.get("__name__", "")):
        frame = frame.f_back
        count += 1
    return count


def _is_library(module: str) -> bool:
    return module.startswith((__package__ + ".", "torch."))


def to_cuda(movable: Movable, name: str | None = None) -> Movable:
    """Return the tensor, or the module itself, moved to a CUDA device (the current one)."""
    return movable.to(device(name or "cuda"))


def to_mps(movable: Movable) -> Movable:
    """Return the tensor, or the module itself, moved to Apple's GPU."""
    return movable.to(device("mps"))


def set_device(wanted: int | str) -> bool:
    """Make a CUDA device, given by index or name, the current one; true.

    Without CUDA there is nothing to choose: names of other devices are only checked.
    """
    name = f"cuda:{wanted}" if isinstance(wanted, int) else wanted
    chosen = device(name)
    if chosen.type == "cuda":
        torch.cuda.set_device(chosen)
    return True


def synchronize(safe_mode: object = None) -> bool | None:
    """Wait until the accelerator has done its work; true when it is Apple's GPU.

    Does nothing on a machine without an accelerator. ``safe_mode`` asks LispE's library to
    wait whenever a tensor is freed; torch needs no such help.
    """
    if torch.backends.mps.is_available():
        torch.mps.synchronize()
        return True
    if torch.cuda.is_available():
        torch.cuda.synchronize()
    return None


def memory_allocated() -> int:
    """Return the bytes in use on the current CUDA device, 0 without CUDA."""
    if not torch.cuda.is_available():
        return 0
    free, total = torch.cuda.mem_get_info()
    return total - free


def memory_total() -> int:
    """Return the bytes of the current CUDA device, 0 without CUDA."""
    return torch.cuda.mem_get_info()[1] if torch.cuda.is_available() else 0


def empty_cache() -> bool:
    """Give cached memory back to the CUDA driver; true, also without CUDA."""
    if torch.cuda.is_available():
        torch.cuda.empty_cache()
    return True
