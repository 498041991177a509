"""Modules as files that run without the Python they were made from, by torch.export."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from lisptorch_compile.runtime import tensors
from lisptorch_compile.runtime.atomic_files import StrPath, atomic_write
from lisptorch_compile.runtime.errors import LispError


def save(
    model: nn.Module, inputs: Any, path: StrPath, varying: Iterable[int] | None = None
) -> str:
    """Write the computation of ``model`` in evaluation mode, with its weights.

    ``torch.export.load`` reads the file (``.pt2``) anywhere.

    Args:
        inputs: a tensor, or a list of tensors, as the model will be called with. Their
            dtypes and devices are fixed, and their sizes, but for those that vary.
        varying: the dimensions of the inputs whose sizes may be others later.

    Raises:
        LispError: the computation depends on the values in the tensors, or on a size
            that shall vary.
    """
    arguments = _arguments(inputs)
    free = [int(dim) for dim in varying or ()]
    # for each argument, its dimensions by their numbers; the others are fixed
    shapes = tuple(
        {dim: torch.export.Dim.DYNAMIC for dim in free if dim < each.dim()}
        for each in arguments
    )
    modes = [(part, part.training) for part in model.modules()]
    try:
        program = torch.export.export(
            model.eval(), arguments, dynamic_shapes=shapes if free else None
        )
    except Exception as error:  # torch raises errors of many kinds here
        reason = str(error).strip().partition("\n")[0]
        raise LispError(
            f"{type(model).__name__} cannot be exported: {reason}"
        ) from error
    finally:
        for part, training in modes:
            part.training = training
    write: Any = torch.export.save  # annotated for paths and bytes only
    atomic_write(path, lambda file: write(program, file))
    return "Model exported successfully"


def load(path: StrPath) -> nn.Module:
    """Return the module of a file that ``save``, or ``torch.export.save``, wrote.

    It takes inputs of the kinds that it was exported with. Its weights require gradients
    as they did.

    Raises:
        FileNotFoundError: there is no such file.
        LispError: it holds no exported program.
    """
    if not Path(path).is_file():
        raise FileNotFoundError(f"no exported program: '{path}'")
    if not zipfile.is_zipfile(path):  # torch would log pages about it
        raise LispError(f"'{path}' holds no exported program: it is no archive")
    try:
        return torch.export.load(str(path)).module()
    except Exception as error:  # those of zip files, pickles and torch
        reason = str(error).strip().partition("\n")[0]
        raise LispError(f"'{path}' holds no exported program: {reason}") from error


def _arguments(inputs: Any) -> tuple[Tensor, ...]:
    several = isinstance(inputs, Sequence) and any(
        isinstance(each, Tensor) for each in inputs
    )
    return tuple(map(tensors.tensor, inputs if several else [inputs]))
