"""Modules: the multi-layer perceptron, embeddings, attention, positions, checkpointing.

A module is called as Python calls it: ``(torch_forward m x)`` is ``m(x)``. torch's own
modules stand for themselves; ``layers``, ``attention`` and ``rope`` of the runtime hold
those that LispE's library has and torch has not, or has with other conventions.
"""

from __future__ import annotations

from lisptorch_compile.catalogue.model import (
    Builtin,
    declare,
    declare_overloads,
    first_argument,
)
from lisptorch_compile.catalogue.torch_yields import (
    A_FLASH_LAYER,
    A_MODULE,
    REAL_TENSOR,
    TENSORS,
    output,
)
from lisptorch_compile.catalogue.yields import A_TRUE


def _forward(
    name: str, module: str, doc: str, *aliases: str, role: str = "tensor"
) -> Builtin:
    """Declare the call of a module on one tensor: ``module(input_data)``."""
    return declare(
        name,
        f"{module}: layer, input_data: {role}",
        f"{module}(input_data)",
        output,
        doc,
        aliases=aliases,
    )


# --- models and layers --------------------------------------------------------------------

_LAYERS = (
    declare(
        "torch_model",
        "input_size, hidden_size, output_size",
        "layers.MLP(input_size, hidden_size, output_size)",
        A_MODULE,
        "Three linear layers with ReLU between them.",
        aliases=("torch_model_create",),
    ),
    declare_overloads(
        "torch_forward",
        [
            ("model: text, input_data", "hf.forward(model, input_data)"),
            ("model: layer, input_data: tensor", "model(input_data)"),
        ],
        REAL_TENSOR,
        "What a module, or the language model of a name, returns for an input.",
        aliases=("torch_model_forward", "torch_mlp_forward"),
    ),
    declare(
        "torch_embedding",
        "num_embeddings, embedding_dim",
        "nn.Embedding(num_embeddings, embedding_dim)",
        A_MODULE,
        "A table with a trainable vector for each id.",
        aliases=("torch_embedding_create",),
    ),
    _forward(
        "torch_embedding_forward",
        "embedding",
        "The vectors of a tensor of ids: (…) becomes (…, embedding_dim).",
        role="ids",
    ),
    declare(
        "torch_linear",
        "in_features, out_features, bias: flag=True",
        "nn.Linear(in_features, out_features, bias=bias)",
        A_MODULE,
        "A linear layer: x · Wᵀ + b over the last dimension.",
        aliases=("torch_linear_create",),
    ),
    _forward("torch_linear_forward", "linear", "The output of a linear layer."),
    declare_overloads(
        "torch_layer_norm",
        [
            ("normalized_shape: list", "nn.LayerNorm(normalized_shape)"),
            ("normalized_shape", "nn.LayerNorm(normalized_shape)"),
        ],
        A_MODULE,
        "Layer normalization over a size, or a list of sizes, of the last dimensions.",
        aliases=("torch_layer_norm_create",),
    ),
    _forward(
        "torch_layer_norm_forward",
        "layer_norm",
        "The input with mean 0 and variance 1 over these dimensions, scaled and shifted.",
    ),
    declare(
        "torch_transformer_block",
        "embed_dim, num_heads, ffn_dim",
        "layers.TransformerBlock(embed_dim, num_heads, ffn_dim)",
        A_MODULE,
        "Self-attention and a feed-forward network, each added and normalized.",
        aliases=("torch_transformer_block_create",),
    ),
    declare_overloads(
        "torch_transformer_forward",
        [
            ("block: layer, input_data: tensor", "block(input_data)"),
            ("block: layer, input_data: tensor, mask: nil", "block(input_data)"),
            ("block: layer, input_data: tensor, mask", "block(input_data, mask)"),
        ],
        REAL_TENSOR,
        "The output of a transformer block; a mask is 1 where to attend.",
        aliases=("torch_transformer_block_forward",),
    ),
    declare(
        "torch_model_train",
        "model: module",
        "model.train()",
        first_argument,
        "Switch a module to training: dropout acts; the module.",
    ),
    declare(
        "torch_model_eval",
        "model: module",
        "model.eval()",
        first_argument,
        "Switch a module to evaluation: dropout rests; the module.",
    ),
    declare(
        "torch_parameters",
        "model: module",
        "List(model.parameters())",
        TENSORS,
        "The trainable tensors of a module, themselves, in a list.",
        aliases=("torch_model_parameters",),
    ),
    declare(
        "torch_model_to_device",
        "model: module, device: device",
        "model.to(device)",
        first_argument,
        "Move a module to a device given by name; the module.",
    ),
    declare(
        "torch_model_to_dtype",
        "model: module, dtype: dtype",
        "model.to(dtype)",
        first_argument,
        'Convert a module to an element type such as "float16"; the module.',
    ),
    declare(
        "torch_compile",
        "model: module",
        "torch.compile(model)",
        first_argument,
        "The module compiled by torch at its first call.",
    ),
)

# --- attention ----------------------------------------------------------------------------

_QKV = "query: tensor, key: tensor, value: tensor"
_FLASH = "flash_attention(query, key, value"
_SDPA = "F.scaled_dot_product_attention(query, key, value"
_OURS = "scaled_dot_product(query, key, value"
_OPTIONS = "dropout_p=dropout_p, is_causal=is_causal, scale=scale"
_PROVED = "dropout_p: number=0.0, is_causal: flag=False, scale: number=None"
_ANY = "dropout_p=0.0, is_causal: flag=False, scale=None"

_ATTENTION = (
    declare(
        "torch_multihead_attention",
        "embed_dim, num_heads",
        "layers.MultiHeadAttention(embed_dim, num_heads)",
        A_MODULE,
        "Multi-head attention of (B, T, embed_dim).",
        aliases=("torch_multihead_attention_create",),
    ),
    declare_overloads(
        "torch_attention_forward",
        [
            ("attention: layer, query: tensor", "attention(query)"),
            ("attention: layer, query: tensor, mask", "attention(query, mask=mask)"),
            (f"attention: layer, {_QKV}", "attention(query, key, value)"),
            (f"attention: layer, {_QKV}, mask: nil", "attention(query, key, value)"),
            (f"attention: layer, {_QKV}, mask", "attention(query, key, value, mask)"),
        ],
        REAL_TENSOR,
        "The attention of query to key and value (itself); a mask is 1 where to attend.",
        aliases=("torch_multihead_attention_forward",),
    ),
    declare(
        "torch_flash_attention_create",
        "embed_dim, num_heads, dropout=0.0, bias: flag=True",
        "FlashAttention(embed_dim, num_heads, dropout, bias)",
        A_FLASH_LAYER,
        "Multi-head attention with four projections and dropout of its weights.",
    ),
    declare(
        "torch_flash_attention_forward",
        f"flash_attention: flash, {_QKV}",
        "flash_attention(query, key, value)",
        REAL_TENSOR,
        "The attention of query to key and value.",
    ),
    declare(
        "torch_flash_attention_with_mask",
        f"flash_attention: flash, {_QKV}, attn_mask",
        "flash_attention(query, key, value, attn_mask)",
        REAL_TENSOR,
        "The attention of query to key and value where a mask is 1.",
    ),
    declare_overloads(
        "torch_flash_attention_with_dropout",
        [
            (
                f"flash_attention: flash, {_QKV}, dropout_p",
                f"{_FLASH}, dropout=dropout_p, training=True)",
            ),
            (
                f"flash_attention: flash, {_QKV}, dropout_p, training: flag",
                f"{_FLASH}, dropout=dropout_p, training=training)",
            ),
        ],
        REAL_TENSOR,
        "The attention of query to key and value with a dropout for this call.",
    ),
    declare_overloads(
        "torch_flash_attention",
        [
            (_QKV, f"{_SDPA})"),
            (f"{_QKV}, scale: number", f"{_SDPA}, scale=scale)"),
            ("query, key, value, scale", f"{_OURS}, scale=scale)"),
            ("query, key, value, scale, block_size", f"{_OURS}, scale=scale)"),
        ],
        REAL_TENSOR,
        "Scaled dot product attention without projections.",
        pure=True,
    ),
    declare(
        "torch_flash_attention_masked",
        f"{_QKV}, scale, mask",
        f"{_OURS}, mask, scale=scale)",
        REAL_TENSOR,
        "Scaled dot product attention where a mask is 1.",
        pure=True,
    ),
    declare_overloads(
        "torch_scaled_dot_product_attention",
        [
            (_QKV, f"{_SDPA})"),
            (
                f"query, key, value, attn_mask: nil=None, {_PROVED}",
                f"{_SDPA}, {_OPTIONS})",
            ),
            (f"{_QKV}, attn_mask=None, {_ANY}", f"{_OURS}, attn_mask, {_OPTIONS})"),
        ],
        REAL_TENSOR,
        "softmax(query · keyᵀ · scale) · value; a mask is 1 where to attend.",
    ),
)

# --- positions ----------------------------------------------------------------------------

_POSITIONS = (
    declare(
        "torch_positional_encoding",
        "d_model, max_len=5000",
        "layers.PositionalEncoding(d_model, max_len)",
        A_MODULE,
        "A table of sines and cosines to add to a sequence.",
        aliases=("torch_positional_encoding_create",),
    ),
    _forward(
        "torch_positional_forward",
        "positional_encoding",
        "A sequence plus the encoding of its positions.",
        "torch_positional_encoding_forward",
    ),
    declare(
        "torch_rotary_embedding",
        "dim, max_seq_len=8192",
        "RotaryEmbedding(dim, max_seq_len)",
        A_MODULE,
        "Tables of cosines and sines for the rotation of heads of a size.",
        aliases=("torch_rotary_embedding_create",),
    ),
    declare(
        "torch_rotary_forward",
        "rotary_embedding: layer, seq_len, device=None",
        "List(rotary_embedding(seq_len, device))",
        TENSORS,
        "The list of cosines and sines of the first positions, (seq_len, dim) each.",
        aliases=("torch_rotary_embedding_forward",),
    ),
    declare(
        "torch_apply_rotary_pos_emb",
        "tensor: tensor, cos: tensor, sin: tensor",
        "apply_rotary(tensor, cos, sin)",
        REAL_TENSOR,
        "The tensor with its channel pairs rotated by their position's angle.",
        pure=True,
    ),
)

# --- gradient checkpointing ---------------------------------------------------------------

_CHECKPOINTING = (
    declare(
        "torch_checkpoint_create",
        "module: module",
        "layers.Checkpointed(module)",
        A_MODULE,
        "A module that can compute its activations again in the backward pass.",
    ),
    declare_overloads(
        "torch_checkpoint_enable",
        [
            ("module: text", "hf.set_checkpointing(module, True)"),
            ("module", "module.enable()"),
        ],
        A_TRUE,
        "Compute activations again from now on, to save memory.",
    ),
    declare_overloads(
        "torch_checkpoint_disable",
        [
            ("module: text", "hf.set_checkpointing(module, False)"),
            ("module", "module.disable()"),
        ],
        A_TRUE,
        "Keep activations from now on.",
    ),
    _forward("torch_checkpoint_forward", "module", "What the wrapped module returns."),
)

BUILTINS: tuple[Builtin, ...] = (
    *_LAYERS,
    *_ATTENTION,
    *_POSITIONS,
    *_CHECKPOINTING,
)
