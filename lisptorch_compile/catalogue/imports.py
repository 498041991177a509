"""Where the free names of the catalogue's targets are imported from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ImportSource:
    """``import module`` or, with ``name``, ``from module import name [as alias]``."""

    module: str
    name: str | None = None


_RUNTIME = "lisptorch_compile.runtime"

#: Public names of ``lisptorch_compile.runtime`` itself (defined in its torch-free part).
CORE_NAMES: frozenset[str] = frozenset(
    (
        "EMPTY",
        "UNSET",
        "Floats",
        "Integers",
        "LinkedList",
        "LispError",
        "List",
        "Maybe",
        "Numbers",
        "Shorts",
        "Strings",
        "Symbol",
        "add",
        "at",
        "compare",
        "divide",
        "equal",
        "equal_each",
        "greater",
        "greater_equal",
        "holds",
        "is_null",
        "iterate",
        "less",
        "less_equal",
        "message",
        "multiply",
        "negation",
        "no_match",
        "options",
        "power",
        "println",
        "remainder",
        "same",
        "send",
        "set_at",
        "subtract",
        "tail_recursive",
        "text",
        "throw",
        "to_float",
        "to_integer",
        "to_list",
        "truth",
        "unknown_key",
        "update_at",
    )
)

#: Modules of the runtime; those after the bar import torch.
RUNTIME_MODULES: frozenset[str] = frozenset(
    "lists numbers strings dictionaries patterns classes files system higher_order "
    "apl threads printing json_text regex loops sequences searching ordering dates parts characters "
    # torch
    "tensors devices layers attention rope lora generate quant training tokenizers "
    "checkpoints".split()
)

IMPORTS: dict[str, ImportSource] = {
    "torch": ImportSource("torch"),
    "F": ImportSource("torch.nn", "functional"),
    "nn": ImportSource("torch", "nn"),
    "math": ImportSource("math"),
    "operator": ImportSource("operator"),
    "itertools": ImportSource("itertools"),
    "functools": ImportSource("functools"),
    "os": ImportSource("os"),
    "sys": ImportSource("sys"),
    "time": ImportSource("time"),
    "random": ImportSource("random"),
    "base64": ImportSource("base64"),
    "uuid": ImportSource("uuid"),
    "islice": ImportSource("itertools", "islice"),
    "count": ImportSource("itertools", "count"),
    "reduce": ImportSource("functools", "reduce"),
    "perf_counter": ImportSource("time", "perf_counter"),
    "Path": ImportSource("pathlib", "Path"),
    **{name: ImportSource(_RUNTIME, name) for name in sorted(CORE_NAMES)},
    **{name: ImportSource(_RUNTIME, name) for name in sorted(RUNTIME_MODULES)},
}
