"""One decoder for Llama, Mistral, Qwen, Gemma, Phi-3, SmolLM and GPT-2.

The names of its parts are those of the published weights (Llama's where families
differ), so that state dicts and adapters fit without a table of names.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F
from torch.utils.checkpoint import checkpoint

from lisptorch_compile.runtime.choices import unknown_name
from lisptorch_compile.runtime.models.cache import KVCache
from lisptorch_compile.runtime.models.config import DecoderConfig
from lisptorch_compile.runtime.models.rotary import Rotary, rotate

_ACTIVATIONS: dict[str, Callable[[Tensor], Tensor]] = {
    "silu": F.silu,
    "gelu": F.gelu,
    "relu": F.relu,
    "gelu_new": lambda x: F.gelu(x, approximate="tanh"),
    "gelu_pytorch_tanh": lambda x: F.gelu(x, approximate="tanh"),
}


@dataclass(slots=True)
class Step:
    """What the layers of one forward pass share.

    ``tokens``: which of the S positions are no padding, (B, S), None when all are.
    ``weights``: where the softmax weights of each layer go; None: they are not needed.
    """

    positions: Tensor  # (B or 1, T)
    tokens: Tensor | None
    cache: KVCache | None
    weights: list[Tensor] | None

    @property
    def pure(self) -> bool:
        """Whether a layer leaves nothing behind, so that it may run twice."""
        return self.cache is None and self.weights is None


class RMSNorm(nn.Module):
    """x / √(mean(x²) + ε) · weight, computed in float32.

    With ``plus_one`` the weight counts from 1 and multiplies before the result is cast
    back, as in Gemma.

    Source: Zhang and Sennrich 2019, "Root Mean Square Layer Normalization",
    arXiv:1910.07467.
    """

    def __init__(self, size: int, eps: float, *, plus_one: bool = False) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(size) if plus_one else torch.ones(size))
        self.eps = eps
        self.plus_one = plus_one

    def forward(self, x: Tensor) -> Tensor:
        """Return ``x`` (..., C) normalized over C, in its dtype."""
        exact = x.float()
        exact = exact * torch.rsqrt(exact.pow(2).mean(-1, keepdim=True) + self.eps)
        if self.plus_one:
            return (exact * (1.0 + self.weight.float())).to(x.dtype)
        return self.weight * exact.to(x.dtype)


class Attention(nn.Module):
    """Self-attention with grouped queries, rotary positions and a window."""

    def __init__(self, config: DecoderConfig, index: int) -> None:
        super().__init__()
        self.config = config
        self.index = index
        self.window = config.layers[index].window
        hidden, size = config.hidden_size, config.head_dim
        queries, keys = config.num_heads * size, config.num_kv_heads * size
        bias = config.qkv_bias
        if config.fused:
            self.qkv_proj = nn.Linear(hidden, queries + 2 * keys, bias=bias)
        else:
            self.q_proj = nn.Linear(hidden, queries, bias=bias)
            self.k_proj = nn.Linear(hidden, keys, bias=bias)
            self.v_proj = nn.Linear(hidden, keys, bias=bias)
        self.o_proj = nn.Linear(queries, hidden, bias=config.output_bias)
        if config.query_key_norm:
            self.q_norm = _norm(config, size)
            self.k_norm = _norm(config, size)

    def forward(
        self, x: Tensor, angles: tuple[Tensor, Tensor] | None, step: Step
    ) -> Tensor:
        """Return what each token of ``x`` (B, T, C) gathers, (B, T, C)."""
        query, key, value = self._heads(x)
        if angles is not None:
            query, key = rotate(query, *angles), rotate(key, *angles)
        if step.cache is not None:
            key, value = step.cache.append(self.index, key, value)
        if step.weights is None and self.config.score_cap is None:
            gathered = self._fused(query, key, value, step)
        else:
            gathered = self._by_hand(query, key, value, step)
        output: Tensor = self.o_proj(gathered.transpose(1, 2).flatten(2))
        return output

    def _heads(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Return queries (B, H, T, D), keys and values (B, K, T, D)."""
        config = self.config
        if config.fused:
            keys = config.num_kv_heads * config.head_dim
            sizes = (config.num_heads * config.head_dim, keys, keys)
            query, key, value = self.qkv_proj(x).split(sizes, dim=-1)
        else:
            query, key, value = self.q_proj(x), self.k_proj(x), self.v_proj(x)
        query, key, value = (
            part.unflatten(-1, (-1, config.head_dim)).transpose(1, 2)
            for part in (query, key, value)
        )
        if config.query_key_norm:
            query, key = self.q_norm(query), self.k_norm(key)
        return query, key, value

    def _fused(self, query: Tensor, key: Tensor, value: Tensor, step: Step) -> Tensor:
        mask = attention_mask(query, key, self.window, step)
        # (a length that torch.export leaves open gives no bool by itself)
        causal = mask is None and bool(query.size(-2) > 1)
        return F.scaled_dot_product_attention(
            query,
            key,
            value,
            mask,
            is_causal=causal,
            scale=self.config.scale,
            enable_gqa=self.config.groups > 1,
        )

    def _by_hand(self, query: Tensor, key: Tensor, value: Tensor, step: Step) -> Tensor:
        key = key.repeat_interleave(self.config.groups, dim=1)
        value = value.repeat_interleave(self.config.groups, dim=1)
        scores = query @ key.transpose(-1, -2) * self.config.scale  # (B, H, T, S)
        if self.config.score_cap is not None:
            scores = _capped(scores, self.config.score_cap)
        mask = attention_mask(query, key, self.window, step, always=True)
        assert mask is not None
        scores = scores.masked_fill(~mask, -torch.inf)
        weights = scores.softmax(dim=-1, dtype=torch.float32).to(query.dtype)
        if step.weights is not None:
            step.weights.append(weights.detach().cpu())
        return weights @ value


class MLP(nn.Module):
    """down(act(gate(x)) · up(x)), or down(act(up(x))) without a gate."""

    def __init__(self, config: DecoderConfig) -> None:
        super().__init__()
        hidden, inner = config.hidden_size, config.intermediate_size
        bias = config.mlp_bias
        self.gated = config.gated
        self.fused = config.fused and config.gated
        if self.fused:
            self.gate_up_proj = nn.Linear(hidden, 2 * inner, bias=bias)
        else:
            if config.gated:
                self.gate_proj = nn.Linear(hidden, inner, bias=bias)
            self.up_proj = nn.Linear(hidden, inner, bias=bias)
        self.down_proj = nn.Linear(inner, hidden, bias=bias)
        if config.activation not in _ACTIVATIONS:
            raise unknown_name("activation", config.activation, _ACTIVATIONS)
        self.activation = _ACTIVATIONS[config.activation]

    def forward(self, x: Tensor) -> Tensor:
        """Return (B, T, C) for ``x`` (B, T, C)."""
        if self.fused:
            gate, up = self.gate_up_proj(x).chunk(2, dim=-1)
            inner = self.activation(gate) * up
        elif self.gated:
            inner = self.activation(self.gate_proj(x)) * self.up_proj(x)
        else:
            inner = self.activation(self.up_proj(x))
        output: Tensor = self.down_proj(inner)
        return output


class Block(nn.Module):
    """Attention and MLP, each behind a norm and beside a residual connection."""

    def __init__(self, config: DecoderConfig, index: int) -> None:
        super().__init__()
        self.sandwich = config.sandwich
        self.input_layernorm = _norm(config)
        self.self_attn = Attention(config, index)
        self.post_attention_layernorm = _norm(config)
        if config.sandwich:
            self.pre_feedforward_layernorm = _norm(config)
            self.post_feedforward_layernorm = _norm(config)
        self.mlp = MLP(config)

    def forward(
        self, x: Tensor, angles: tuple[Tensor, Tensor] | None, step: Step
    ) -> Tensor:
        """Return the hidden states (B, T, C) behind this layer."""
        attended = self.self_attn(self.input_layernorm(x), angles, step)
        if not self.sandwich:
            x = x + attended
            changed: Tensor = x + self.mlp(self.post_attention_layernorm(x))
            return changed
        x = x + self.post_attention_layernorm(attended)
        inner = self.mlp(self.pre_feedforward_layernorm(x))
        changed = x + self.post_feedforward_layernorm(inner)
        return changed


class Decoder(nn.Module):
    """From token ids to the hidden states that predict the next ones.

    With ``checkpointing`` the activations inside of the layers are computed again in the
    backward pass, and take no memory until then.
    """

    def __init__(self, config: DecoderConfig) -> None:
        super().__init__()
        self.config = config
        self.checkpointing = False
        self.embed_tokens = _embedding(config.vocab_size, config.hidden_size)
        if config.learned_positions:
            self.embed_positions = _embedding(config.max_positions, config.hidden_size)
        self.layers = nn.ModuleList(
            [Block(config, index) for index in range(config.num_layers)]
        )
        self.norm = _norm(config)
        self.rotaries = nn.ModuleList([Rotary(rope) for rope in config.ropes])

    def forward(self, ids: Tensor, step: Step) -> Tensor:
        """Return the normalized hidden states (B, T, C) of ``ids`` (B, T)."""
        x: Tensor = self.embed_tokens(ids)
        if self.config.embedding_scale != 1.0:
            x = x * torch.tensor(self.config.embedding_scale, dtype=x.dtype)
        if self.config.learned_positions:
            x = x + self.embed_positions(step.positions)
        angles = [rotary(step.positions, x.dtype) for rotary in self.rotaries]
        recomputed = self.checkpointing and torch.is_grad_enabled() and step.pure
        for block, layer in zip(self.layers, self.config.layers, strict=True):
            rotation = None if layer.rope is None else angles[layer.rope]
            if recomputed:
                x = checkpoint(block, x, rotation, step, use_reentrant=False)
            else:
                x = block(x, rotation, step)
        normalized: Tensor = self.norm(x)
        return normalized


class CausalLM(nn.Module):
    """A decoder with the head that turns hidden states into logits of the next token.

    Args:
        config: its shape.
    """

    lisp_type = "torch_hf_model_"

    def __init__(self, config: DecoderConfig) -> None:
        super().__init__()
        self.config = config
        self.model = Decoder(config)
        self.lm_head = nn.Linear(config.hidden_size, config.vocab_size, bias=False)
        if config.tied:
            self.lm_head.weight = self.model.embed_tokens.weight

    @property
    def num_layers(self) -> int:
        """L."""
        return self.config.num_layers

    @property
    def vocab_size(self) -> int:
        """V."""
        return self.config.vocab_size

    def forward(
        self,
        ids: Tensor,
        *,
        cache: KVCache | None = None,
        attention_mask: Tensor | None = None,
        positions: Tensor | None = None,
        weights: list[Tensor] | None = None,
        last_only: bool = False,
    ) -> Tensor:
        """Return the logits of the token after each position.

        Args:
            ids: (B, T), int64; with a cache that holds tokens, what follows them.
            cache: keys and values of earlier tokens; those of ``ids`` are added.
            attention_mask: (B, T), 0 for padding, before or behind the tokens; also as
                (B, S) with the cached positions in front.
            positions: (B, T) or (T,); counted from the mask when left out.
            weights: gets the softmax weights (B, H, T, S) of each layer.
            last_only: compute the logits of the last position only.

        Returns:
            (B, T, V) in the dtype of the weights; (B, 1, V) with ``last_only``.
        """
        batch, length = ids.shape
        tokens = _tokens(cache, attention_mask, batch, length)
        if positions is None:
            positions = _positions(cache, tokens, length, ids.device)
        elif positions.dim() == 1:
            positions = positions.unsqueeze(0)
        step = Step(positions, tokens, cache, weights)
        hidden = self.model(ids, step)
        if cache is not None:
            cache.advance(length)
        if last_only:
            hidden = hidden[:, -1:]
        logits: Tensor = self.lm_head(hidden)
        if self.config.logit_cap is not None:
            logits = _capped(logits, self.config.logit_cap)
        return logits

    def __str__(self) -> str:
        config = self.config
        return (
            f"HFModel({config.family}, layers={config.num_layers}, "
            f"hidden_size={config.hidden_size}, vocab_size={config.vocab_size})"
        )


# --- what may be seen -----------------------------------------------------------------


def attention_mask(
    query: Tensor, key: Tensor, window: int | None, step: Step, *, always: bool = False
) -> Tensor | None:
    """Return which keys each query may see, (B or 1, 1, T, S), bool.

    None stands for all of them, or (with more than one query and no cache) for those up to
    its own position, which the kernel knows to do; ``always``: never None.
    """
    length, seen = query.size(-2), key.size(-2)
    narrow = window is not None and seen > window
    plain = step.tokens is None and not narrow and length in (1, seen)
    if plain and not always:
        return None
    rows = torch.arange(seen - length, seen, device=query.device).unsqueeze(1)
    columns = torch.arange(seen, device=query.device)
    mask = columns <= rows  # (T, S)
    if window is not None:
        mask &= columns > rows - window
    mask = mask[None, None]
    if step.tokens is not None:
        # padding sees itself, or its softmax would be over nothing
        mask = mask & step.tokens[:, None, None] | (columns == rows)
    return mask


def _tokens(
    cache: KVCache | None, mask: Tensor | None, batch: int, length: int
) -> Tensor | None:
    """Return which of all positions (B, S) are no padding; None: all."""
    if mask is not None:
        mask = mask[..., -length:].bool()
        if mask.shape != (batch, length):
            raise ValueError(
                f"attention_mask {list(mask.shape)} must fit the ids {[batch, length]}"
            )
        if cache is None and bool(mask.all()):
            return None
    return mask if cache is None else cache.tokens(mask, batch, length)


def _positions(
    cache: KVCache | None, tokens: Tensor | None, length: int, device: torch.device
) -> Tensor:
    """Return the positions (B or 1, T): tokens are counted, padding is not."""
    if tokens is not None:
        counted = tokens.long().cumsum(dim=-1) - 1
        return counted.clamp(min=0)[:, -length:].to(device)
    start = 0 if cache is None else cache.length
    return torch.arange(start, start + length, device=device).unsqueeze(0)


def _capped(scores: Tensor, cap: float) -> Tensor:
    """Keep ``scores`` softly between -cap and cap (Gemma 2)."""
    return torch.tanh(scores / cap) * cap


def _embedding(rows: int, size: int) -> nn.Embedding:
    """Return a table to be filled.

    ``nn.Embedding`` fills its own with random numbers, for which the meta device loads
    torch's compiler: seconds.
    """
    weight = torch.empty(rows, size)
    # torch leaves this constructor without annotations
    table: nn.Embedding = nn.Embedding.from_pretrained(  # type: ignore[no-untyped-call]
        weight, freeze=False
    )
    return table


def _norm(config: DecoderConfig, size: int | None = None) -> nn.Module:
    size = config.hidden_size if size is None else size
    if config.norm == "layer":
        return nn.LayerNorm(size, config.norm_eps)
    return RMSNorm(size, config.norm_eps, plus_one=config.norm == "rms_plus_one")
