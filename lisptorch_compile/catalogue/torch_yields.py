"""What the torch functions yield, and the spellings of a tensor function.

The elements of a tensor's fact tell its dtype: reals, integers or truth values. So facts
say where torch's own `mean` will do, which refuses integers. The elements of a module's
fact are those of the tensors that it returns, and say which layer it is.
"""

from __future__ import annotations

from collections.abc import Sequence

from lisptorch_compile.catalogue.model import (
    BOOL,
    FLASH_LAYER,
    FLOAT,
    FLOATS,
    INT,
    INTEGERS,
    LIST,
    LORA_LAYER,
    MODULE,
    NIL,
    NOTHING,
    NUMBERS,
    OTHER_LAYER,
    PLAIN,
    SHORTS,
    TENSOR,
    TYPED,
    Fact,
)

_NUMBERS = INT | FLOAT | BOOL

#: A loop over a tensor gives its elements as numbers, `car` a row.
A_TENSOR = Fact(TENSOR, TENSOR | _NUMBERS | NIL)
#: Of integers: ids, indices.
WHOLE_TENSOR = Fact(TENSOR, TENSOR | INT | NIL)
#: Of reals: losses, logits, probabilities.
REAL_TENSOR = Fact(TENSOR, TENSOR | FLOAT | NIL)
TRUTH_TENSOR = Fact(TENSOR, TENSOR | BOOL | NIL)
TENSORS = Fact(LIST, TENSOR)
A_MODULE = Fact(MODULE, FLOAT | OTHER_LAYER)
A_LORA_LAYER = Fact(MODULE, FLOAT | LORA_LAYER)
A_FLASH_LAYER = Fact(MODULE, FLOAT | FLASH_LAYER)
#: Read from a file: of any class.
A_LOADED_MODULE = Fact(MODULE, FLOAT | LORA_LAYER | FLASH_LAYER | OTHER_LAYER)
ELEMENTS = Fact(_NUMBERS | NIL | LIST | TYPED)

_TYPED_ELEMENTS = {INTEGERS: INT, SHORTS: INT, FLOATS: FLOAT, NUMBERS: FLOAT}


def dtypes(fact: Fact) -> int:
    """Return the kinds of the numbers in a tensor, or in what a tensor is made of.

    What is not known yet counts as nothing, so that facts only grow.
    """
    found = _numbers_among(fact.kinds & ~(TENSOR | LIST | PLAIN))
    if fact.kinds & TENSOR:
        found |= fact.elements & _NUMBERS
    if fact.kinds & (LIST | PLAIN):
        found |= _numbers_among(fact.elements)
    return found


def _numbers_among(kinds: int) -> int:
    """Return the numbers of these kinds and in typed lists among them; all, if unknown."""
    if kinds & ~(_NUMBERS | NIL | TYPED):
        return _NUMBERS
    found = kinds & _NUMBERS
    for typed, element in _TYPED_ELEMENTS.items():
        if kinds & typed:
            found |= element
    return found | BOOL if kinds & NIL else found


def _tensor_of(kinds: int) -> Fact:
    return Fact(TENSOR, TENSOR | NIL | kinds)


def same_elements(arguments: Sequence[Fact]) -> Fact:
    """The tensor has the dtype of the first argument."""
    return _tensor_of(dtypes(arguments[0]) if arguments else _NUMBERS)


def promoted(arguments: Sequence[Fact]) -> Fact:
    """The tensor has a dtype that holds all arguments: real, if one surely is."""
    kinds = [dtypes(argument) for argument in arguments]
    if FLOAT in kinds:
        return REAL_TENSOR
    joined = NOTHING
    for kind in kinds:
        joined |= kind
    return _tensor_of(joined)


def chosen(arguments: Sequence[Fact]) -> Fact:
    """``where``: the dtype is that of both choices."""
    return promoted(arguments[1:])


def totals(arguments: Sequence[Fact]) -> Fact:
    """The tensor is real if the first argument is; truth values are counted."""
    kinds = dtypes(arguments[0]) if arguments else _NUMBERS
    counted = INT if kinds & ~FLOAT else NOTHING
    return _tensor_of(kinds & FLOAT | counted)


def only_element(arguments: Sequence[Fact]) -> Fact:
    """The element of a tensor that holds one, as a number or Python's truth value."""
    return Fact(dtypes(arguments[0]) if arguments else _NUMBERS, NOTHING)


def element_of_tensor(arguments: Sequence[Fact]) -> Fact:
    """The element at an index, as a number; false is nil."""
    found = only_element(arguments).kinds
    return Fact(found | NIL if found & BOOL else found, NOTHING)


def output(arguments: Sequence[Fact]) -> Fact:
    """What a module returns: reals, if it is one of ours."""
    if arguments and arguments[0].only(MODULE):
        return _tensor_of(arguments[0].elements & _NUMBERS)
    return A_TENSOR


def spellings(stem: str) -> tuple[str, str]:
    """Return the names beside ``torch_STEM`` under which LispE's library has a function.

    >>> spellings("zeros")
    ('tensor_zeros', 'torch_tensor_zeros')
    """
    return f"tensor_{stem}", f"torch_tensor_{stem}"
