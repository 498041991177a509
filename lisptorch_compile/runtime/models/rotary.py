"""Rotary positions of a decoder's layers, with every scaling that its families use."""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn

from lisptorch_compile.runtime.choices import unknown_name
from lisptorch_compile.runtime.models.config import Json, RopeConfig
from lisptorch_compile.runtime.rope import (
    inverse_frequencies,
    linear_scaling,
    llama3_scaling,
)

KINDS = ("default", "linear", "llama3", "yarn", "longrope")


class Rotary(nn.Module):
    """Cosines and sines of positions for one kind of layer.

    Args:
        config: the rotation; its scaling is one of ``KINDS``.

    Raises:
        ValueError: the kind of scaling is unknown.

    Source: Su et al. 2021, "RoFormer", arXiv:2104.09864; the scalings are named at the
    functions below.
    """

    inv_freq: Tensor
    long_inv_freq: Tensor

    def __init__(self, config: RopeConfig) -> None:
        super().__init__()
        if config.kind not in KINDS:
            raise unknown_name("rope type", config.kind, KINDS)
        self.config = config
        self.original = int(_original_length(config.parameters))
        # computed here, wherever a model is being made: its weights are to come from a
        # file, these are in none
        with torch.device("cpu"):
            inv_freq, self.attention_factor = _frequencies(config)
            self.register_buffer("inv_freq", inv_freq, persistent=False)
            if config.kind == "longrope":
                long = inverse_frequencies(config.rotated, config.base)
                long = long / torch.tensor(config.parameters["long_factor"])
                self.register_buffer("long_inv_freq", long, persistent=False)

    def forward(self, positions: Tensor, dtype: torch.dtype) -> tuple[Tensor, Tensor]:
        """Return cosines and sines of ``positions`` (B, T), both (B, 1, T, R), ``dtype``.

        R is the number of rotated channels; the angles of its pairs stand twice, side by
        side. They are computed in float32.
        """
        inv_freq = self.inv_freq
        if self.config.kind == "longrope" and int(positions.max()) >= self.original:
            inv_freq = self.long_inv_freq
        angles = positions[:, None, :, None].float() * inv_freq  # (B, 1, T, R/2)
        angles = torch.cat((angles, angles), dim=-1)
        factor = self.attention_factor
        return (angles.cos() * factor).to(dtype), (angles.sin() * factor).to(dtype)


def rotate(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    """Rotate the first R channels of ``x`` (B, H, T, D) by the angles (B, 1, T, R)."""
    size = cos.size(-1)
    turned, kept = x[..., :size], x[..., size:]
    first, second = turned.chunk(2, dim=-1)
    turned = turned * cos + torch.cat((-second, first), dim=-1) * sin
    return turned if size == x.size(-1) else torch.cat((turned, kept), dim=-1)


def _frequencies(config: RopeConfig) -> tuple[Tensor, float]:
    """Return the inverse frequencies (R/2,) and what cosine and sine are scaled by."""
    inv_freq = inverse_frequencies(config.rotated, config.base)
    parameters = config.parameters
    match config.kind:
        case "linear":
            return linear_scaling(parameters["factor"])(inv_freq), 1.0
        case "llama3":
            scaling = llama3_scaling(
                parameters["factor"],
                parameters["low_freq_factor"],
                parameters["high_freq_factor"],
                parameters["original_max_position_embeddings"],
            )
            return scaling(inv_freq), 1.0
        case "yarn":
            return _yarn(inv_freq, config)
        case "longrope":
            short = inv_freq / torch.tensor(parameters["short_factor"])
            return short, _longrope_factor(parameters)
        case _:
            return inv_freq, 1.0


def _original_length(parameters: Json) -> float:
    """Return the positions that a model was trained for before it was stretched."""
    longest = parameters["max_position_embeddings"]
    return float(parameters.get("original_max_position_embeddings") or longest)


def _longrope_factor(parameters: Json) -> float:
    """Source: Ding et al. 2024, "LongRoPE", arXiv:2402.13753; the factor is Phi-3's."""
    if parameters.get("attention_factor") is not None:
        return float(parameters["attention_factor"])
    original = _original_length(parameters)
    factor = parameters.get("factor") or (
        parameters["max_position_embeddings"] / original
    )
    return 1.0 if factor <= 1 else math.sqrt(1 + math.log(factor) / math.log(original))


def _yarn(inv_freq: Tensor, config: RopeConfig) -> tuple[Tensor, float]:
    """Stretch slow pairs by the factor, keep fast ones, and interpolate in between.

    Source: Peng et al. 2023, "YaRN", arXiv:2309.00071, sections 3.2 and 3.4.
    """
    parameters = config.parameters
    original = _original_length(parameters)
    factor = parameters.get("factor") or (
        parameters["max_position_embeddings"] / original
    )

    def pair_that_turns(times: float) -> float:
        length = original / (times * 2 * math.pi)
        return config.rotated * math.log(length) / (2 * math.log(config.base))

    low = pair_that_turns(parameters.get("beta_fast") or 32.0)
    high = pair_that_turns(parameters.get("beta_slow") or 1.0)
    if parameters.get("truncate", True):
        low, high = math.floor(low), math.ceil(high)
    low, high = max(low, 0), min(high, config.rotated - 1)
    pairs = torch.arange(config.rotated // 2, dtype=torch.float32)
    stretched = ((pairs - low) / max(high - low, 0.001)).clamp(0, 1)
    scaled = inv_freq / factor * stretched + inv_freq * (1 - stretched)
    return scaled, _yarn_factor(parameters, factor)


def _yarn_factor(parameters: Json, factor: float) -> float:
    def temperature(strength: float) -> float:
        return 1.0 if factor <= 1 else 0.1 * strength * math.log(factor) + 1.0

    if parameters.get("attention_factor") is not None:
        return float(parameters["attention_factor"])
    scale, all_dim = parameters.get("mscale"), parameters.get("mscale_all_dim")
    if scale and all_dim:
        return temperature(scale) / temperature(all_dim)
    return temperature(1.0)
