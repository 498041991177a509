"""Tensors among LispE's values: operators with lists, truth, equality, access, text."""

from __future__ import annotations

from typing import Any

import pytest
import torch

from lisptorch_compile.runtime import (
    Floats,
    Integers,
    List,
    Numbers,
    Shorts,
    add,
    at,
    equal,
    equal_each,
    json_text,
    kinds,
    less,
    multiply,
    negation,
    numbers,
    remainder,
    same,
    set_at,
    subtract,
    text,
    truth,
)

_WHOLE = torch.tensor([1, 2])
_REAL = torch.tensor([1.0, 2.0])


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        (_REAL + List([1, 2]), torch.tensor([2.0, 4.0])),
        (List([1, 2]) + _REAL, torch.tensor([2.0, 4.0])),
        (_WHOLE + List([1.5, 2]), torch.tensor([2.5, 4.0])),
        (_REAL.half() * List([0.5, 1.5]), torch.tensor([0.5, 3.0]).half()),
        (_REAL - Integers([1, 1]), torch.tensor([0.0, 1.0])),
        (Integers([5, 5]) - _WHOLE, torch.tensor([4, 3])),
        (_WHOLE * Shorts([2, 2]), torch.tensor([2, 4])),
        (_REAL + Numbers([0.5, 0.5]), torch.tensor([1.5, 2.5], dtype=torch.float64)),
        (Floats([1, 1]) / _REAL, torch.tensor([1.0, 0.5])),
        (
            add(_REAL, List([List([1, 2]), List([3, 4])])),
            torch.tensor([[2.0, 4], [4, 6]]),
        ),
        (add(_REAL, 1), torch.tensor([2.0, 3.0])),
        (add(1, _REAL), torch.tensor([2.0, 3.0])),
    ],
)
def test_a_list_beside_a_tensor_becomes_one(
    result: torch.Tensor, expected: torch.Tensor
) -> None:
    torch.testing.assert_close(result, expected, rtol=0, atol=0)


def test_a_list_beside_a_tensor_keeps_its_gradient() -> None:
    weight = torch.tensor([1.0, 2.0], requires_grad=True)

    (List([3, 4]) * weight).sum().backward()

    assert weight.grad is not None
    assert weight.grad.tolist() == [3.0, 4.0]


def test_a_single_tensor_counts_as_its_number() -> None:
    zero, loss = torch.tensor(0.0), torch.tensor(0.25)

    assert (truth(zero), truth(loss)) == (False, True)
    assert (negation(zero), negation(loss)) == (True, False)
    assert (equal(loss, 0.25), same(0.25, loss), equal(loss, 1)) == (True, True, False)
    assert (text(loss), text(List([loss, "a"]))) == ("0.25", '(0.25 "a")')
    assert text(torch.tensor([True])[0]) == "true"


def test_any_other_tensor_is_true_and_prints_as_in_python() -> None:
    zeros = torch.zeros(2)

    assert truth(zeros)
    assert truth(torch.zeros(0))
    assert text(zeros) == "tensor([0., 0.])"


def test_tensors_are_equal_by_shape_and_elements() -> None:
    assert equal(_REAL, _REAL.clone())
    assert not equal(_REAL, torch.tensor([1.0, 3.0]))
    assert not equal(_REAL, torch.tensor([1.0, 2.0, 3.0]))
    assert not equal(torch.tensor([1.0, 1.0]), torch.tensor(1.0))
    assert not equal(_REAL, "a")
    assert not equal(None, _REAL)
    assert equal_each(_REAL, 1).tolist() == [True, False]


def test_comparison_with_a_tensor_is_element_by_element() -> None:
    assert less(_REAL, 1.5).tolist() == [True, False]


def test_elements_of_a_tensor_are_counted_in_order() -> None:
    matrix = torch.arange(6.0).reshape(2, 3)

    assert (at(matrix, 4), at(matrix, -1), at(matrix, 1, 0)) == (4.0, 5.0, 3.0)
    assert at(torch.tensor(7), 0) == 7
    set_at(matrix, 4, 40)
    set_at(matrix, 0, 1, 10)
    assert matrix.tolist() == [[0, 10, 2], [3, 40, 5]]
    with pytest.raises(Exception, match="tensor index out of bounds"):
        at(matrix, 6)


def test_typed_lists_are_made_of_tensors() -> None:
    assert Integers(torch.tensor([[1, 2], [3, 4]])) == [1, 2, 3, 4]
    assert Numbers(_REAL) == [1.0, 2.0]


@pytest.mark.parametrize("name", ["sqrt", "exp", "log", "tanh", "floor", "erf", "fabs"])
def test_mathematics_of_a_tensor_is_that_of_its_elements(name: str) -> None:
    function = getattr(numbers, name)

    result: Any = function(torch.tensor([0.5, 2.25], dtype=torch.float64))

    expected = [function(0.5), function(2.25)]
    torch.testing.assert_close(result.tolist(), expected)


def test_types_of_torch_have_lispes_names() -> None:
    model = torch.nn.Sequential(torch.nn.Linear(2, 1))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    values = [_REAL, model, model[0], torch.nn.Embedding(2, 2), optimizer]

    assert [str(kinds.type_of(value)) for value in values] == [
        "torch_tensor_",
        "torch_model_",
        "torch_linear_",
        "torch_embedding_",
        "torch_optimizer_",
    ]


def test_operators_of_the_runtime_can_be_compiled() -> None:
    def step(x: torch.Tensor, y: torch.Tensor) -> Any:
        total = add(x, y) if truth(x.ndim) else x
        return multiply(subtract(total, 1), remainder(x, 2))

    compiled = torch.compile(step, fullgraph=True, backend="eager")

    torch.testing.assert_close(compiled(_REAL, _REAL), step(_REAL, _REAL))


def test_tensors_in_json_are_their_numbers() -> None:
    value = {"loss": torch.tensor(1.5), "rows": torch.tensor([[1, 2], [3, 4]])}
    assert json_text.dumps(value) == '{"loss":1.5,"rows":[[1,2],[3,4]]}'
