"""Modules that LispE's library has and torch has not, or has with other conventions.

All take batches first, accept a single sample or sequence without its batch dimension, and
cast floating inputs to the dtype of their weights. ``str`` gives LispE's one-line text,
``repr`` torch's.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F
from torch.utils.checkpoint import checkpoint

from lisptorch_compile.runtime import attention, tensors
from lisptorch_compile.runtime.attention import match_dtype
from lisptorch_compile.runtime.described import described


def checked(layer: Any) -> Any:
    """Return what a program wrongly calls as a layer, to say so.

    Raises:
        TypeError: it cannot be called.
    """
    if not callable(layer):
        raise TypeError(f"expected a model or layer, not {described(layer)}")
    return layer


class MLP(nn.Module):
    """Three linear layers, with ReLU after the first and the second.

    Args:
        input_size, hidden_size, output_size: sizes of the last dimension of the input, of
            what lies between, and of the output.
    """

    lisp_type = "torch_model_"

    def __init__(self, input_size: int, hidden_size: int, output_size: int) -> None:
        super().__init__()
        self.input_size = input_size
        self.hidden_size = hidden_size
        self.output_size = output_size
        self.fc1 = nn.Linear(input_size, hidden_size)
        self.fc2 = nn.Linear(hidden_size, hidden_size)
        self.fc3 = nn.Linear(hidden_size, output_size)

    def forward(self, x: Tensor) -> Tensor:
        """Return (..., output_size) for ``x`` of (..., input_size)."""
        x = match_dtype(x, self)
        x = F.relu(self.fc1(x))
        x = F.relu(self.fc2(x))
        result: Tensor = self.fc3(x)
        return result

    def __str__(self) -> str:
        return "PyTorch Model"


class MultiHeadAttention(nn.Module):
    """Multi-head attention whose parameters are named as ``nn.MultiheadAttention``'s.

    State dicts go both ways between the two. It differs in what it takes: batches first,
    one tensor for self-attention, masks in which 1 means *attend*.

    Args:
        embed_dim: C, size of the last dimension of all inputs and of the output.
        num_heads: H, divides ``embed_dim``.

    Raises:
        ValueError: ``embed_dim`` is no multiple of ``num_heads``.

    Source: Vaswani et al. 2017, "Attention Is All You Need", arXiv:1706.03762, 3.2.2;
    initial weights as in ``nn.MultiheadAttention``.
    """

    lisp_type = "torch_attention_"

    def __init__(self, embed_dim: int, num_heads: int) -> None:
        super().__init__()
        attention.check_heads(embed_dim, num_heads)
        self.embed_dim = embed_dim
        self.num_heads = num_heads
        self.in_proj_weight = nn.Parameter(torch.empty(3 * embed_dim, embed_dim))
        self.in_proj_bias = nn.Parameter(torch.zeros(3 * embed_dim))
        self.out_proj = nn.Linear(embed_dim, embed_dim)
        nn.init.xavier_uniform_(self.in_proj_weight)
        nn.init.zeros_(self.out_proj.bias)

    def forward(
        self,
        query: Tensor,
        key: Tensor | None = None,
        value: Tensor | None = None,
        mask: Any = None,
        *,
        is_causal: bool = False,
    ) -> Tensor:
        """Return the attention of ``query`` to ``key`` and ``value``.

        Args:
            query: (B, T, C); (T, C) for one sequence; (B, H, T, D) with H · D = C.
            key, value: likewise with S for T; both the query when left out.
            mask: 1 or true where to attend (see ``attention.scaled_dot_product``):
                (B, S), (1, S) or (S,) leaves out padding; (T, S), (B, T, S), (B · H, T, S)
                and (B, H, T, S) speak of every query. (B, S) wins where T equals B.
            is_causal: no query sees a later key.

        Returns:
            (B, T, C), or (T, C) for one sequence, in the dtype of the weights. A sequence
            that is padding throughout gives the output layer's bias.

        Raises:
            ValueError: the last dimension of an input is not C, or the mask has another
                shape.
        """
        key = query if key is None else key
        value = key if value is None else value
        is_self = query is key and key is value
        unbatched = query.dim() == 2
        query, key, value = [self._batch(x) for x in (query, key, value)]
        q, k, v = self._project(query, key, value, is_self=is_self)
        attended = attention.scaled_dot_product(
            attention.split_heads(q, self.num_heads),
            attention.split_heads(k, self.num_heads),
            attention.split_heads(v, self.num_heads),
            None if mask is None else self._head_mask(tensors.tensor(mask), q, k),
            is_causal=is_causal,
        )  # (B, H, T, D)
        result: Tensor = self.out_proj(attention.merge_heads(attended))
        return result.squeeze(0) if unbatched else result

    def _batch(self, x: Tensor) -> Tensor:
        """Return an input in any of its forms as (B, T, C) in the weights' dtype."""
        if x.dim() == 2:
            x = x.unsqueeze(0)
        elif x.dim() == 4:
            x = attention.merge_heads(x)
        if x.dim() != 3 or x.size(-1) != self.embed_dim:
            raise ValueError(
                f"attention: an input of shape {list(x.shape)} does not fit "
                f"embed_dim ({self.embed_dim})"
            )
        return match_dtype(x, self)

    def _project(
        self, query: Tensor, key: Tensor, value: Tensor, *, is_self: bool
    ) -> Sequence[Tensor]:
        """Return the projected inputs; self-attention takes one matrix product."""
        if is_self:
            packed = F.linear(query, self.in_proj_weight, self.in_proj_bias)
            return packed.chunk(3, dim=-1)
        weights = self.in_proj_weight.chunk(3)
        biases = self.in_proj_bias.chunk(3)
        inputs = zip((query, key, value), weights, biases, strict=True)
        return [F.linear(x, weight, bias) for x, weight, bias in inputs]

    def _head_mask(self, mask: Tensor, query: Tensor, key: Tensor) -> Tensor:
        """Return a mask in any of its forms as one that broadcasts to (B, H, T, S)."""
        batch, query_len, key_len = query.size(0), query.size(1), key.size(1)
        shape = tuple(mask.shape)
        if shape in ((key_len,), (1, key_len), (batch, key_len)):
            return mask.reshape(-1, 1, 1, key_len)
        if shape[-2:] == (query_len, key_len):
            if mask.dim() == 2 or mask.dim() == 4:
                return mask
            if mask.size(0) in (1, batch):
                return mask.unsqueeze(1)
            if mask.size(0) == batch * self.num_heads:
                return mask.reshape(batch, self.num_heads, query_len, key_len)
        raise ValueError(
            f"attention: a mask of shape {list(shape)} fits neither padding {[batch, key_len]} "
            f"nor scores {[batch, self.num_heads, query_len, key_len]}"
        )

    def __str__(self) -> str:
        return "PyTorch Multi-Head Attention"


class TransformerBlock(nn.Module):
    """Self-attention and a feed-forward network, each added to its input and normalized.

    Equals ``nn.TransformerEncoderLayer(C, H, F, dropout=0, batch_first=True)``, with other
    names.

    Args:
        embed_dim: C, size of the last dimension of input and output.
        num_heads: H, divides ``embed_dim``.
        ffn_dim: F, size of the hidden layer of the feed-forward network.

    Raises:
        ValueError: ``embed_dim`` is no multiple of ``num_heads``.

    Source: Vaswani et al. 2017, arXiv:1706.03762, 3.1 (norms after the additions).
    """

    lisp_type = "torch_transformer_block_"

    def __init__(self, embed_dim: int, num_heads: int, ffn_dim: int) -> None:
        super().__init__()
        self.embed_dim = embed_dim
        self.num_heads = num_heads
        self.ffn_dim = ffn_dim
        self.self_attention = MultiHeadAttention(embed_dim, num_heads)
        self.norm1 = nn.LayerNorm(embed_dim)
        self.norm2 = nn.LayerNorm(embed_dim)
        self.ffn1 = nn.Linear(embed_dim, ffn_dim)
        self.ffn2 = nn.Linear(ffn_dim, embed_dim)

    def forward(
        self, x: Tensor, mask: Any = None, *, is_causal: bool = False
    ) -> Tensor:
        """Return the shape of ``x``.

        Args:
            x: (B, T, C), or (T, C) for one sequence.
            mask, is_causal: as in ``MultiHeadAttention``.
        """
        x = match_dtype(x, self)
        attended = self.self_attention(x, mask=mask, is_causal=is_causal)
        x = self.norm1(x + attended)
        result: Tensor = self.norm2(x + self.ffn2(F.relu(self.ffn1(x))))
        return result

    def __str__(self) -> str:
        return "PyTorch Transformer Block"


class PositionalEncoding(nn.Module):
    """Adds sines and cosines of the positions to a sequence; nothing is trained.

    Column ``2i`` of the table holds sin(pos · 10000^(-2i/C)), column ``2i + 1`` the cosine;
    an odd C ends with a sine.

    Args:
        d_model: C, size of the last dimension of the input.
        max_len: number of positions in the table, the buffer ``pe`` (max_len, 1, C).

    Source: Vaswani et al. 2017, arXiv:1706.03762, 3.5.
    """

    lisp_type = "torch_positional_encoding_"

    pe: Tensor

    def __init__(self, d_model: int, max_len: int = 5000) -> None:
        super().__init__()
        self.d_model = d_model
        self.max_len = max_len
        self.register_buffer("pe", _sinusoids(max_len, d_model).unsqueeze(1))

    def forward(self, x: Tensor) -> Tensor:
        """Return ``x`` plus the first T rows of the table, in the dtype of ``x``.

        Args:
            x: (B, T, C), or (T, C) for one sequence.

        Raises:
            ValueError: T exceeds ``max_len``, or the last dimension is not C.
        """
        seq_len, size = x.shape[-2:]
        if size != self.d_model:
            raise ValueError(
                f"positional encoding: an input of shape {list(x.shape)} does not fit "
                f"d_model ({self.d_model})"
            )
        if seq_len > self.max_len:
            raise ValueError(
                f"positional encoding: sequence length ({seq_len}) exceeds "
                f"max_len ({self.max_len})"
            )
        table = self.pe[:seq_len, 0]  # (T, C): broadcasts over the batch
        return x + table.to(x.dtype)

    def __str__(self) -> str:
        return "PyTorch Positional Encoding"


def _sinusoids(length: int, size: int) -> Tensor:
    """Return the table (length, size) of interleaved sines and cosines."""
    positions = torch.arange(length).unsqueeze(1)
    rates = torch.exp(torch.arange(0, size, 2) * (-math.log(10000.0) / size))
    angles = positions * rates  # (length, ceil(size / 2))
    table = torch.empty(length, size)
    table[:, 0::2] = angles.sin()
    table[:, 1::2] = angles[:, : size // 2].cos()
    return table


class Checkpointed(nn.Module):
    """A module whose activations are computed again in the backward pass, if enabled.

    Values and gradients are those of the module alone; the memory for what lies between
    its input and output is traded for a second forward pass.

    Args:
        module: any module.

    Source: Chen et al. 2016, "Training Deep Nets with Sublinear Memory Cost",
    arXiv:1604.06174.
    """

    lisp_type = "torch_checkpointed_module_"

    def __init__(self, module: nn.Module) -> None:
        super().__init__()
        if not isinstance(module, nn.Module):
            raise TypeError(f"checkpointing needs a model, not {described(module)}")
        self.module = module
        self.enabled = False

    def enable(self) -> bool:
        """Recompute from now on; true."""
        self.enabled = True
        return True

    def disable(self) -> bool:
        """Keep activations from now on; true."""
        self.enabled = False
        return True

    def forward(self, *inputs: Any) -> Any:
        """Return what the module returns for the inputs."""
        if self.enabled and torch.is_grad_enabled():
            return checkpoint(self.module, *inputs, use_reentrant=False)
        return self.module(*inputs)

    def __str__(self) -> str:
        state = "enabled" if self.enabled else "disabled"
        return f"PyTorch Checkpointed Module (checkpointing {state})"
