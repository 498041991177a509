"""Tucker decomposition: a tensor as a small core and a matrix for each of its modes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor

from lisptorch_compile.runtime import tensors
from lisptorch_compile.runtime.values import List


def decompose(
    tensor: Tensor, rank: Any, max_iter: int = 100, tol: float = 1e-6
) -> List:
    """Return the core and the list of factors whose product is closest to ``tensor``.

    Args:
        tensor: (n_1, …, n_k), real.
        rank: r for every mode, or a list of k ranks; larger ones than possible are cut.
        max_iter: most rounds of improvement.
        tol: stop when the relative error changes by less.

    Returns:
        core (r_1, …, r_k) and factors (n_i, r_i) with orthonormal columns.

    Raises:
        ValueError: the number of ranks is not that of the dimensions.

    Source: De Lathauwer et al. 2000, "On the Best Rank-1 and Rank-(R1, …, RN) Approximation
    of Higher-Order Tensors" (HOOI, started from the HOSVD).
    """
    ranks = _ranks(tensor, rank)
    factors = [_leading(tensor, mode, r) for mode, r in enumerate(ranks)]
    norm = float(tensor.norm()) or 1.0
    error = math.inf
    for _ in range(int(max_iter)):
        for mode, r in enumerate(ranks):
            others = [None if i == mode else f.T for i, f in enumerate(factors)]
            factors[mode] = _leading(_products(tensor, others), mode, r)
        core = _products(tensor, [factor.T for factor in factors])
        before, error = error, float((tensor - reconstruct(core, factors)).norm())
        if abs(before - error) / norm < tol:
            break
    core = _products(tensor, [factor.T for factor in factors])
    return List([core, List(factors)])


def reconstruct(core: Tensor, factors: Sequence[Tensor]) -> Tensor:
    """Return the tensor (n_1, …, n_k) of a core and its factors (n_i, r_i)."""
    return _products(core, list(factors))


def compression_ratio(
    original_shape: Any, core_shape: Any, factor_shapes: Sequence[Any]
) -> float:
    """Return how many times fewer numbers the decomposition has than the tensor."""
    small = _size(core_shape) + sum(_size(shape) for shape in factor_shapes)
    return _size(original_shape) / small


def khatri_rao(a: Tensor, b: Tensor) -> Tensor:
    """Return the Kronecker products of the columns of (m, c) and (n, c), (m·n, c).

    Raises:
        ValueError: the numbers of columns differ.
    """
    if a.size(-1) != b.size(-1):
        raise ValueError("Matrices must have the same number of columns")
    return (a.unsqueeze(1) * b.unsqueeze(0)).flatten(0, 1)


def _ranks(tensor: Tensor, rank: Any) -> list[int]:
    if isinstance(rank, int | float):
        ranks = [int(rank)] * tensor.dim()
    else:
        ranks = [int(r) for r in rank]
    if len(ranks) != tensor.dim():
        raise ValueError(
            f"Number of ranks must match tensor dimensions: {len(ranks)} for "
            f"{list(tensor.shape)}"
        )
    ranks = [max(1, min(r, n)) for r, n in zip(ranks, tensor.shape, strict=True)]
    total = math.prod(ranks)
    return [min(r, total // r) if len(ranks) > 1 else r for r in ranks]


def _leading(tensor: Tensor, mode: int, rank: int) -> Tensor:
    """Return the ``rank`` leading left singular vectors of the unfolding along a mode."""
    unfolded = tensor.movedim(mode, 0).flatten(1)  # (n_mode, the others)
    vectors: Tensor = torch.linalg.svd(unfolded, full_matrices=False).U
    return vectors[:, :rank]


def _products(tensor: Tensor, matrices: Sequence[Tensor | None]) -> Tensor:
    """Multiply each mode of ``tensor`` by its matrix (m_i, n_i), where it has one."""
    for mode, matrix in enumerate(matrices):
        if matrix is not None:
            moved = torch.tensordot(matrix, tensor, dims=([1], [mode]))
            tensor = moved.movedim(0, mode)
    return tensor


def _size(shape: Any) -> int:
    return math.prod(tensors.shape(shape))
