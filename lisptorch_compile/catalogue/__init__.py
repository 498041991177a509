"""The table of everything LispE code can call: ``lookup`` by name, ``names`` of all."""

from __future__ import annotations

import re

from lisptorch_compile.catalogue import (
    apl,
    dictionaries,
    expressions,
    forms,
    higher_order,
    lists,
    numbers,
    ontologies,
    printing,
    sequences,
    strings,
    system,
    threads,
    tiktoken,
    torch_jit,
    torch_later,
    torch_layers,
    torch_models,
    torch_tensors,
    torch_text,
    torch_training,
    torch_tucker,
)
from lisptorch_compile.catalogue.model import Builtin

#: Every declaration, in the order of the modules above.
BUILTINS: tuple[Builtin, ...] = (
    *forms.BUILTINS,
    *lists.BUILTINS,
    *sequences.BUILTINS,
    *strings.BUILTINS,
    *expressions.BUILTINS,
    *dictionaries.BUILTINS,
    *higher_order.BUILTINS,
    *apl.BUILTINS,
    *numbers.BUILTINS,
    *printing.BUILTINS,
    *system.BUILTINS,
    *ontologies.BUILTINS,
    *threads.BUILTINS,
    *torch_tensors.BUILTINS,
    *torch_layers.BUILTINS,
    *torch_training.BUILTINS,
    *torch_text.BUILTINS,
    *torch_models.BUILTINS,
    *torch_tucker.BUILTINS,
    *torch_jit.BUILTINS,
    *tiktoken.BUILTINS,
    *torch_later.BUILTINS,
)

_TABLE: dict[str, Builtin] = {
    name: builtin for builtin in BUILTINS for name in (builtin.name, *builtin.aliases)
}

_DEEP_ACCESSOR = re.compile(r"c[ad]{5,}r")


def lookup(name: str) -> Builtin | None:
    """Return the declaration of ``name``, which may be an alias."""
    builtin = _TABLE.get(name)
    if builtin is None and name.startswith("c") and _DEEP_ACCESSOR.fullmatch(name):
        return lists.deep_accessor(name)
    return builtin


def names() -> tuple[str, ...]:
    """Return every name and alias, sorted."""
    return tuple(sorted(_TABLE))
