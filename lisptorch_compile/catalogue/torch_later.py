"""Names of LispE's torch libraries that cannot be compiled yet, with the reason."""

from __future__ import annotations

from lisptorch_compile.catalogue.model import Builtin, declare_unsupported

#: Reason → what its names begin with → how they go on. LispE's own source declares these
#: functions, but registers none of them.
_LATER: dict[str, dict[str, str]] = {
    "LispE declares it and has no code for it": {
        "torch_jit_model_": (
            "forward_single_layer apply_lora_temporarily backup_weights restore_weights"
        ),
    },
}

BUILTINS: tuple[Builtin, ...] = tuple(
    declare_unsupported(f"{prefix}{ending}", reason)
    for reason, families in _LATER.items()
    for prefix, endings in families.items()
    for ending in endings.split()
)
