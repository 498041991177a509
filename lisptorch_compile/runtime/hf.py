"""Language models by name: what LispE's ``torch_hf_…`` functions do.

Loaded models live in one table, under the path (or, for LoRA, the name) they were loaded
by, as LispE's scripts expect.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional as F

from lisptorch_compile.runtime import models, samplers, tensors
from lisptorch_compile.runtime.calls import options
from lisptorch_compile.runtime.choices import unknown_name
from lisptorch_compile.runtime.described import described
from lisptorch_compile.runtime.errors import Failure, LispError
from lisptorch_compile.runtime.messages import message
from lisptorch_compile.runtime.models import CausalLM, KVCache
from lisptorch_compile.runtime.models.foreign import ForeignLM
from lisptorch_compile.runtime.symbols import Symbol
from lisptorch_compile.runtime.values import Integers, Strings

LanguageModel = CausalLM | ForeignLM

#: Options that LispE's documents mention, and nothing here depends on.
_WITHOUT_EFFECT = (
    "trust_remote_code",
    "use_flash_attention",
    "low_memory",
    "use_kv_cache",
    "max_seq_len",
)


@dataclass(slots=True)
class _Loaded:
    """A model of the table; the options are those that generation falls back on."""

    name: str
    model: LanguageModel
    folder: Path
    options: Mapping[str, Any]
    context: KVCache = field(init=False)  # remembers the weights of manual forwards

    def __post_init__(self) -> None:
        self.context = KVCache(self.model.num_layers)

    @property
    def decoder(self) -> CausalLM:
        """The model, where the answer depends on how ours is built."""
        if isinstance(self.model, CausalLM):
            return self.model
        raise LispError(f"'{self.name}' is a model of transformers: not available")

    @property
    def device(self) -> torch.device:
        return next(self.model.parameters()).device


_MODELS: dict[str, _Loaded] = {}

_LOAD_DEFAULTS: dict[str, Any] = {
    "device": "cpu",
    "dtype": None,
    "rope_scaling": 1.0,
    "temperature": 1.0,
    "top_p": 1.0,
    "top_k": 0,
    "repetition_penalty": 1.0,
    "max_cache_len": 0,
    "manual_attention": False,
}


def load_model(path: Any, config: Mapping[str, Any] | None = None) -> str:
    """Load the model folder ``path`` and return the path, the model's name from then on.

    A path that is loaded already is not loaded again. The weights are frozen, so that
    decoding keeps no history for gradients; ``torch_requires_grad`` of one of
    ``torch_parameters`` wants it again.

    Args:
        config: ``device``, ``dtype``, ``temperature``, ``top_k``, ``top_p``,
            ``repetition_penalty``, ``max_cache_len``, ``manual_attention``.

    Raises:
        LispError: ``Error loading HF model: …`` with the cause.
    """
    name = _name(path, "the path of a model")
    with _loading("HF"):
        chosen = _load_options(config or {})  # wrong ones are told in any case
        if name not in _MODELS:
            _MODELS[name] = _load(name, name, chosen)
    return name


def load_model_lora(model_name: Any, path: Any, config: Any = None) -> str:
    """Load a model folder under a name of its own, to train adapters on it.

    The weights are frozen, as those of ``load_model``.

    The manual's order ``(path config name)`` is understood, too.

    Raises:
        LispError: ``Error loading LoRA model: …`` with the cause.
    """
    if not isinstance(path, str | Path):
        model_name, path, config = config, model_name, path
    name = _name(model_name, "a name for the model")
    path = _name(path, "the path of a model")
    with _loading("LoRA"):
        _MODELS[name] = _load(name, path, _load_options(options(config)))
    return name


@contextmanager
def _loading(kind: str) -> Iterator[None]:
    try:
        yield
    except Failure as error:
        raise LispError(f"Error loading {kind} model: {error}") from error


def _load(name: str, path: str, chosen: Mapping[str, Any]) -> _Loaded:
    dtype = chosen["dtype"]
    model = models.load(
        path,
        device=chosen["device"],
        dtype=None if dtype is None else tensors.dtype(dtype),
        manual=bool(chosen["manual_attention"]),
    )
    model.requires_grad_(False)  # what is read is not trained, its adapters are
    return _Loaded(name, model, Path(path), chosen)


def _load_options(config: Mapping[str, Any]) -> dict[str, Any]:
    for key in config:
        if key not in _LOAD_DEFAULTS and key not in _WITHOUT_EFFECT:
            raise unknown_name("load option", key, _LOAD_DEFAULTS)
    return {**_LOAD_DEFAULTS, **_without_nil(config)}


def _without_nil(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options that are set: nil asks for nothing, but may be what a callback
    gets."""
    return {k: v for k, v in options.items() if v is not None or k == "data"}


def _name(given: Any, what: str) -> str:
    """Return a path or name as a text; any other value is an error."""
    if not isinstance(given, str | Symbol | Path):
        raise TypeError(f"expected {what}, not {described(given)}")
    return str(given)


def _loaded(path: Any) -> _Loaded:
    found = _MODELS.get(_name(path, "the name of a model"))
    if found is None:
        raise LispError(f"Model not loaded: {path}")
    return found


def model(path: Any) -> LanguageModel:
    """Return the module itself, for optimizers, generators and Python code."""
    return _loaded(path).model


def set_checkpointing(path: Any, enabled: Any) -> bool:
    """Say whether the layers' activations are computed again in the backward pass; true.

    That saves their memory, for one more forward pass through each layer.
    """
    _loaded(path).decoder.model.checkpointing = bool(enabled)
    return True


# --- what a model is --------------------------------------------------------------------


def model_info(path: Any) -> dict[str, Any]:
    """Return the sizes of a model, ``vocab_size`` and ``hidden_size`` first."""
    decoder = _loaded(path).decoder
    config = decoder.config
    return {
        "vocab_size": config.vocab_size,
        "hidden_size": config.hidden_size,
        "num_hidden_layers": config.num_layers,
        "num_attention_heads": config.num_heads,
        "num_key_value_heads": config.num_kv_heads,
        "intermediate_size": config.intermediate_size,
        "max_position_embeddings": config.max_positions,
        "rms_norm_eps": config.norm_eps,
        "rope_theta": config.ropes[0].base if config.ropes else None,
        "model_type": config.family,
        "torch_dtype": str(next(decoder.parameters()).dtype).removeprefix("torch."),
    }


def list_weights(path: Any) -> Strings:
    """Return the names of all weights, sorted."""
    return Strings(sorted(_loaded(path).model.state_dict()))


def get_weight(path: Any, name: str) -> Tensor | None:
    """Return the weight ``name``, nil when there is none."""
    weight: Tensor | None = _loaded(path).model.state_dict().get(name)
    return weight


def projection(path: Any, layer: Any, name: str) -> Tensor:
    """Return the weight (out, in) of a projection of a layer, ``q_proj`` … ``down_proj``.

    It shares memory with the model; of fused projections it is the part.

    Raises:
        LispError: there is no such layer, or it has no such projection.
    """
    config = _loaded(path).decoder.config
    queries, keys = (
        heads * config.head_dim for heads in (config.num_heads, config.num_kv_heads)
    )
    block = _block(path, layer)
    if name in ("q_proj", "k_proj", "v_proj") and config.fused:
        weight, sizes = _weight(block.self_attn.qkv_proj), [queries, keys, keys]
        parts = torch.split(weight, sizes)
        return parts[("q_proj", "k_proj", "v_proj").index(name)]
    if name in ("gate_proj", "up_proj") and block.mlp.fused:
        parts = _weight(block.mlp.gate_up_proj).chunk(2)
        return parts[("gate_proj", "up_proj").index(name)]
    owner = block.self_attn if hasattr(block.self_attn, name) else block.mlp
    if not hasattr(owner, name):
        raise LispError(f"{name} not found for this layer")
    return _weight(getattr(owner, name))


def fused_qkv(path: Any, layer: Any) -> Tensor:
    """Return the weights of q, k and v below each other, ((H + 2K)·D, C)."""
    names = ("q_proj", "k_proj", "v_proj")
    return torch.cat([projection(path, layer, name) for name in names])


def fused_gate_up(path: Any, layer: Any) -> Tensor:
    """Return the weights of gate and up below each other, (2·inner, C)."""
    return torch.cat([projection(path, layer, n) for n in ("gate_proj", "up_proj")])


def _block(path: Any, layer: Any) -> Any:  # nn.Module hides the types of its parts
    loaded = _loaded(path)
    if not isinstance(layer, int | float):
        raise LispError("Missing or invalid layer index")
    if not 0 <= int(layer) < loaded.model.num_layers:
        raise LispError(f"Invalid layer index: {layer}")
    return loaded.decoder.model.layers[int(layer)]


def _weight(linear: Any) -> Tensor:
    weight: Tensor = getattr(linear, "base", linear).weight
    return weight.detach()


def norm_eps(path: Any) -> float:
    """Return the ε of the norms."""
    return _loaded(path).decoder.config.norm_eps


def memory_usage(path: Any) -> int:
    """Return the bytes of the weights; tied ones count once."""
    parameters = _loaded(path).model.parameters()
    return sum(p.numel() * p.element_size() for p in parameters)


def model_summary(path: Any) -> str:
    """Return a few lines: family, layers, heads, sizes, parameters, memory, device."""
    loaded, info = _loaded(path), model_info(path)
    size = sum(p.numel() for p in loaded.model.parameters())
    heads, kv_heads = info["num_attention_heads"], info["num_key_value_heads"]
    facts = {
        "layers": info["num_hidden_layers"],
        "heads": f"{heads} (key/value: {kv_heads})",
        "hidden size": info["hidden_size"],
        "vocabulary": info["vocab_size"],
        "parameters": f"{size:,}",
        "memory": f"{memory_usage(path) / 2**20:.1f} MiB",
        "dtype": info["torch_dtype"],
        "device": loaded.device,
    }
    lines = [f"HF Model Summary: {info['model_type']}, {loaded.folder}"]
    return "\n".join([*lines, *[f"  {name}: {fact}" for name, fact in facts.items()]])


# --- running it --------------------------------------------------------------------------


def forward(path: Any, input_ids: Any, kvcache: Any = None) -> Tensor:
    """Return the logits after each token.

    Args:
        input_ids: (B, T) or (T,), ids; lists, too. They go to the model's device.
        kvcache: a context of ``enable_kv_cache``: the ids follow what it has read.

    Returns:
        (B, T, V) in the dtype of the weights; gradients are recorded where they are on.

    Raises:
        LispError: the model is not loaded, or ``kvcache`` is no context.
    """
    loaded = _loaded(path)
    ids = _ids(input_ids, loaded.device)
    logits: Tensor = loaded.model(ids, cache=_cache(kvcache, loaded))
    return logits


def forward_manual(path: Any, input_ids: Any, kvcache: Any = None) -> Tensor:
    """Return the logits, keeping the softmax weights of attention for a look at them.

    Raises:
        LispError: the model was loaded without ``manual_attention``.
    """
    loaded = _loaded(path)
    if not loaded.options["manual_attention"]:
        raise LispError(
            f"Model '{path}' was loaded without manual attention: "
            'load it with {"manual_attention":true}'
        )
    ids = _ids(input_ids, loaded.device)
    cache = _cache(kvcache, loaded)
    weights: list[Tensor] = []
    logits: Tensor = loaded.model(ids, cache=cache, weights=weights)
    (cache or loaded.context).attention_weights = weights
    return logits


def attention_scores(path: Any, layer_index: Any, kvcache: Any = None) -> Tensor | None:
    """Return the softmax weights (B, H, T, S) of a layer at the last manual forward."""
    scores = _context(path, kvcache).attention_weights
    index = int(layer_index)
    return scores[index] if 0 <= index < len(scores) else None


def attention_size(path: Any, kvcache: Any = None) -> int:
    """Return of how many layers the softmax weights are known."""
    return len(_context(path, kvcache).attention_weights)


def clear_attention_scores(path: Any, kvcache: Any = None) -> None:
    """Forget the softmax weights."""
    _context(path, kvcache).attention_weights = []


def embeddings(path: Any, token_ids: Any) -> Tensor:
    """Return the embeddings (..., C) of token ids (...)."""
    decoder = _loaded(path).decoder
    table = decoder.model.embed_tokens.weight
    ids = tensors.tensor(token_ids).long().to(table.device)
    return F.embedding(ids, table)


def enable_kv_cache(path: Any, enable: Any = True) -> KVCache:
    """Return a new context, or without ``enable`` the model's own, which caches nothing."""
    loaded = _loaded(path)
    if not enable:
        return loaded.context
    return KVCache(loaded.model.num_layers, int(loaded.options["max_cache_len"]))


def reset_kv_cache(kvcache: Any) -> None:
    """Empty a context: the next token is at position 0.

    Raises:
        LispError: ``kvcache`` is no context.
    """
    _checked_cache(kvcache).reset()


def _context(path: Any, kvcache: Any) -> KVCache:
    return _loaded(path).context if kvcache is None else _checked_cache(kvcache)


def _cache(kvcache: Any, loaded: _Loaded) -> KVCache | None:
    if kvcache is None or kvcache is loaded.context:
        return None
    return _checked_cache(kvcache)


def _checked_cache(kvcache: Any) -> KVCache:
    if not isinstance(kvcache, KVCache):
        raise LispError("Expecting kv cache object")
    return kvcache


def _ids(input_ids: Any, device: torch.device) -> Tensor:
    ids = tensors.tensor(input_ids).long()
    return (ids.unsqueeze(0) if ids.dim() == 1 else ids).to(device)


# --- generation --------------------------------------------------------------------------

_GENERATE_OPTIONS = (
    "topk",
    "topp",
    "greedy",
    "top_k",
    "top_p",
    "temperature",
    "repetition_penalty",
    "callback",
    "data",
)


def generate(
    path: Any,
    initial_tokens: Any,
    eos_id: Any,
    max_length: Any,
    options: Mapping[str, Any] | None = None,
) -> Integers:
    """Return the tokens that a model adds to a prompt, the stop token included.

    Args:
        initial_tokens: the prompt, ids (T,).
        eos_id: one id or several; a prompt may end with one.
        max_length: most new tokens.
        options: at most one of ``topk``, ``topp`` and ``greedy``; without, tokens are drawn
            from the whole distribution. ``temperature`` and ``repetition_penalty`` replace
            those that the model was loaded with. ``callback`` is called with each token as
            it comes, and with ``data`` behind it when given.

    Raises:
        LispError: the model is not loaded, or the prompt empty.
    """
    loaded = _loaded(path)
    options = {**loaded.options, **_generate_options(options or {})}
    ids = _ids(initial_tokens, loaded.device)
    if ids.numel() == 0:
        raise LispError("input sequence should at least contain bos_id")
    stops = _ids(eos_id if isinstance(eos_id, Sequence) else [eos_id], loaded.device)
    cache = KVCache(loaded.model.num_layers, int(loaded.options["max_cache_len"]))
    choose, report = _chooser(options), _reporter(options)
    new = Integers()
    step = ids
    with torch.no_grad():
        for _ in range(int(max_length)):
            logits = loaded.model(step, cache=cache, last_only=True)[:, -1].float()
            step = choose(logits, ids).unsqueeze(1)  # (1, 1)
            ids = torch.cat((ids, step), dim=1)
            token = int(step.item())
            new.append(token)
            report(token)
            if torch.isin(step, stops).any():
                break
    return new


def _generate_options(options: Mapping[str, Any]) -> dict[str, Any]:
    for key in options:
        if key not in _GENERATE_OPTIONS:
            raise unknown_name("generation option", key, _GENERATE_OPTIONS)
    result = _without_nil(options)
    for short, long in (("topk", "top_k"), ("topp", "top_p")):
        if short in result:
            result[long] = result.pop(short)
    if options.get("top_k", options.get("topk")):  # one filter replaces the other
        result.setdefault("top_p", 1.0)
    elif options.get("top_p", options.get("topp")):
        result.setdefault("top_k", 0)
    return result


def _chooser(options: Mapping[str, Any]) -> Callable[[Tensor, Tensor], Tensor]:
    """Return what chooses the next token (1,) from logits (1, V) and the ids so far."""
    temperature = float(options["temperature"])
    penalty = float(options["repetition_penalty"])
    greedy = options.get("greedy") or temperature <= 0

    def choose(logits: Tensor, ids: Tensor) -> Tensor:
        logits = samplers.penalize_repetition(logits, ids, penalty)
        if greedy:
            return logits.argmax(dim=-1)
        logits = samplers.keep_top_k(logits / temperature, int(options["top_k"]))
        return samplers.draw(samplers.keep_top_p(logits, float(options["top_p"])))

    return choose


def _reporter(options: Mapping[str, Any]) -> Callable[[int], None]:
    """Return what hands each token to the callback; its errors go to stderr."""
    callback = options.get("callback")
    if callback is None:
        return lambda token: None
    more = (options["data"],) if "data" in options else ()

    def report(token: int) -> None:
        try:
            callback(token, *more)
        except Failure as error:  # a display that fails must not end the text
            print(message(error), file=sys.stderr)

    return report
