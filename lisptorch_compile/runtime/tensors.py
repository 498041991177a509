"""Tensors as LispE values: making them from lists, reading them, torch's gaps."""

from __future__ import annotations

import gc
import operator
from array import array
from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Any

import torch
from torch import Tensor

from lisptorch_compile.runtime.choices import unknown_name
from lisptorch_compile.runtime.described import described
from lisptorch_compile.runtime.symbols import Symbol
from lisptorch_compile.runtime.values import (
    Floats,
    Integers,
    LinkedList,
    List,
    Numbers,
    Shorts,
)

# --- from LispE values to tensors ---------------------------------------------------------

#: The type of the elements of ``integers``, ``shorts``, ``floats`` and ``numbers``. It must
#: be said: torch reads any array of integers as int64 and any array of reals as float32.
_ARRAY_TYPES = {
    "q": torch.int64,
    "h": torch.int16,
    "f": torch.float32,
    "d": torch.float64,
}

_OVERFLOW = "Overflow"  # how torch's text for an integer beyond 64 bits begins


def tensor(value: Any) -> Tensor:
    """Return a new tensor of a number, a truth value, a list or a typed list.

    The elements are copied: a list may grow, a shared buffer would then dangle.

    Args:
        value: a typed list, a list of numbers or of lists of equal length, a NumPy array,
            a number, or a tensor, which is returned as it is.

    Returns:
        ``integers`` and lists of integers give int64, ``shorts`` int16, ``floats`` and
        lists with a real number float32, ``numbers`` float64, lists of ``true`` and nil
        bool; a number alone gives a tensor without dimensions.

    Raises:
        ValueError: rows of unequal length, or an integer beyond 64 bits.
        TypeError: an element is no number.

    Example:
        >>> tensor([[1, 2], [3, 4]]).shape
        torch.Size([2, 2])
    """
    if isinstance(value, Tensor):
        return value
    if isinstance(value, array):
        return _from_array(value)
    if isinstance(value, LinkedList):
        value = list(value)
    if not isinstance(value, Sequence) or isinstance(value, str | bytes):
        return _from_numbers(value)
    if len(value) == 0 or not _is_row(value[0]):
        return _from_numbers(_plain(value))
    return _from_rows(value)


def _from_array(values: array[Any]) -> Tensor:
    dtype = _ARRAY_TYPES[values.typecode]
    if not values:
        return torch.empty(0, dtype=dtype)  # frombuffer refuses an empty buffer
    return torch.frombuffer(values, dtype=dtype).clone()


def _is_row(value: object) -> bool:
    return isinstance(value, Tensor | Sequence) and not isinstance(value, str | bytes)


def _plain(values: Sequence[Any]) -> list[Any]:
    return values if isinstance(values, list) else list(values)


def _from_rows(rows: Sequence[Any]) -> Tensor:
    """Return a tensor with one dimension more than its rows."""
    if _is_plain_matrix(rows):
        with suppress(TypeError, ValueError, RuntimeError):  # looked into below
            return torch.tensor(rows)
    parts = [tensor(row) for row in rows]
    first = parts[0].shape
    for index, part in enumerate(parts):
        if part.shape != first:
            raise ValueError(
                "rows of a tensor must have the same shape: "
                f"row 0 has {list(first)}, row {index} has {list(part.shape)}"
            )
    return torch.stack(_promoted(parts))


def _is_plain_matrix(rows: Sequence[Any]) -> bool:
    """Tell whether the rows are lists of one length that begin with a number.

    Such rows torch reads at once; typed lists it would read with another dtype.
    """
    width = len(rows[0]) if isinstance(rows[0], list) else 0
    return all(
        isinstance(row, list)
        and len(row) == width > 0
        and isinstance(row[0], int | float)
        for row in rows
    )


def _promoted(parts: list[Tensor]) -> list[Tensor]:
    """Return the tensors in one dtype that holds them all, as lists of numbers mix."""
    common = parts[0].dtype
    for part in parts:
        common = torch.promote_types(common, part.dtype)
    return [part.to(common) for part in parts]


def _from_numbers(values: Any) -> Tensor:
    """Return a tensor of a number or of a list of numbers."""
    if isinstance(values, list):
        values = _truth_values(values)
    try:
        return torch.tensor(values)
    except (TypeError, ValueError, RuntimeError) as error:
        if str(error).startswith(_OVERFLOW):
            raise ValueError("a tensor's integers have 64 bits") from error
        raise TypeError(f"no tensor can be made of {_culprit(values)}") from error


def _truth_values(values: list[Any]) -> list[Any]:
    """Return a list of true and nil with Python's False for nil."""
    if None in values and all(value is None or value is True for value in values):
        return [value is True for value in values]
    return values


def _culprit(values: Any) -> str:
    if isinstance(values, list):
        for index, value in enumerate(values):
            if not isinstance(value, int | float | complex):
                return f"a list with {described(value)} at {index}"
    return described(values)


def shape(value: Any) -> list[int]:
    """Return a shape given as an integer, a list of any kind or a tensor of integers.

    >>> shape(3), shape((2, 3))
    ([3], [2, 3])
    """
    given = value.tolist() if isinstance(value, Tensor) else value
    sizes = given if isinstance(given, Iterable) else [given]
    try:
        return [operator.index(size) for size in sizes]
    except TypeError as error:
        found = described(value)
        raise TypeError(f"a shape must be a list of integers, not {found}") from error


# --- data types ---------------------------------------------------------------------------

_DTYPES = {
    "float32": torch.float32,
    "float": torch.float32,
    "float64": torch.float64,
    "double": torch.float64,
    "float16": torch.float16,
    "half": torch.float16,
    "bfloat16": torch.bfloat16,
    "int64": torch.int64,
    "long": torch.int64,
    "int32": torch.int32,
    "int": torch.int32,
    "int16": torch.int16,
    "short": torch.int16,
    "int8": torch.int8,
    "uint8": torch.uint8,
    "bool": torch.bool,
    "complex64": torch.complex64,
    "complex128": torch.complex128,
}


def dtype(name: str | torch.dtype) -> torch.dtype:
    """Return the data type called ``name``, with or without a leading ``torch.``.

    Raises:
        ValueError: there is no such type; the nearest name is shown.
    """
    if isinstance(name, torch.dtype):
        return name
    if not isinstance(name, str | Symbol):
        raise TypeError(f"expected the name of a dtype, not {described(name)}")
    short = str(name).removeprefix("torch.")
    if short not in _DTYPES:
        raise unknown_name("dtype", short, _DTYPES)
    return _DTYPES[short]


# --- from tensors to LispE values ---------------------------------------------------------

#: Typed lists by the dtype of a tensor; the 16-bit reals have no list of their own.
_LIST_TYPES: dict[torch.dtype, type[Floats | Numbers | Integers | Shorts]] = {
    torch.float32: Floats,
    torch.float16: Floats,
    torch.bfloat16: Floats,
    torch.float64: Numbers,
    torch.int64: Integers,
    torch.int32: Integers,
    torch.int16: Shorts,
    torch.int8: Shorts,
    torch.uint8: Shorts,
}


def to_list(tensor: Tensor) -> Any:
    """Return the elements as LispE values.

    Without dimensions: the number. One dimension: a typed list by the dtype (``floats``
    for all reals up to 32 bits), a list of true and nil for bool. More: a list of those.
    """
    if tensor.is_quantized:
        tensor = tensor.dequantize()
    return _nested(tensor.tolist(), tensor.dtype, tensor.dim())


def _nested(values: Any, dtype: torch.dtype, dimensions: int) -> Any:
    if dimensions == 0:
        return _scalar(values)
    if dimensions > 1:
        return List([_nested(row, dtype, dimensions - 1) for row in values])
    if dtype in _LIST_TYPES:
        return _LIST_TYPES[dtype](values)
    return List([_scalar(value) for value in values])


def _scalar(value: Any) -> Any:
    return None if value is False else value


# --- what torch has only as a statement, or under conditions ------------------------------


def set_item(tensor: Tensor, indices: Any, value: Any) -> Tensor:
    """Return a copy of the tensor in which ``copy[indices]`` is ``value``."""
    return put_item(tensor.clone(), indices, value)


def put_item(tensor: Tensor, indices: Any, value: Any) -> Tensor:
    """Set ``tensor[indices]`` to a number or one-element tensor; the tensor itself."""
    place = _indices(indices)
    if len(place) > tensor.dim():
        raise IndexError(
            f"too many indices: {len(place)} for a tensor of {tensor.dim()} dimensions"
        )
    tensor[tuple(place)] = _number(value)
    return tensor


def _indices(value: Any) -> list[int]:
    try:
        return shape(value)
    except TypeError as error:
        found = described(value)
        raise TypeError(f"indices must be a list of integers, not {found}") from error


def masked_fill(tensor: Tensor, mask: Tensor, value: Any) -> Tensor:
    """Return a copy with ``value`` wherever ``mask``, of any dtype, is not 0."""
    return tensor.masked_fill(mask.bool(), _number(value))


def masked_fill_in_place(tensor: Tensor, mask: Tensor, value: Any) -> Tensor:
    """Write ``value`` wherever ``mask``, of any dtype, is not 0; the tensor itself."""
    return tensor.masked_fill_(mask.bool(), _number(value))


def _number(value: Any) -> Any:
    """Return a one-element tensor without its dimensions, anything else as it is.

    The tensor is not made a Python number, so that gradients flow through it.
    """
    if isinstance(value, Tensor) and value.numel() == 1:
        return value.reshape(())
    return value


def slice_dim(
    tensor: Tensor, dim: int, start: int | None, end: int | None = None
) -> Tensor:
    """Return Python's ``[start:end]`` of one dimension.

    >>> slice_dim(torch.arange(6).reshape(2, 3), 1, 1, 3).tolist()
    [[1, 2], [4, 5]]
    """
    if not -tensor.dim() <= dim < tensor.dim():
        raise IndexError(
            f"dimension {dim} out of range for a tensor of {tensor.dim()} dimensions"
        )
    before = (slice(None),) * (dim % tensor.dim())
    return tensor[(*before, slice(start, end))]


def argmax(tensor: Tensor, dim: int | None = None, keepdim: bool = True) -> Tensor:
    """Return the indices of the greatest elements along ``dim``, which stays as size 1.

    Without ``dim``: the flat index, without dimensions. torch's own default drops ``dim``.
    """
    return tensor.argmax() if dim is None else tensor.argmax(dim, keepdim)


def sort(tensor: Tensor, order: int | bool | None) -> List:
    """Return the sorted tensor and the indices of its elements.

    Args:
        tensor: any shape.
        order: a dimension to sort along, ascending; or true (descending) and nil
            (ascending) along the last one.
    """
    if isinstance(order, bool) or order is None:
        return List(tensor.sort(descending=bool(order)))
    if not isinstance(order, int):
        raise TypeError(
            f"the order is a dimension, or true for descending, not {described(order)}"
        )
    return List(tensor.sort(order))


def as_real(tensor: Tensor) -> Tensor:
    """Return a tensor of integers or truth values as float32, any other as it is.

    torch has neither mean nor norm of integers.
    """
    if tensor.is_floating_point() or tensor.is_complex():
        return tensor
    return tensor.float()


def live_count() -> int:
    """Return how many tensors are alive in this program."""
    return sum(issubclass(type(candidate), Tensor) for candidate in gc.get_objects())
