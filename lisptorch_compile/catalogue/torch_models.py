"""Language models from Hugging Face folders, known by the path they were loaded from."""

from __future__ import annotations

from lisptorch_compile.catalogue.model import (
    NIL,
    TENSOR,
    Builtin,
    Fact,
    declare,
    declare_statement,
)
from lisptorch_compile.catalogue.torch_yields import (
    A_TENSOR,
    REAL_TENSOR,
    TENSORS,
)
from lisptorch_compile.catalogue.yields import (
    A_DICTIONARY,
    A_FLOAT,
    A_TEXT,
    A_TRUTH,
    AN_INTEGER,
    AN_OBJECT,
    TEXTS,
    WHOLE_NUMBERS,
)

_LOADING = (
    declare(
        "torch_hf_load_model",
        "path, config: options=None",
        "hf.load_model(path, config)",
        A_TEXT,
        "Load the model of a folder; its path is its name from then on.",
    ),
    declare(
        "torch_hf_load_model_lora",
        "model_name, path, config=None",
        "hf.load_model_lora(model_name, path, config)",
        A_TEXT,
        "Load the model of a folder under a name of its own, to adapt it.",
    ),
    declare(
        "torch_hf_model_info",
        "path",
        "hf.model_info(path)",
        A_DICTIONARY,
        "The sizes of a model, as a dictionary.",
    ),
    declare(
        "torch_hf_model_summary",
        "path",
        "hf.model_summary(path)",
        A_TEXT,
        "A model in a few lines: family, layers, sizes, memory, device.",
    ),
    declare(
        "torch_hf_memory_usage",
        "path",
        "hf.memory_usage(path)",
        AN_INTEGER,
        "The bytes of a model's weights.",
    ),
    declare(
        "torch_hf_get_rms_norm_eps",
        "path",
        "hf.norm_eps(path)",
        A_FLOAT,
        "The epsilon of a model's norms.",
    ),
)


def _projection(name: str) -> Builtin:
    return declare(
        f"torch_hf_get_{name}_weight",
        "path, layer",
        f'hf.projection(path, layer, "{name}_proj")',
        A_TENSOR,
        f"The weight (out, in) of the {name} projection of a layer.",
    )


_WEIGHTS = (
    declare(
        "torch_hf_list_weights",
        "path",
        "hf.list_weights(path)",
        TEXTS,
        "The names of all weights of a model, sorted.",
    ),
    declare(
        "torch_hf_get_weight",
        "path, name",
        "hf.get_weight(path, name)",
        Fact(TENSOR | NIL, A_TENSOR.elements),
        "The weight of a name, nil when there is none.",
    ),
    *[_projection(name) for name in ("q", "k", "v", "o", "gate", "up", "down")],
    declare(
        "torch_hf_get_qkv_fused_weight",
        "path, layer",
        "hf.fused_qkv(path, layer)",
        A_TENSOR,
        "The weights of q, k and v of a layer, below each other.",
    ),
    declare(
        "torch_hf_get_gate_up_fused_weight",
        "path, layer",
        "hf.fused_gate_up(path, layer)",
        A_TENSOR,
        "The weights of gate and up of a layer, below each other.",
    ),
)

_RUNNING = (
    declare(
        "torch_hf_forward",
        "path, input_ids, kvcache=None",
        "hf.forward(path, input_ids, kvcache)",
        REAL_TENSOR,
        "The logits (B, T, V) of a model for token ids; with a context, for what follows.",
    ),
    declare(
        "torch_hf_forward_manual",
        "path, input_ids, kvcache=None",
        "hf.forward_manual(path, input_ids, kvcache)",
        REAL_TENSOR,
        "Like torch_hf_forward, keeping the softmax weights of attention.",
    ),
    declare(
        "torch_hf_forward_attention_scores",
        "path, layer_index, kvcache=None",
        "hf.attention_scores(path, layer_index, kvcache)",
        Fact(TENSOR | NIL, A_TENSOR.elements),
        "The softmax weights (B, H, T, S) of a layer at the last manual forward, or nil.",
    ),
    declare(
        "torch_hf_forward_attention_size",
        "path, kvcache=None",
        "hf.attention_size(path, kvcache)",
        AN_INTEGER,
        "Of how many layers the softmax weights are known.",
    ),
    declare_statement(
        "torch_hf_clear_attention_scores",
        "path, kvcache=None",
        "hf.clear_attention_scores(path, kvcache)",
        "Forget the softmax weights of attention.",
    ),
    declare(
        "torch_hf_embeddings",
        "path, token_ids",
        "hf.embeddings(path, token_ids)",
        REAL_TENSOR,
        "The embeddings of token ids.",
    ),
    declare(
        "torch_hf_enable_kv_cache",
        "path, enable: flag=True",
        "hf.enable_kv_cache(path, enable)",
        AN_OBJECT,
        "A new context that caches keys and values; with nil, one that caches nothing.",
    ),
    declare_statement(
        "torch_hf_reset_kv_cache",
        "kvcache",
        "hf.reset_kv_cache(kvcache)",
        "Empty a context: the next token is at position 0.",
    ),
    declare(
        "torch_hf_generate",
        "path, initial_tokens, eos_id, max_length, options: options=None",
        "hf.generate(path, initial_tokens, eos_id, max_length, options)",
        WHOLE_NUMBERS,
        "The tokens that a model adds to a prompt, the stop token included.",
    ),
)

_ADAPTERS = (
    declare(
        "torch_hf_lora_init",
        "model_name, rank=16, alpha=32, target_modules=None, dtype=None",
        "hf_lora.init(model_name, rank, alpha, target_modules, dtype)",
        A_TRUTH,
        "Give each layer of a model LoRA adapters beside its target modules.",
    ),
    declare(
        "torch_hf_lora_get_parameters",
        "model_name",
        "hf_lora.parameters(model_name)",
        TENSORS,
        "The live A and B of each adapter, for an optimizer.",
        aliases=("torch_hf_lora_parameters",),
    ),
    declare(
        "torch_hf_lora_save",
        "model_name, path",
        "hf_lora.save(model_name, path)",
        A_TRUTH,
        "Write the adapters: a folder in peft's format, or one file; nil on failure.",
    ),
    declare(
        "torch_hf_lora_load",
        "model_name, path",
        "hf_lora.load(model_name, path)",
        A_TRUTH,
        "Read adapters, ours or peft's; nil when they do not fit.",
    ),
    declare_statement(
        "torch_hf_lora_merge",
        "model_name",
        "hf_lora.merge(model_name)",
        "Add the corrections of the adapters to the weights.",
    ),
    declare_statement(
        "torch_hf_lora_unmerge",
        "model_name",
        "hf_lora.unmerge(model_name)",
        "Take the corrections out of the weights again.",
    ),
    declare_statement(
        "torch_hf_lora_enable",
        "model_name, enable: flag=True",
        "hf_lora.enable(model_name, enable)",
        "Switch the adapters on or off.",
    ),
)

BUILTINS: tuple[Builtin, ...] = (*_LOADING, *_WEIGHTS, *_RUNNING, *_ADAPTERS)
