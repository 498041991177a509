"""What ``config.json`` says about a decoder, read into one shape for all families."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lisptorch_compile.runtime.atomic_files import StrPath
from lisptorch_compile.runtime.choices import unknown_name

#: Contents of a ``config.json``.
Json = Mapping[str, Any]  # numbers, texts, lists, dictionaries

_LLAMA = ("llama", "mistral", "smollm3")
_QWEN = ("qwen2", "qwen3")
_GEMMA = ("gemma", "gemma2", "gemma3_text")
FAMILIES = (*_LLAMA, *_QWEN, *_GEMMA, "phi3", "gpt2")


@dataclass(frozen=True, slots=True)
class RopeConfig:
    """How positions turn into angles; ``parameters`` are those of the scaling ``kind``."""

    base: float
    rotated: int  # channels of a head that are rotated
    kind: str
    parameters: Json


@dataclass(frozen=True, slots=True)
class LayerConfig:
    """What may differ from layer to layer.

    ``window``: how many positions a query sees, itself included; None: all before it.
    ``rope``: the index of its rotation among the decoder's; None: it rotates nothing.
    """

    window: int | None
    rope: int | None


@dataclass(frozen=True, slots=True)
class DecoderConfig:
    """The shape of a decoder.

    ``norm`` is ``rms``, ``rms_plus_one`` (the weight counts from 1, Gemma's) or ``layer``.
    ``sandwich``: the output of attention and of the MLP is normalized, too (Gemma 2, 3).
    ``fused``: q, k, v are one projection, as are gate and up (Phi-3, GPT-2).
    """

    family: str
    vocab_size: int
    hidden_size: int
    intermediate_size: int
    num_heads: int
    num_kv_heads: int
    head_dim: int
    max_positions: int
    layers: tuple[LayerConfig, ...]
    ropes: tuple[RopeConfig, ...]
    norm: str
    norm_eps: float
    activation: str
    tied: bool
    scale: float  # of the attention scores
    qkv_bias: bool = False
    output_bias: bool = False
    mlp_bias: bool = False
    gated: bool = True
    fused: bool = False
    query_key_norm: bool = False
    sandwich: bool = False
    learned_positions: bool = False
    embedding_scale: float = 1.0
    score_cap: float | None = None
    logit_cap: float | None = None
    dtype: str | None = None  # of the weights, as the file says

    @property
    def num_layers(self) -> int:
        """L."""
        return len(self.layers)

    @property
    def groups(self) -> int:
        """How many query heads share a key head."""
        return self.num_heads // self.num_kv_heads


def read_config(folder: StrPath) -> Json:
    """Return the contents of ``config.json`` in ``folder``.

    Raises:
        FileNotFoundError: there is none.
        ValueError: it is no JSON object.
    """
    path = Path(folder) / "config.json"
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise FileNotFoundError(f"Cannot open config file: {path}") from None
    except ValueError as error:
        raise ValueError(f"'{path}' is no JSON: {error}") from error
    if isinstance(content, dict):
        return content
    raise ValueError(f"'{path}' holds no JSON object")


def is_known(content: Json) -> bool:
    """Tell whether the model that ``config.json`` describes is of our ``FAMILIES``."""
    return _text_part(content)[1] in FAMILIES


def decoder_config(content: Json) -> DecoderConfig:
    """Return the decoder that ``config.json`` describes.

    Raises:
        ValueError: the family is none of ``FAMILIES``, or a value makes no sense.
    """
    content, family = _text_part(content)
    if family not in FAMILIES:
        raise unknown_name("model type", family, FAMILIES)
    return _gpt2(content) if family == "gpt2" else _rotary_decoder(content, family)


def _text_part(content: Json) -> tuple[Json, str]:
    """Return what is said of the text model, and its family; Gemma 3 may see, too."""
    family = str(content.get("model_type", "llama"))
    if family == "gemma3" and "text_config" in content:
        return content["text_config"], "gemma3_text"
    return content, family


def _gpt2(content: Json) -> DecoderConfig:
    hidden, heads = content["n_embd"], content["n_head"]
    if content.get("scale_attn_by_inverse_layer_idx"):
        raise ValueError("scale_attn_by_inverse_layer_idx is not supported")
    scaled = content.get("scale_attn_weights", True)
    return DecoderConfig(
        family="gpt2",
        vocab_size=content["vocab_size"],
        hidden_size=hidden,
        intermediate_size=content.get("n_inner") or 4 * hidden,
        num_heads=heads,
        num_kv_heads=heads,
        head_dim=hidden // heads,
        max_positions=content.get("n_positions", 1024),
        layers=(LayerConfig(None, None),) * content["n_layer"],
        ropes=(),
        norm="layer",
        norm_eps=content.get("layer_norm_epsilon", 1e-5),
        activation=content.get("activation_function", "gelu_new"),
        tied=content.get("tie_word_embeddings", True),
        scale=1 / math.sqrt(hidden // heads) if scaled else 1.0,
        qkv_bias=True,
        output_bias=True,
        mlp_bias=True,
        gated=False,
        fused=True,
        learned_positions=True,
        dtype=_dtype(content),
    )


def _rotary_decoder(content: Json, family: str) -> DecoderConfig:
    gemma = family in _GEMMA
    hidden, heads = content["hidden_size"], content["num_attention_heads"]
    kv_heads = content.get("num_key_value_heads") or heads
    if heads % kv_heads:
        raise ValueError(
            f"num_attention_heads ({heads}) must be a multiple of "
            f"num_key_value_heads ({kv_heads})"
        )
    head_dim = content.get("head_dim") or hidden // heads
    scalar = content.get("query_pre_attn_scalar") if gemma else None
    attention_bias = bool(content.get("attention_bias", False))
    return DecoderConfig(
        family=family,
        vocab_size=content["vocab_size"],
        hidden_size=hidden,
        intermediate_size=content["intermediate_size"],
        num_heads=heads,
        num_kv_heads=kv_heads,
        head_dim=head_dim,
        max_positions=content.get("max_position_embeddings", 2048),
        layers=_layers(content, family),
        ropes=tuple(_ropes(content, family, head_dim)),
        norm="rms_plus_one" if gemma else "rms",
        norm_eps=content.get("rms_norm_eps", 1e-6),
        activation=_activation(content, gemma),
        tied=bool(content.get("tie_word_embeddings", gemma)),
        scale=1 / math.sqrt(head_dim if scalar is None else scalar),
        qkv_bias=attention_bias or family == "qwen2",
        output_bias=attention_bias,
        mlp_bias=bool(content.get("mlp_bias", False)),
        fused=family == "phi3",
        query_key_norm=family in ("qwen3", "gemma3_text"),
        sandwich=family in ("gemma2", "gemma3_text"),
        embedding_scale=math.sqrt(hidden) if gemma else 1.0,
        score_cap=content.get("attn_logit_softcapping"),
        logit_cap=content.get("final_logit_softcapping"),
        dtype=_dtype(content),
    )


def _activation(content: Json, gemma: bool) -> str:
    if gemma:  # `hidden_act` of old files is wrong, as transformers knows
        return str(content.get("hidden_activation") or "gelu_pytorch_tanh")
    return str(content.get("hidden_act", "silu"))


def _dtype(content: Json) -> str | None:
    found = content.get("dtype") or content.get("torch_dtype")
    return None if found is None else str(found)


# --- layers ---------------------------------------------------------------------------

_FULL, _SLIDING = "full_attention", "sliding_attention"
_ROPE_OF = {_FULL: 0, _SLIDING: 1}  # the order of `_ropes`


def _layers(content: Json, family: str) -> tuple[LayerConfig, ...]:
    kinds, rotated = _kinds(content, family), _rotated_layers(content, family)
    return tuple(
        LayerConfig(
            content["sliding_window"] if kind == _SLIDING else None,
            _ROPE_OF[kind] if rotates else None,
        )
        for kind, rotates in zip(kinds, rotated, strict=True)
    )


def _kinds(content: Json, family: str) -> list[str]:
    """Return the kind of attention of each layer."""
    count = content["num_hidden_layers"]
    if content.get("sliding_window") is None:
        return [_FULL] * count
    if content.get("layer_types"):
        return [str(kind) for kind in content["layer_types"]]
    match family:
        case "mistral" | "phi3":
            slides = [True] * count
        case "gemma2":
            slides = [layer % 2 == 0 for layer in range(count)]
        case "gemma3_text":
            pattern = content.get("sliding_window_pattern", 6)
            slides = [(layer + 1) % pattern != 0 for layer in range(count)]
        case "qwen2" | "qwen3" if content.get("use_sliding_window"):
            first = content.get("max_window_layers", 28)
            slides = [layer >= first for layer in range(count)]
        case _:
            slides = [False] * count
    return [_SLIDING if slide else _FULL for slide in slides]


def _rotated_layers(content: Json, family: str) -> list[bool]:
    """Return which layers rotate queries and keys; SmolLM3 leaves every fourth out."""
    count = content["num_hidden_layers"]
    if family != "smollm3":
        return [True] * count
    if content.get("no_rope_layers"):
        return [bool(rotates) for rotates in content["no_rope_layers"]]
    interval = content.get("no_rope_layer_interval", 4)
    return [(layer + 1) % interval != 0 for layer in range(count)]


def _ropes(content: Json, family: str, head_dim: int) -> list[RopeConfig]:
    """Return the rotation of layers that see all, and of those that see a window.

    Both forms of the file are read: transformers 5 writes ``rope_parameters``, for Gemma 3
    by kind of layer; before, there were ``rope_theta``, ``rope_scaling`` and
    ``rope_local_base_freq``.
    """
    written = content.get("rope_parameters") or content.get("rope_scaling") or {}
    if _FULL in written:
        parts = [written[_FULL], written.get(_SLIDING, written[_FULL])]
    elif family == "gemma3_text":
        local = {"rope_theta": content.get("rope_local_base_freq", 10000.0)}
        parts = [written, local]
    else:
        parts = [written, written]
    return [_rope(content, part, head_dim) for part in parts]


def _rope(content: Json, written: Json, head_dim: int) -> RopeConfig:
    kind = written.get("rope_type") or written.get("type") or "default"
    share = written.get(
        "partial_rotary_factor", content.get("partial_rotary_factor", 1.0)
    )
    original = content.get("original_max_position_embeddings")
    parameters = {
        "max_position_embeddings": content.get("max_position_embeddings", 2048),
        **({} if original is None else {"original_max_position_embeddings": original}),
        **written,
    }
    return RopeConfig(
        base=float(written.get("rope_theta", content.get("rope_theta", 10000.0))),
        rotated=int(head_dim * share),
        kind="longrope" if kind == "su" else str(kind),
        parameters=parameters,
    )
