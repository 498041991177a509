"""TorchScript models: files that run without the Python they were made from."""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import torch
from torch import Tensor

from lisptorch_compile.runtime import devices
from lisptorch_compile.runtime.atomic_files import StrPath
from lisptorch_compile.runtime.errors import LispError
from lisptorch_compile.runtime.lora import LoRALinear
from lisptorch_compile.runtime.values import Integers, List, Strings

#: What a model may call its computation, in the order in which they are tried.
_METHODS = ("forward", "predict", "generate", "inference", "run")


class JitModel:
    """A loaded TorchScript model; unloaded, it counts as false.

    Args:
        path: of the file.
        device: where the model goes; one that is absent leaves it on the CPU, with a
            warning.

    Raises:
        LispError: there is no such file, or it is no TorchScript.
    """

    lisp_type = "jit_model_"

    def __init__(self, path: StrPath, device: str | torch.device = "cpu") -> None:
        try:
            with _without_deprecations():
                load: Any = torch.jit.load  # torch annotates it not
                module = load(os.fspath(path), map_location="cpu")
        except (RuntimeError, ValueError, OSError) as error:
            reason = str(error).strip().splitlines()[0].partition(". ")[0]
            raise LispError(
                f"Failed to load TorchScript model from {path}: {reason}"
            ) from error
        self._module: Any = module.eval()
        #: Layers whose correction is added to a weight, by the weight's name.
        self._adapters: dict[str, LoRALinear] = {}
        try:
            self.to(device)
        except (RuntimeError, ValueError) as error:
            print(f"{error}; the model stays on the CPU", file=sys.stderr)

    @property
    def module(self) -> Any:
        """The script module.

        Raises:
            LispError: the model is unloaded.
        """
        if self._module is None:
            raise LispError("Model not loaded")
        return self._module

    def __bool__(self) -> bool:
        return self._module is not None

    def unload(self) -> None:
        """Give the weights free."""
        self._module = None
        self._adapters.clear()

    def to(self, device: str | torch.device = "cpu") -> None:
        """Move the model to a device."""
        self.module.to(devices.device(device))

    def to_best(self) -> None:
        """Move the model to CUDA, else to MPS, else to the CPU."""
        self.to("cuda" if torch.cuda.is_available() else devices.best_device())

    def info(self) -> dict[str, Any]:
        """Return whether it is loaded, its device, and its size."""
        parameters = list(self._parameters().values()) if self else []
        size = sum(p.numel() * p.element_size() for p in parameters)
        return {
            "loaded": bool(self),
            "device": str(parameters[0].device) if parameters else "cpu",
            "parameter_count": sum(p.numel() for p in parameters),
            "memory_mb": size // 2**20,
        }

    # --- what is inside -----------------------------------------------------------------

    def _parameters(self) -> dict[str, Tensor]:
        return dict(self.module.named_parameters())

    def _buffers(self) -> dict[str, Tensor]:
        return dict(self.module.named_buffers())

    def methods(self) -> Strings:
        """Return the names of the methods."""
        return Strings(self.module._c._method_names())

    def buffers(self) -> Strings:
        """Return the names of the buffers."""
        return Strings(self._buffers())

    def parameters(self) -> Strings:
        """Return the names of the parameters."""
        return Strings(self._parameters())

    def tensors(self) -> Strings:
        """Return the names of the parameters and the buffers."""
        return Strings([*self._parameters(), *self._buffers()])

    def buffer(self, name: str) -> Tensor:
        """Return a buffer, or a tensor that is an attribute of the model.

        Raises:
            LispError: there is none of this name.
        """
        found = self._buffers().get(name, getattr(self.module, name, None))
        if not isinstance(found, Tensor):
            raise LispError(f"Buffer not found: {name}")
        return found

    def tensor(self, name: str) -> Tensor:
        """Return a parameter by its name, in which ``.``, ``/`` and ``-`` may be ``_``.

        Raises:
            LispError: there is none of this name.
        """
        parameters = self._parameters()
        plain = {_plain(known): known for known in parameters}
        known = name if name in parameters else plain.get(_plain(name))
        if known is None:
            raise LispError(f"Parameter not found: {name}")
        return parameters[known]

    def tensor_shape(self, name: str) -> Integers:
        """Return the shape of a parameter or buffer."""
        buffer = self._buffers().get(name)
        return Integers((self.tensor(name) if buffer is None else buffer).shape)

    def update_weight(self, name: str, weight: Tensor) -> None:
        """Copy a tensor into a parameter; what does not fit is a warning on stderr."""
        if not isinstance(weight, Tensor):
            raise LispError("Error: the new weight must be a tensor")
        try:
            with torch.no_grad():
                self.tensor(name).copy_(weight)
        except (LispError, RuntimeError) as error:
            print(f"Warning: {error}", file=sys.stderr)

    # --- running it ---------------------------------------------------------------------

    def forward(self, x: Tensor) -> Tensor:
        """Return what the first of forward, predict, generate, inference, run gives.

        Raises:
            LispError: the model has none of these methods.
        """
        for method in _METHODS:
            call: Callable[[Tensor], Tensor] | None = getattr(self.module, method, None)
            if call is not None:
                return call(x)
        raise LispError("no method of the model takes an input")

    __call__ = forward

    def register_lora(self, name: str, layer: LoRALinear) -> None:
        """Add the correction of a LoRA layer to a weight, in ``forward_with_lora``.

        Raises:
            LispError: there is no such parameter, or the correction has another shape.
        """
        weight = self.tensor(name)
        if not isinstance(layer, LoRALinear):
            raise LispError("Error: expecting a LoRA layer")
        if layer.delta().shape != weight.shape:
            raise LispError(
                f"the correction is {list(layer.delta().shape)}, '{name}' is "
                f"{list(weight.shape)}"
            )
        self._adapters[name] = layer

    def forward_with_lora(self, x: Tensor) -> Tensor:
        """Return ``forward(x)`` with the corrections; gradients reach A and B."""
        with _corrected(self.module, self._adapters):
            return self.forward(x)

    def intermediate_states(self, x: Tensor, layer_names: Sequence[str]) -> List:
        """Return the input and the output: a script lets nobody see what is between."""
        return List([x, self.forward(x)])

    def __str__(self) -> str:
        if not self:
            return "<TorchJITModel: Not loaded>"
        info = self.info()
        buffers = [f"  {name}: {list(b.shape)}" for name, b in self._buffers().items()]
        lines = [
            "=== TorchScript Model Info ===",
            f"Device: {info['device']}",
            f"Parameter count: {info['parameter_count']}",
            f"Memory usage: {info['memory_mb']} MB",
            "",
            "Buffers:",
            *buffers,
        ]
        return "\n".join(lines)


@contextmanager
def _corrected(module: Any, layers: Mapping[str, LoRALinear]) -> Iterator[None]:
    """Put corrected weights in the place of the parameters, and the old ones back."""
    # a script's parameters cannot be exchanged by torch.func; its attributes can
    replaced: list[tuple[Any, str, Tensor]] = []
    try:
        for name, layer in layers.items():
            path, _, last = name.rpartition(".")
            owner = module
            for part in path.split(".") if path else ():
                owner = getattr(owner, part)
            weight = getattr(owner, last)
            replaced.append((owner, last, weight))
            owner._c.setattr(last, weight + layer.delta())
        yield
    finally:
        for owner, last, weight in replaced:
            owner._c.setattr(last, weight)


def _plain(name: str) -> str:
    return name.translate(str.maketrans("./-", "___"))


@contextmanager
def _without_deprecations() -> Iterator[None]:
    """torch.jit warns that torch.export is the future; the files are there all the same."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        yield
