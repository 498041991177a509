"""What the torch functions yield, and the spellings of a tensor function."""

from __future__ import annotations

from lisptorch_compile.catalogue.model import (
    BOOL,
    FLOAT,
    INT,
    LIST,
    MODULE,
    NIL,
    NOTHING,
    TENSOR,
    TYPED,
    Fact,
)

#: A loop over a tensor gives its elements as numbers, `car` a row.
A_TENSOR = Fact(TENSOR, TENSOR | INT | FLOAT | BOOL | NIL)
TENSORS = Fact(LIST, TENSOR)
A_MODULE = Fact(MODULE)
AN_ELEMENT = Fact(INT | FLOAT | BOOL, NOTHING)
ELEMENTS = Fact(INT | FLOAT | BOOL | NIL | LIST | TYPED)


def spellings(stem: str) -> tuple[str, str]:
    """Return the names beside ``torch_STEM`` under which LispE's library has a function.

    >>> spellings("zeros")
    ('tensor_zeros', 'torch_tensor_zeros')
    """
    return f"tensor_{stem}", f"torch_tensor_{stem}"
