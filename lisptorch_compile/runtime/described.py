"""What a value is, in a few words, for the messages of errors."""

from __future__ import annotations

from typing import Any

from lisptorch_compile.runtime.kinds import (
    is_list,
    is_number,
    is_text,
    type_of,
)
from lisptorch_compile.runtime.symbols import Symbol
from lisptorch_compile.runtime.text import text
from lisptorch_compile.runtime.torch_presence import is_tensor

_LONGEST = 40  # characters of a value that are shown


def described(value: Any) -> str:
    """Return what ``value`` is: its text where that is short, and its kind.

    >>> described(5), described("ab"), described([1, 2]), described(None)
    ('the number 5', "the text 'ab'", 'the list (1 2)', 'nil')
    """
    if value is None or isinstance(value, bool):
        return text(value)
    if is_tensor(value):
        dtype = str(value.dtype).removeprefix("torch.")
        return f"a tensor of shape {list(value.shape)} and dtype {dtype}"
    if hasattr(type(value), "lisp_type"):
        return f"a value of type {type_of(value)}"
    if isinstance(value, Symbol):
        return f"the atom {value}"
    if is_text(value):
        return f"the text '{_shortened(text(value))}'"
    if is_number(value):
        return f"the number {text(value)}"
    if is_list(value):
        return f"the list {_shortened(text(value))}"
    if isinstance(value, dict):
        return f"the dictionary {_shortened(text(value))}"
    if isinstance(value, set | frozenset):
        return f"the set {_shortened(text(value))}"
    return f"a value of type {type_of(value)}"


def _shortened(shown: str) -> str:
    line = shown.partition("\n")[0]
    if line == shown and len(shown) <= _LONGEST:
        return shown
    return line[: _LONGEST - 1] + "…"
