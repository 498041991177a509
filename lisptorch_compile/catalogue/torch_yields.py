"""What the torch functions yield, and the spellings of a tensor function."""

from __future__ import annotations

from collections.abc import Sequence

from lisptorch_compile.catalogue.model import (
    BOOL,
    FLOAT,
    INT,
    INTEGERS,
    LIST,
    MODULE,
    NIL,
    NOTHING,
    SHORTS,
    TENSOR,
    TYPED,
    Fact,
)

#: A loop over a tensor gives its elements as numbers, `car` a row.
A_TENSOR = Fact(TENSOR, TENSOR | INT | FLOAT | BOOL | NIL)
#: Of integers: ids, indices.
WHOLE_TENSOR = Fact(TENSOR, TENSOR | INT | NIL)
#: Of reals: losses, logits, probabilities.
REAL_TENSOR = Fact(TENSOR, TENSOR | FLOAT | NIL)
TENSORS = Fact(LIST, TENSOR)
A_MODULE = Fact(MODULE)
AN_ELEMENT = Fact(INT | FLOAT | BOOL, NOTHING)
_NUMBERS = INT | FLOAT | BOOL
ELEMENTS = Fact(INT | FLOAT | BOOL | NIL | LIST | TYPED)


# What is not known yet counts as nothing, so that facts only grow.


def same_elements(arguments: Sequence[Fact]) -> Fact:
    """The elements of the first argument in another tensor (``reshape``, ``select`` …)."""
    if arguments and arguments[0].kinds & ~TENSOR == 0:
        return Fact(TENSOR, TENSOR | NIL | arguments[0].elements & _NUMBERS)
    return A_TENSOR


def only_element(arguments: Sequence[Fact]) -> Fact:
    """The element of a tensor that holds one."""
    if arguments and arguments[0].kinds & ~TENSOR == 0:
        return Fact(arguments[0].elements & _NUMBERS, NOTHING)
    return AN_ELEMENT


def tensor_of(arguments: Sequence[Fact]) -> Fact:
    """A tensor of a number, a list or another tensor."""
    source = arguments[0] if arguments else A_TENSOR
    if source.kinds & ~(INTEGERS | SHORTS | INT) == 0:
        return Fact(TENSOR, TENSOR | NIL | (INT if source.kinds else NOTHING))
    if source.only(LIST) and source.elements & ~INT == 0:
        return Fact(TENSOR, TENSOR | NIL | source.elements)
    return same_elements(arguments)


def spellings(stem: str) -> tuple[str, str]:
    """Return the names beside ``torch_STEM`` under which LispE's library has a function.

    >>> spellings("zeros")
    ('tensor_zeros', 'torch_tensor_zeros')
    """
    return f"tensor_{stem}", f"torch_tensor_{stem}"
