"""Tensors from LispE values and back, and what torch has only under conditions."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch.nn import functional as F

from lisptorch_compile.runtime import at, tensors
from lisptorch_compile.runtime.values import (
    Floats,
    Integers,
    LinkedList,
    List,
    Numbers,
    Shorts,
)
from tests.runtime.torch.reference import assert_close

# --- making tensors -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "dtype", "elements"),
    [
        (Floats([1.5, 2.0]), torch.float32, [1.5, 2.0]),
        (Numbers([1.5, 2.0]), torch.float64, [1.5, 2.0]),
        (Integers([1, 2**40]), torch.int64, [1, 2**40]),
        (Shorts([1, -1]), torch.int16, [1, -1]),
        (List([1, 2]), torch.int64, [1, 2]),
        (LinkedList([1, 2]), torch.int64, [1, 2]),
        (List([1, 2.5]), torch.float32, [1.0, 2.5]),
        (List([True, None]), torch.bool, [True, False]),
        (List([List([1, 2]), List([3, 4.5])]), torch.float32, [[1.0, 2.0], [3.0, 4.5]]),
        (List([List([True, None])]), torch.bool, [[True, False]]),
        (List([Shorts([1, 2]), Shorts([3, 4])]), torch.int16, [[1, 2], [3, 4]]),
        (List([Integers([1]), Numbers([0.5])]), torch.float64, [[1.0], [0.5]]),
        (
            List(
                [
                    List(
                        [List([1])],
                    )
                ]
            ),
            torch.int64,
            [[[1]]],
        ),
        (Numbers([]), torch.float64, []),
        (3, torch.int64, 3),
        (0.5, torch.float32, 0.5),
        (True, torch.bool, True),
        (np.array([1.0]), torch.float64, [1.0]),
    ],
)
def test_list_kind_decides_the_dtype(
    value: Any, dtype: torch.dtype, elements: Any
) -> None:
    made = tensors.tensor(value)
    assert made.dtype == dtype
    assert made.tolist() == elements


def test_tensor_of_a_tensor_is_itself() -> None:
    made = torch.ones(2)
    assert tensors.tensor(made) is made


def test_list_of_tensors_is_stacked_with_its_gradients() -> None:
    weight = torch.tensor(2.0, requires_grad=True)
    made = tensors.tensor(List([weight * 3, weight]))
    made.sum().backward()
    assert made.tolist() == [6.0, 2.0]
    assert weight.grad is not None
    assert weight.grad.item() == 4.0


def test_tensors_and_numbers_mix_in_a_list() -> None:
    assert tensors.tensor(List([torch.tensor(0.5), 2])).tolist() == [0.5, 2.0]


def test_readme_tensor_operations() -> None:
    random_tensor = torch.rand(512, 512)
    reshaped = random_tensor.reshape(8, 64, 512)
    transposed = reshaped.transpose(0, 2)
    test_tensor = torch.tensor([10, 20, 30, 40, 50])
    assert ((random_tensor >= 0) & (random_tensor < 1)).all()
    assert torch.equal(transposed, torch.einsum("ijk->kji", reshaped))
    assert (at(test_tensor, 0), at(test_tensor, -1)) == (10, 50)
    assert Integers(test_tensor.shape) == Integers([5])


def test_growing_list_does_not_touch_its_tensor() -> None:
    numbers = Numbers([1.0, 2.0])
    made = tensors.tensor(numbers)
    numbers[0] = 9.0
    numbers.extend([3.0] * 1000)
    assert made.tolist() == [1.0, 2.0]
    assert len(numbers) == 1002


@pytest.mark.parametrize(
    ("value", "error", "message"),
    [
        ([[1, 2], [3]], ValueError, r"row 0 has \[2\], row 1 has \[1\]"),
        ([[], [1]], ValueError, r"row 0 has \[0\], row 1 has \[1\]"),
        ([[1], 2], ValueError, r"row 0 has \[1\], row 1 has \[\]"),
        ([[[1]], [1]], ValueError, r"row 0 has \[1, 1\], row 1 has \[1\]"),
        ([1, 2**70], ValueError, "64 bits"),
        ([1, None], TypeError, "nil at 1"),
        (["a"], TypeError, "'a' at 0"),
        ("text", TypeError, "the text 'text'"),
        ({"a": 1}, TypeError, "the dictionary"),
    ],
)
def test_impossible_tensor_says_why(
    value: Any, error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        tensors.tensor(value)


@pytest.mark.parametrize(
    ("value", "sizes"),
    [
        (Integers([2, 3]), [2, 3]),
        ([2, 3], [2, 3]),
        ((), []),
        (4, [4]),
        (torch.tensor([2, 3]), [2, 3]),
        (torch.tensor(4), [4]),
    ],
)
def test_shape_takes_any_list_of_integers(value: Any, sizes: list[int]) -> None:
    assert tensors.shape(value) == sizes


@pytest.mark.parametrize("value", [2.5, [2, 2.5], "23", None])
def test_shape_of_anything_else_is_an_error(value: Any) -> None:
    with pytest.raises(TypeError, match="a shape must be a list of integers"):
        tensors.shape(value)


def test_dtype_is_found_by_name() -> None:
    assert tensors.dtype("float16") is tensors.dtype("torch.half") is torch.float16
    assert tensors.dtype(torch.int8) is torch.int8
    with pytest.raises(ValueError, match="did you mean 'float32'"):
        tensors.dtype("float3")


# --- back to LispE values -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dtype", "kind"),
    [
        (torch.float32, Floats),
        (torch.float16, Floats),
        (torch.bfloat16, Floats),
        (torch.float64, Numbers),
        (torch.int64, Integers),
        (torch.int32, Integers),
        (torch.int16, Shorts),
        (torch.int8, Shorts),
    ],
)
def test_dtype_decides_the_list_kind(dtype: torch.dtype, kind: type) -> None:
    made = tensors.to_list(torch.tensor([1, 2], dtype=dtype))
    assert type(made) is kind
    assert list(made) == [1, 2]


@pytest.mark.parametrize(
    ("kind", "items"),
    [
        (Integers, st.integers(-(2**63), 2**63 - 1)),
        (Shorts, st.integers(-(2**15), 2**15 - 1)),
        (Floats, st.floats(width=32, allow_nan=False)),
        (Numbers, st.floats(allow_nan=False)),
    ],
)
@given(data=st.data())
def test_typed_list_comes_back_as_it_was(
    kind: Any, items: st.SearchStrategy[Any], data: st.DataObject
) -> None:
    original = kind(data.draw(st.lists(items, max_size=6)))
    back = tensors.to_list(tensors.tensor(original))
    assert type(back) is kind
    assert back.tolist() == original.tolist()


@given(st.lists(st.integers(1, 3), min_size=1, max_size=4))
def test_nested_lists_come_back_as_they_were(sizes: list[int]) -> None:
    count = torch.Size(sizes).numel()
    nested = tensors.to_list(torch.arange(count).reshape(sizes))
    assert torch.equal(tensors.tensor(nested), torch.arange(count).reshape(sizes))


def test_matrix_becomes_a_list_of_typed_lists() -> None:
    rows = tensors.to_list(torch.arange(6).reshape(2, 3))
    assert type(rows) is List
    assert [type(row) for row in rows] == [Integers, Integers]
    assert [list(row) for row in rows] == [[0, 1, 2], [3, 4, 5]]


def test_truth_values_become_true_and_nil() -> None:
    assert list(tensors.to_list(torch.tensor([True, False]))) == [True, None]
    assert tensors.to_list(torch.tensor(False)) is None


def test_tensor_without_dimensions_becomes_its_number() -> None:
    assert tensors.to_list(torch.tensor(3)) == 3
    assert tensors.to_list(torch.tensor(0.5, requires_grad=True)) == 0.5


# --- what torch has only as a statement, or under conditions --------------------------------


def test_set_item_leaves_the_original() -> None:
    matrix = torch.zeros(2, 2)
    changed = tensors.set_item(matrix, Integers([1, 0]), 5)
    assert changed.tolist() == [[0, 0], [5, 0]]
    assert matrix.tolist() == [[0, 0], [0, 0]]


def test_put_item_changes_the_tensor_itself() -> None:
    vector = torch.zeros(3)
    index = torch.tensor(1)
    assert tensors.put_item(vector, [index], torch.tensor([7.0])) is vector
    assert vector.tolist() == [0, 7, 0]


def test_too_many_indices_are_an_error() -> None:
    with pytest.raises(IndexError, match="2 for a tensor of 1 dimensions"):
        tensors.set_item(torch.zeros(3), [0, 0], 1)


def test_mask_of_any_dtype_fills() -> None:
    vector = torch.zeros(3)
    for mask in (torch.tensor([1, 0, 1]), torch.tensor([0.5, 0.0, 1.0])):
        assert tensors.masked_fill(vector, mask, 2).tolist() == [2, 0, 2]
    assert vector.tolist() == [0, 0, 0]
    assert tensors.masked_fill_in_place(vector, mask, torch.tensor([3.0])) is vector
    assert vector.tolist() == [3, 0, 3]


@pytest.mark.parametrize(
    ("dim", "start", "end", "expected"),
    [
        (0, 1, 2, lambda t: t[1:2]),
        (1, 1, -1, lambda t: t[:, 1:-1]),
        (-1, -2, None, lambda t: t[..., -2:]),
        (1, 0, 99, lambda t: t),
    ],
)
def test_slice_is_pythons(dim: int, start: int, end: int | None, expected: Any) -> None:
    tensor = torch.arange(12).reshape(2, 3, 2)
    assert torch.equal(tensors.slice_dim(tensor, dim, start, end), expected(tensor))


def test_slice_of_a_missing_dimension_is_an_error() -> None:
    with pytest.raises(IndexError, match="dimension 2 out of range"):
        tensors.slice_dim(torch.ones(2, 2), 2, 0, 1)


def test_argmax_keeps_its_dimension() -> None:
    tensor = torch.tensor([[1, 3, 2], [9, 0, 9]])
    assert tensors.argmax(tensor).item() == 3
    assert tensors.argmax(tensor, -1).tolist() == [[1], [0]]
    assert tensors.argmax(tensor, -1, False).tolist() == [1, 0]


@pytest.mark.parametrize(
    ("order", "elements"),
    [
        (True, [[3, 1], [2, 0]]),
        (None, [[1, 3], [0, 2]]),
        (0, [[2, 0], [3, 1]]),
    ],
)
def test_sort_by_direction_or_dimension(
    order: int | bool | None, elements: list[list[int]]
) -> None:
    tensor = torch.tensor([[3, 1], [2, 0]])
    values, indices = tensors.sort(tensor, order)
    assert values.tolist() == elements
    dim = 0 if order == 0 and order is not False and order is not None else 1
    assert torch.equal(tensor.gather(dim, indices), values)


def test_live_count_sees_new_tensors() -> None:
    before = tensors.live_count()
    kept = [torch.ones(1) for _ in range(5)]
    assert tensors.live_count() == before + len(kept)


def test_elementwise_reference_numbers() -> None:
    assert_close(F.gelu(torch.tensor(1.0)), [0.841345])
    assert_close(F.silu(torch.tensor(1.0)), [0.731059])
    assert_close(tensors.tensor([1.0, 2.0, 4.0]).std(), [1.52753])
    assert math.isinf((torch.tensor(1.0) / 0).item())
