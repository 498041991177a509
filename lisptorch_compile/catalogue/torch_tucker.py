"""Tucker decomposition of tensors."""

from __future__ import annotations

from lisptorch_compile.catalogue.model import Builtin, declare
from lisptorch_compile.catalogue.torch_yields import REAL_TENSOR, TENSORS
from lisptorch_compile.catalogue.yields import A_FLOAT

BUILTINS: tuple[Builtin, ...] = (
    declare(
        "torch_tucker_decomposition",
        "tensor: tensor, rank, max_iter=100, tol=1e-06",
        "tucker.decompose(tensor, rank, max_iter, tol)",
        TENSORS,
        "The core of a tensor and the list of its factors, one for each dimension.",
    ),
    declare(
        "torch_tucker_reconstruct",
        "core: tensor, factors: list",
        "tucker.reconstruct(core, factors)",
        REAL_TENSOR,
        "The tensor of a core and its factors.",
    ),
    declare(
        "torch_tucker_compression_ratio",
        "original_shape: list, core_shape: list, factor_shapes: list",
        "tucker.compression_ratio(original_shape, core_shape, factor_shapes)",
        A_FLOAT,
        "How many times fewer numbers a decomposition has than its tensor.",
    ),
    declare(
        "torch_khatri_rao_product",
        "A: tensor, B: tensor",
        "tucker.khatri_rao(A, B)",
        REAL_TENSOR,
        "The Kronecker products of the columns of two matrices.",
    ),
)
