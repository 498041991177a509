"""Where the free names of the catalogue's targets are imported from."""

from __future__ import annotations

from lisptorch_compile.records import record


@record
class ImportSource:
    """``import module`` or, with ``name``, ``from module import name [as alias]``."""

    module: str
    name: str | None = None


_RUNTIME = "lisptorch_compile.runtime"


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Public names of ``lisptorch_compile.runtime`` itself (defined in its torch-free part).
CORE_NAMES = _names("""
    List LinkedList Integers Numbers Floats Shorts Strings ByteStrings Symbol Maybe EMPTY Failure UNSET
    LispError add subtract multiply divide remainder power less less_equal greater
    greater_equal equal unequal equal_each same different compare negation is_null truth at
    set_at update_at Entry iterate text message println to_list to_integer to_float
    LateNames LaterFile loading_file called_by_name tail_recursive tail_call no_match unknown_key holds send throw as_error
    options Instance Kind Nested Record as_record
    """)

#: Modules of the runtime; those after the empty line import torch.
RUNTIME_MODULES = _names("""
    lists sequences searching ordering parts strings characters dictionaries numbers
    distributions kinds higher_order apl matrices json_text files system dates printing
    patterns classes threads regex lexers indentation marks ontologies loops infix
    lispe_numbers

    tensors devices layers attention rope lora generate quant training tokenizers
    checkpoints hf hf_lora tucker jit export bpe chat
    """)

#: Functions that mean something else where numbers have LispE's arithmetic.
LISPE_NAMES = _names("""
    add subtract multiply remainder less less_equal greater greater_equal equal unequal
    same different equal_each compare
    """)

IMPORTS: dict[str, ImportSource] = {
    "evaluate": ImportSource("lisptorch_compile", "evaluate"),
    "evaluate_file": ImportSource("lisptorch_compile", "evaluate_file"),
    "torch": ImportSource("torch"),
    "F": ImportSource("torch.nn", "functional"),
    "nn": ImportSource("torch", "nn"),
    "math": ImportSource("math"),
    "operator": ImportSource("operator"),
    "functools": ImportSource("functools"),
    "os": ImportSource("os"),
    "sys": ImportSource("sys"),
    "time": ImportSource("time"),
    "random": ImportSource("random"),
    "base64": ImportSource("base64"),
    "uuid": ImportSource("uuid"),
    "islice": ImportSource("itertools", "islice"),
    "count": ImportSource("itertools", "count"),
    "repeat": ImportSource("itertools", "repeat"),
    "reduce": ImportSource("functools", "reduce"),
    "suppress": ImportSource("contextlib", "suppress"),
    "perf_counter": ImportSource("time", "perf_counter"),
    "Path": ImportSource("pathlib", "Path"),
    # by their own names, since programs call their variables `attention` and `rope`
    "FlashAttention": ImportSource(f"{_RUNTIME}.attention", "FlashAttention"),
    "scaled_dot_product": ImportSource(f"{_RUNTIME}.attention", "scaled_dot_product"),
    "RotaryEmbedding": ImportSource(f"{_RUNTIME}.rope", "RotaryEmbedding"),
    "apply_rotary": ImportSource(f"{_RUNTIME}.rope", "apply_rotary"),
    "shared": ImportSource(f"{_RUNTIME}.threads", "shared"),
    **{name: ImportSource(_RUNTIME, name) for name in sorted(CORE_NAMES)},
    **{name: ImportSource(_RUNTIME, name) for name in sorted(RUNTIME_MODULES)},
}

#: The same names in programs whose numbers have LispE's arithmetic.
LISPE_IMPORTS: dict[str, ImportSource] = {
    **IMPORTS,
    **{
        name: ImportSource(f"{_RUNTIME}.lispe_numbers", name)
        for name in sorted(LISPE_NAMES)
    },
}
