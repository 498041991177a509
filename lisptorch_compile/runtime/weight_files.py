"""Files of tensors: written whole or not at all, read without running any code."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from lisptorch_compile.runtime.atomic_files import StrPath, atomic_write
from lisptorch_compile.runtime.described import described


def model_and_path(
    first: nn.Module | StrPath, second: StrPath | nn.Module
) -> tuple[nn.Module, StrPath]:
    """Return the two arguments, which LispE's documents give in both orders."""
    if isinstance(first, nn.Module) and not isinstance(second, nn.Module):
        return first, second
    if isinstance(second, nn.Module) and not isinstance(first, nn.Module):
        return second, first
    found = f"{described(first)} and {described(second)}"
    raise TypeError(f"expected a model and a path, not {found}")


def is_safetensors(path: StrPath) -> bool:
    """Tell by the extension whether ``path`` holds (or shall hold) safetensors."""
    return Path(path).suffix == ".safetensors"


def write_pickle(content: Mapping[str, object], path: StrPath) -> None:
    """Write ``content`` with ``torch.save``.

    Only tensors, numbers, texts, lists, tuples and dictionaries may be inside:
    everything else would make ``read_pickle`` refuse the file.
    """
    # Into memory first: torch's writer answers a full disk with a RuntimeError that
    # does not say so, a plain write with the OSError that does.
    buffer = BytesIO()
    torch.save(dict(content), buffer)
    atomic_write(path, lambda file: file.write(buffer.getbuffer()))


def read_pickle(path: StrPath) -> dict[str, Any]:
    """Return the dictionary that ``torch.save`` wrote, its tensors on the CPU.

    Raises:
        FileNotFoundError: there is no file ``path``.
        ValueError: the file is damaged, is no PyTorch file, or holds other objects
            than plain data.
    """
    _require_file(path)
    try:
        content = torch.load(path, map_location="cpu", weights_only=True)
    except Exception as error:  # damaged bytes escape as a dozen different types
        raise ValueError(f"'{path}' is {_reason(error)}") from error
    if isinstance(content, Mapping):
        return dict(content)
    kind = type(content).__name__
    raise ValueError(f"'{path}' holds no dictionary of weights but a {kind}")


def write_safetensors(
    tensors: Mapping[str, Tensor], metadata: Mapping[str, object], path: StrPath
) -> None:
    """Write named tensors, and ``metadata`` as texts (JSON), as safetensors."""
    safetensors = _safetensors()
    # the format allows neither views nor two names for the same memory
    separate = {name: tensor.detach().clone() for name, tensor in tensors.items()}
    contiguous = {name: tensor.contiguous() for name, tensor in separate.items()}
    texts = {name: json.dumps(value) for name, value in metadata.items()}
    content = safetensors.torch.save(contiguous, texts)
    atomic_write(path, lambda file: file.write(content))


def read_safetensors(path: StrPath) -> tuple[dict[str, Tensor], dict[str, Any]]:
    """Return the tensors and the metadata of a safetensors file, on the CPU.

    Raises:
        FileNotFoundError: there is no file ``path``.
        ValueError: the file is damaged or no safetensors file.
    """
    safetensors = _safetensors()
    _require_file(path)
    try:
        with safetensors.safe_open(path, "pt") as file:
            names = list(file.keys())
            tensors = {name: file.get_tensor(name) for name in names}
            metadata = file.metadata() or {}
    except Exception as error:  # SafetensorError derives from Exception alone
        raise ValueError(f"'{path}' is damaged or no safetensors file") from error
    return tensors, {name: _json_or_text(text) for name, text in metadata.items()}


def open_tensors(path: StrPath, device: torch.device) -> Iterator[tuple[str, Tensor]]:
    """Yield the tensors of a safetensors file with their names, one at a time.

    On the CPU they are memory-mapped: nothing is read before it is used.

    Raises:
        ValueError: the file is damaged or no safetensors file.
    """
    safetensors = _safetensors()
    try:
        file = safetensors.safe_open(path, "pt", device=str(device))
    except Exception as error:  # SafetensorError derives from Exception alone
        raise ValueError(f"'{path}' is damaged or no safetensors file") from error
    with file:
        for name in file.keys():  # noqa: SIM118  # it is no dictionary
            yield name, file.get_tensor(name)


def _json_or_text(text: str) -> Any:  # whatever the JSON says
    try:
        return json.loads(text)
    except ValueError:
        return text


def _require_file(path: StrPath) -> None:
    if not Path(path).is_file():
        raise FileNotFoundError(f"no weights at '{path}': there is no such file")


def _reason(error: Exception) -> str:
    text = str(error)
    if "Unsupported global" in text or "Unsupported class" in text:
        return "refused: it holds Python objects, not only weights"
    if "weights_only" in text:
        return "refused: it holds Python objects, or is no PyTorch file"
    return "damaged or no PyTorch file"


def _safetensors() -> Any:  # a module, imported only where it is used
    try:
        import safetensors.torch
    except ImportError as error:
        raise ImportError(
            "'.safetensors' files need the safetensors package: "
            'pip install "lisptorch-compile[runtime]"'
        ) from error
    return safetensors
