"""Rotary position embedding: tables of angles, their scaling, and the rotation."""

from __future__ import annotations

import math
from collections.abc import Callable

import torch
from torch import Tensor, nn

from lisptorch_compile.runtime import devices

#: Changes the inverse frequencies (D/2,) so that a model reads longer texts.
Scaling = Callable[[Tensor], Tensor]


def inverse_frequencies(dim: int, base: float = 10000.0) -> Tensor:
    """Return base^(-2i/D) for i = 0 … D/2 - 1, the angle of each pair at position 1.

    Raises:
        ValueError: ``dim`` is odd or not positive.

    Example:
        >>> inverse_frequencies(4)
        tensor([1.0000, 0.0100])
    """
    if dim < 2 or dim % 2:
        raise ValueError(
            f"dim ({dim}) must be even and positive: channels rotate in pairs"
        )
    return 1.0 / base ** (torch.arange(0, dim, 2, dtype=torch.float32) / dim)


def linear_scaling(factor: float) -> Scaling:
    """Return the scaling that divides all positions by ``factor``.

    Source: Chen et al. 2023, "Extending Context Window of Large Language Models via
    Positional Interpolation", arXiv:2306.15595.
    """

    def scaled(inv_freq: Tensor) -> Tensor:
        return inv_freq / factor

    return scaled


def llama3_scaling(
    factor: float = 8.0,
    low_freq_factor: float = 1.0,
    high_freq_factor: float = 4.0,
    original_max_position: int = 8192,
) -> Scaling:
    """Return the scaling of Llama 3.1: slow pairs are stretched, fast ones kept.

    Pairs that turn less than ``low_freq_factor`` times over the original context are slowed
    by ``factor``, those that turn more than ``high_freq_factor`` times stay, those between
    are interpolated. Defaults are Llama-3.1's.

    Raises:
        ValueError: ``high_freq_factor`` is not greater than ``low_freq_factor``.

    Source: ``rope_scaling`` of type ``llama3`` in the configuration of Llama 3.1 (Meta,
    2024), as defined by its reference implementation.
    """
    if high_freq_factor <= low_freq_factor:
        raise ValueError(
            f"high_freq_factor ({high_freq_factor}) must be greater than "
            f"low_freq_factor ({low_freq_factor})"
        )

    def scaled(inv_freq: Tensor) -> Tensor:
        turns = original_max_position * inv_freq / (2 * math.pi)
        kept = (turns - low_freq_factor) / (high_freq_factor - low_freq_factor)
        kept = kept.clamp(0.0, 1.0)  # 1: as it is, 0: slowed by the whole factor
        return kept * inv_freq + (1 - kept) * inv_freq / factor

    return scaled


class RotaryEmbedding(nn.Module):
    """Tables of cosines and sines for rotating channel pairs by their position's angle.

    The tables are made once, in float32, and grow when a longer sequence comes; they move
    with the module and are in no state dict.

    Args:
        dim: D, size of a head; even.
        max_seq_len: positions to prepare for.
        base: theta, the base of the inverse frequencies.
        scaling: ``linear_scaling(…)``, ``llama3_scaling(…)`` or nil.

    Raises:
        ValueError: ``dim`` is odd.

    Source: Su et al. 2021, "RoFormer", arXiv:2104.09864.
    """

    lisp_type = "torch_rotary_embedding_"

    inv_freq: Tensor
    cos: Tensor
    sin: Tensor

    def __init__(
        self,
        dim: int,
        max_seq_len: int = 8192,
        *,
        base: float = 10000.0,
        scaling: Scaling | None = None,
    ) -> None:
        super().__init__()
        inv_freq = inverse_frequencies(dim, base)
        if scaling is not None:
            inv_freq = scaling(inv_freq)
        self.dim = dim
        self.max_seq_len = max_seq_len
        self.register_buffer("inv_freq", inv_freq, persistent=False)
        self._make_tables(max_seq_len)

    def forward(
        self, seq_len: int, device: str | torch.device | None = None
    ) -> tuple[Tensor, Tensor]:
        """Return the cosines and sines of positions 0 … T - 1.

        Args:
            seq_len: T.
            device: where they shall be; where the module is when left out.

        Returns:
            Two tensors (T, D), float32: the angles of the D/2 pairs, twice side by side.
        """
        if seq_len > self.cos.size(0):
            self._make_tables(seq_len)
        cos, sin = self.cos[:seq_len], self.sin[:seq_len]
        if device is None:
            return cos, sin
        target = devices.device(device)
        return cos.to(target), sin.to(target)

    def _make_tables(self, length: int) -> None:
        positions = torch.arange(
            length, dtype=torch.float32, device=self.inv_freq.device
        )
        angles = torch.outer(positions, self.inv_freq)  # (T, D/2)
        angles = torch.cat((angles, angles), dim=-1)  # (T, D)
        self.register_buffer("cos", angles.cos(), persistent=False)
        self.register_buffer("sin", angles.sin(), persistent=False)

    def __str__(self) -> str:
        return (
            f"PyTorch Rotary Embedding (dim={self.dim}, max_seq_len={self.max_seq_len})"
        )


def apply_rotary(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    """Rotate channel pairs by their position's angle.

    Channel ``i`` pairs with ``i + D/2`` (half-split); interleaved pairs give different
    numbers.

    Args:
        x: (..., T, D), any float dtype. With (B, T, C) or (T, C), C may be a multiple of D:
            then each of the C/D heads is rotated.
        cos, sin: (at least T, D), as ``RotaryEmbedding`` returns them; the first T rows
            count.

    Returns:
        The shape and dtype of ``x``, in which the rotation is done; the norm of every pair
        stays.

    Raises:
        ValueError: fewer than T rows, or the last dimension of ``x`` is no multiple of D.

    Source: Su et al. 2021, "RoFormer", arXiv:2104.09864; the layout is Llama's in
    transformers.
    """
    seq_len, size = x.shape[-2:]
    dim = cos.size(-1)
    if seq_len > cos.size(-2):
        raise ValueError(
            f"rotary embedding: sequence length ({seq_len}) exceeds the rows of "
            f"cos ({cos.size(-2)})"
        )
    if size != dim and (x.dim() > 3 or size % dim):
        raise ValueError(
            f"rotary embedding: size of the last dimension ({size}) must be a "
            f"multiple of dim ({dim})"
        )
    cos, sin = cos[..., :seq_len, :].to(x.dtype), sin[..., :seq_len, :].to(x.dtype)
    if size == dim:
        return _rotate(x, cos, sin)
    heads = x.reshape(*x.shape[:-1], size // dim, dim)  # (..., T, H, D)
    return _rotate(heads, cos.unsqueeze(-2), sin.unsqueeze(-2)).flatten(-2)


def _rotate(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    first, second = x.chunk(2, dim=-1)
    return x * cos + torch.cat((-second, first), dim=-1) * sin
