"""Names of LispE's torch libraries that cannot be compiled yet, with the reason."""

from __future__ import annotations

from lisptorch_compile.catalogue.model import Builtin, declare_unsupported

#: Reason → what its names begin with → how they go on.
_LATER: dict[str, dict[str, str]] = {
    "Tucker decomposition is not supported yet": {
        "torch_tucker_": "decomposition reconstruct compression_ratio",
        "torch_khatri_rao_": "product",
    },
    "TorchScript models are not supported yet": {
        "torch_jit_": "load unload",
        "torch_jit_model_": (
            "to_device to_mps to_best_device forward info get_buffer get_tensor "
            "get_tensor_shape list_methods list_buffers list_parameter_names "
            "list_tensor_names register_lora_hook forward_with_lora "
            "get_intermediate_states update_weight forward_single_layer "
            "apply_lora_temporarily backup_weights restore_weights"
        ),
    },
    "tiktoken tokenizers are not supported yet": {
        "tiktoken_": (
            "create encode decode special_encode vocab_size set_space add_meta "
            "remove_meta list_meta decode_bytes decode_single_token_bytes "
            "token_byte_values"
        ),
    },
}

BUILTINS: tuple[Builtin, ...] = tuple(
    declare_unsupported(f"{prefix}{ending}", reason)
    for reason, families in _LATER.items()
    for prefix, endings in families.items()
    for ending in endings.split()
)
