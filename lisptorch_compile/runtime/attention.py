"""Attention by torch's fused kernel, whose memory grows linearly with the sequence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from lisptorch_compile.runtime import tensors
from lisptorch_compile.runtime.described import described

# --- functions on heads -------------------------------------------------------------------


def scaled_dot_product(
    query: Tensor,
    key: Tensor,
    value: Tensor,
    mask: Any = None,
    *,
    dropout_p: float = 0.0,
    is_causal: bool = False,
    scale: Any = None,
) -> Tensor:
    """Return softmax(query · keyᵀ · scale + mask) · value.

    A wrapper of ``F.scaled_dot_product_attention`` that takes LispE's masks, combines a
    mask with ``is_causal`` and lets key and value have fewer heads than the query.

    Args:
        query: (..., T, D).
        key: (..., S, D).
        value: (..., S, Dv).
        mask: broadcastable to (..., T, S), a tensor or nested lists. 1 or true: attend,
            0 or false: leave out; real numbers other than 0 and 1 are added to the scores.
            A query that may attend to nothing yields zeros.
        dropout_p: probability of dropping an attention weight.
        is_causal: query ``t`` sees the keys 0 … t only, also when T and S differ.
        scale: a number, a one-element tensor or list; 1/√D when nil.

    Returns:
        (..., T, Dv) in the dtype of ``query``.

    Raises:
        ValueError: ``dropout_p`` is not in 0 … 1, the mask does not fit the scores, or the
            query's heads are no multiple of the key's.

    Source: Dao et al. 2022, "FlashAttention", arXiv:2205.14135 (the kernel behind it).
    """
    check_probability("dropout_p", dropout_p)
    if mask is not None:
        mask = score_mask(mask, query.dtype)
        _check_mask(mask, query.size(-2), key.size(-2))
    if mask is not None and is_causal:
        mask, is_causal = _with_causal(mask, query.size(-2), key.size(-2)), False
    attended: Tensor = F.scaled_dot_product_attention(
        query,
        key,
        value,
        mask,
        dropout_p=dropout_p,
        is_causal=is_causal,
        scale=_number(scale),
        enable_gqa=_has_grouped_heads(query, key),
    )
    return attended


def score_mask(mask: Any, dtype: torch.dtype) -> Tensor:
    """Return a mask of LispE as torch's attention takes it.

    Boolean and integer masks say where to attend. A mask of reals does so, too, if it holds
    nothing but 0 and 1; otherwise it is a bias in ``dtype`` to add to the scores. Which of
    both is decided by tensor operations, so that a compiled model has no graph break.
    """
    given = tensors.tensor(mask)
    if not given.is_floating_point():
        return given.bool()
    keeps = given == 1
    only_keeps = (keeps | (given == 0)).all()
    blocked = torch.zeros_like(given).masked_fill(~keeps, -torch.inf)
    return torch.where(only_keeps, blocked, given).to(dtype)


def _check_mask(mask: Tensor, query_len: int, key_len: int) -> None:
    """Raise ValueError unless a mask can be spread over scores (..., T, S)."""
    wanted = (query_len, key_len)[-mask.dim() :] if mask.dim() else ()
    sizes = zip(mask.shape[-2:], wanted, strict=True)
    if any(size not in (1, wanted_size) for size, wanted_size in sizes):
        raise ValueError(
            f"attention: a mask of shape {list(mask.shape)} does not fit scores of shape "
            f"[…, {query_len}, {key_len}]"
        )


def _with_causal(mask: Tensor, query_len: int, key_len: int) -> Tensor:
    """Return a mask (..., T, S) that also hides the keys after each query."""
    past = torch.ones(query_len, key_len, dtype=torch.bool, device=mask.device).tril()
    if mask.dtype == torch.bool:
        return mask & past
    return mask.masked_fill(~past, -torch.inf)


def _number(scale: Any) -> float | None:
    if isinstance(scale, Sequence):
        scale = scale[0]
    return None if scale is None else float(scale)


def _has_grouped_heads(query: Tensor, key: Tensor) -> bool:
    """Tell whether several heads of (B, H, T, D) share one of (B, K, S, D)."""
    if query.dim() < 4 or key.dim() < 4 or query.size(-3) == key.size(-3):
        return False
    heads, groups = query.size(-3), key.size(-3)
    if groups == 1 or heads % groups == 0:
        return True
    raise ValueError(
        f"query heads ({heads}) must be a multiple of key heads ({groups})"
    )


def check_probability(name: str, probability: float) -> None:
    """Raise ValueError unless ``probability`` is in 0 … 1; torch lets negatives pass."""
    if not 0.0 <= probability <= 1.0:
        raise ValueError(f"{name} ({probability}) must be between 0 and 1")


def check_heads(embed_dim: int, num_heads: int) -> None:
    """Raise ValueError unless ``embed_dim`` can be split into ``num_heads`` heads."""
    if num_heads < 1 or embed_dim % num_heads:
        raise ValueError(
            f"embed_dim ({embed_dim}) must be a multiple of num_heads ({num_heads})"
        )


def split_heads(x: Tensor, num_heads: int) -> Tensor:
    """Return (B, T, H · D) as (B, H, T, D)."""
    heads = x.reshape(*x.shape[:-1], num_heads, -1)  # (B, T, H, D)
    return heads.transpose(-3, -2)


def merge_heads(x: Tensor) -> Tensor:
    """Return (B, H, T, D) as (B, T, H · D)."""
    return x.transpose(-3, -2).flatten(-2)


def match_dtype(x: Tensor, module: nn.Module) -> Tensor:
    """Return a floating ``x`` in the dtype of the module's weights.

    LispE's ``numbers`` are float64, which torch's layers refuse. A module without
    parameters (a quantized one) takes float32.
    """
    if not x.is_floating_point():
        return x
    weight = next(module.parameters(), None)
    return x.to(torch.float32 if weight is None else weight.dtype)


# --- the module ---------------------------------------------------------------------------


class FlashAttention(nn.Module):
    """Multi-head attention with four projections, computed by the fused kernel.

    Args:
        embed_dim: C, size of the last dimension of all inputs and of the output.
        num_heads: H, divides ``embed_dim``.
        dropout: probability of dropping an attention weight while the module trains.
        bias: whether the projections have biases.

    Weights of the projections start Xavier-uniform, biases as ``nn.Linear`` makes them.

    Raises:
        ValueError: ``embed_dim`` is no multiple of ``num_heads``, or ``dropout`` is no
            probability.

    Source: Dao et al. 2022, "FlashAttention", arXiv:2205.14135.
    """

    lisp_type = "torch_flash_attention_"

    def __init__(
        self, embed_dim: int, num_heads: int, dropout: float = 0.0, bias: bool = True
    ) -> None:
        super().__init__()
        check_heads(embed_dim, num_heads)
        check_probability("dropout", dropout)
        self.embed_dim = embed_dim
        self.num_heads = num_heads
        self.head_dim = embed_dim // num_heads
        self.dropout = dropout
        self.has_bias = bias
        self.q_proj = nn.Linear(embed_dim, embed_dim, bias=bias)
        self.k_proj = nn.Linear(embed_dim, embed_dim, bias=bias)
        self.v_proj = nn.Linear(embed_dim, embed_dim, bias=bias)
        self.out_proj = nn.Linear(embed_dim, embed_dim, bias=bias)
        for projection in (self.q_proj, self.k_proj, self.v_proj, self.out_proj):
            nn.init.xavier_uniform_(projection.weight)

    @staticmethod
    def checked(layer: object) -> FlashAttention:
        """Return what a program calls as flash attention.

        Raises:
            TypeError: it is none.
        """
        if not isinstance(layer, FlashAttention):
            raise TypeError(f"expected a flash attention layer, not {described(layer)}")
        return layer

    def forward(
        self,
        query: Tensor,
        key: Tensor | None = None,
        value: Tensor | None = None,
        mask: Any = None,
        *,
        is_causal: bool = False,
        dropout: float | None = None,
        training: bool | None = None,
    ) -> Tensor:
        """Return the attention of ``query`` to ``key`` and ``value``.

        Args:
            query: (B, T, C), or (T, C) for one sequence.
            key, value: (B, S, C); both the query when left out.
            mask: broadcastable to (B, H, T, S), or (B, T, S); as in
                ``scaled_dot_product``.
            is_causal: no query sees a later key.
            dropout: for this call, instead of the module's.
            training: whether dropout acts, instead of the module's own mode.

        Returns:
            The shape of ``query``, in the dtype of the weights.
        """
        key = query if key is None else key
        value = key if value is None else value
        self._check_sizes(query, key, value)
        attended = scaled_dot_product(
            self._heads(query, self.q_proj),
            self._heads(key, self.k_proj),
            self._heads(value, self.v_proj),
            _beside_heads(mask),
            dropout_p=self._dropout(dropout, training),
            is_causal=is_causal,
        )  # (B, H, T, D)
        result: Tensor = self.out_proj(merge_heads(attended))
        return result

    def _heads(self, x: Tensor, projection: nn.Module) -> Tensor:
        return split_heads(projection(match_dtype(x, projection)), self.num_heads)

    def _dropout(self, dropout: float | None, training: bool | None) -> float:
        active = self.training if training is None else training
        if not active:
            return 0.0
        return self.dropout if dropout is None else dropout

    def _check_sizes(self, *inputs: Tensor) -> None:
        for x in inputs:
            if x.size(-1) != self.embed_dim:
                raise ValueError(
                    f"flash attention: an input of shape {list(x.shape)} does not fit "
                    f"embed_dim ({self.embed_dim})"
                )

    def __str__(self) -> str:
        return (
            f"Flash Attention (embed_dim={self.embed_dim}, num_heads={self.num_heads}, "
            f"head_dim={self.head_dim}, dropout={self.dropout:g}, "
            f"bias={'true' if self.has_bias else 'false'})"
        )


def _beside_heads(mask: Any) -> Tensor | None:
    """Return a mask (B, T, S) as (B, 1, T, S), any other as it is."""
    if mask is None:
        return None
    given = tensors.tensor(mask)
    return given.unsqueeze(1) if given.dim() == 3 else given
