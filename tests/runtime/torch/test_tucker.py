"""Tucker decomposition."""

from __future__ import annotations

import pytest
import torch

from lisptorch_compile.runtime import tucker


@pytest.fixture
def tensor() -> torch.Tensor:
    torch.manual_seed(0)
    return torch.randn(4, 5, 6, dtype=torch.float64)


def test_full_rank_gives_the_tensor_back(tensor: torch.Tensor) -> None:
    core, factors = tucker.decompose(tensor, [4, 5, 6])
    torch.testing.assert_close(tucker.reconstruct(core, factors), tensor)


def test_shapes_and_orthonormal_columns(tensor: torch.Tensor) -> None:
    core, factors = tucker.decompose(tensor, [2, 3, 4])
    assert core.shape == (2, 3, 4)
    for factor, size, rank in zip(factors, tensor.shape, core.shape, strict=True):
        assert factor.shape == (size, rank)
        identity = torch.eye(rank, dtype=torch.float64)
        torch.testing.assert_close(factor.T @ factor, identity)


def test_tensor_of_low_rank_is_found_exactly() -> None:
    torch.manual_seed(1)
    core = torch.randn(2, 2, 2)
    factors = [torch.randn(size, 2) for size in (5, 6, 7)]
    tensor = tucker.reconstruct(core, factors)
    found = tucker.reconstruct(*tucker.decompose(tensor, 2))
    torch.testing.assert_close(found, tensor, atol=1e-4, rtol=1e-4)


def test_rounds_improve_on_the_start(tensor: torch.Tensor) -> None:
    errors = [
        float((tensor - tucker.reconstruct(*tucker.decompose(tensor, 2, n))).norm())
        for n in (0, 50)
    ]
    assert errors[1] < errors[0]


@pytest.mark.parametrize("rank", [[9, 9, 9], [4, 1, 1]])
def test_ranks_beyond_what_is_possible_are_cut(
    tensor: torch.Tensor, rank: list[int]
) -> None:
    core, _ = tucker.decompose(tensor, rank)
    assert all(r <= n for r, n in zip(core.shape, tensor.shape, strict=True))


def test_number_of_ranks_must_fit(tensor: torch.Tensor) -> None:
    with pytest.raises(ValueError, match="Number of ranks must match"):
        tucker.decompose(tensor, [2, 2])


def test_compression_ratio() -> None:
    ratio = tucker.compression_ratio([10, 10], [2, 2], [[10, 2], [10, 2]])
    assert ratio == 100 / 44


def test_khatri_rao_is_kronecker_by_columns() -> None:
    a, b = torch.tensor([[1, 2], [3, 4]]), torch.tensor([[5, 6], [7, 8], [9, 0]])
    product = tucker.khatri_rao(a, b)
    assert product.shape == (6, 2)
    for column in range(2):
        expected = torch.kron(a[:, column], b[:, column])
        torch.testing.assert_close(product[:, column], expected)
    with pytest.raises(ValueError, match="same number of columns"):
        tucker.khatri_rao(a, b[:, :1])
