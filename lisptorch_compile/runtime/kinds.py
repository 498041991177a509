"""What kind of value this is: predicates, and the name that `type` gives."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from types import BuiltinFunctionType, FunctionType, MethodType
from typing import Any

from lisptorch_compile.runtime.arithmetic import Elementwise, is_list
from lisptorch_compile.runtime.classes import Instance, lisp_name
from lisptorch_compile.runtime.conversions import to_float
from lisptorch_compile.runtime.dictionaries import (
    IntegerDictionary,
    NumberDictionary,
    TreeDictionary,
)
from lisptorch_compile.runtime.errors import Maybe
from lisptorch_compile.runtime.operators import is_null, truth
from lisptorch_compile.runtime.ordering import Heap
from lisptorch_compile.runtime.symbols import Symbol
from lisptorch_compile.runtime.torch_presence import is_tensor
from lisptorch_compile.runtime.values import (
    ByteStrings,
    Floats,
    Integers,
    LinkedList,
    Matrix,
    Numbers,
    Shorts,
    Strings,
)

__all__ = [
    "is_atom",
    "is_container",
    "is_cyclic",
    "is_empty",
    "is_integer",
    "is_list",
    "is_negative",
    "is_number",
    "is_positive",
    "is_text",
    "is_zero",
    "sign",
    "type_of",
]

_FUNCTIONS = (FunctionType, MethodType, BuiltinFunctionType)

# --- predicates -------------------------------------------------------------------------------


def is_atom(value: object) -> bool:
    """Tell whether ``value`` is a name: an atom, a function, nil, true, or the empty list."""
    if isinstance(value, (Symbol, bool, *_FUNCTIONS)):
        return True
    return is_null(value)


def is_cyclic(value: object) -> bool:
    """Tell whether ``value`` is a linked list that runs into itself."""
    return isinstance(value, LinkedList) and value.is_cyclic


def is_empty(value: Any) -> bool:
    """Tell whether ``value`` is an empty container or text, 0 or nil."""
    return not truth(value)


def is_number(value: object) -> bool:
    """Tell whether ``value`` is a number, no truth value."""
    return isinstance(value, int | float | complex) and not isinstance(value, bool)


def is_integer(value: object) -> bool:
    """Tell whether ``value`` is an integer, no truth value."""
    return isinstance(value, int) and not isinstance(value, bool)


def is_text(value: object) -> bool:
    """Tell whether ``value`` is a text or a byte string."""
    return isinstance(value, str | bytes)


def is_zero(value: Any) -> bool:
    """Tell whether ``value`` is the number 0."""
    return is_number(value) and value == 0


def is_positive(value: Any) -> bool:
    """Tell whether ``value`` is a number above 0."""
    return is_number(value) and not isinstance(value, complex) and value > 0


def is_negative(value: Any) -> bool:
    """Tell whether ``value`` is a number below 0."""
    return is_number(value) and not isinstance(value, complex) and value < 0


def is_container(value: object) -> bool:
    """Tell whether ``value`` is a list, dictionary or set."""
    return is_list(value) or isinstance(value, dict | set | frozenset)


def sign(value: Any) -> Any:
    """Return -1, 0 or 1 as ``value`` is below, at or above 0; of a list, of each element."""
    if is_list(value):
        kind = value if isinstance(value, Elementwise) else None
        signs = [sign(item) for item in value]
        return signs if kind is None else kind.with_items(signs)
    number = value if isinstance(value, int | float) else to_float(value)
    return (number > 0) - (number < 0)


# --- type ---------------------------------------------------------------------------------------


def type_of(value: Any) -> Any:
    """Return the atom that names the kind of ``value``; of nil and true, itself.

    >>> type_of(1), type_of(1.0), type_of({"a": 1}), type_of(None)
    (Symbol('integer_'), Symbol('number_'), Symbol('dictionary_'), None)
    """
    if value is None or isinstance(value, bool):
        return value or None
    return Symbol(_type_name(value))


#: From the special to the general: the first that fits names the kind.
_NAMES: tuple[tuple[type | tuple[type, ...], str], ...] = (
    (int, "integer_"),
    (float, "number_"),
    (str, "string_"),
    (complex, "complex_"),
    (bytes, "stringbyte_"),
    (Symbol, "atom_"),
    (Strings, "strings_"),
    (Integers, "integers_"),
    (Numbers, "numbers_"),
    (Floats, "floats_"),
    (Shorts, "shorts_"),
    (LinkedList, "llist_"),
    (Heap, "heap_"),
    (list, "list_"),
    (Maybe, "maybe_"),
)


#: Where the classes of containers live that are no program's own.
_LIBRARIES = ("builtins", "collections", "lisptorch_compile")


def _is_programs_own(kind: type) -> bool:
    """Tell whether a class is one that a program derived from a container of Python."""
    library = kind.__module__.partition(".")[0]
    return issubclass(kind, list | dict | set | frozenset) and library not in _LIBRARIES


def _type_name(value: Any) -> str:
    if isinstance(value, Instance):
        return lisp_name(value, type(value).__name__)
    own = getattr(type(value), "lisp_type", None)
    if isinstance(own, str):
        return own
    if _is_programs_own(type(value)):
        return lisp_name(value, type(value).__name__)
    if isinstance(value, Matrix):
        return _matrix_name(value)
    for kind, name in _NAMES:
        if isinstance(value, kind):
            return name
    if isinstance(value, dict):
        return _dictionary_name(value)
    if isinstance(value, set | frozenset):
        return "set" + _element_mark(value) + "_"
    if isinstance(value, _FUNCTIONS):
        return "lambda_" if value.__name__ == "<lambda>" else "function_"
    if is_tensor(value):
        return "torch_tensor_"
    return _torch_name(value) or type(value).__name__


#: What the rows of a matrix hold, by their class; what holds none is a list.
_ROWS: tuple[tuple[type, str], ...] = (
    (Integers, "integer"),
    (Shorts, "short"),
    (Numbers, "number"),
    (Floats, "float"),
    (ByteStrings, "stringbyte"),
    (Strings, "string"),
)


def _matrix_name(value: Matrix) -> str:
    row, depth = value[0] if value else None, 2
    while isinstance(row, Matrix) and row:
        row, depth = row[0], depth + 1
    for kind, name in _ROWS:
        if isinstance(row, kind):
            return f"{'matrix' if depth == 2 else 'tensor'}_{name}_"
    return "list_"


def _dictionary_name(dictionary: dict[Any, Any]) -> str:
    stem = "dictionarytree" if isinstance(dictionary, TreeDictionary) else "dictionary"
    if isinstance(dictionary, IntegerDictionary):
        return stem + "_i_"
    if isinstance(dictionary, NumberDictionary):
        return stem + "_n_"
    first = next(iter(dictionary), "")
    return stem + ("_n_" if is_number(first) else "_")


def _element_mark(values: Iterable[Any]) -> str:
    kinds = {type(value) for value in values}
    if kinds == {str}:
        return "_s"
    if kinds == {int}:
        return "_i"
    return "_n" if kinds and kinds <= {int, float} else ""


#: Names of torch's own classes; classes of ours say theirs by ``lisp_type``.
_TORCH_NAMES = (
    ("nn", "Linear", "torch_linear_"),
    ("nn", "LayerNorm", "torch_layernorm_"),
    ("nn", "Embedding", "torch_embedding_"),
    ("nn", "Module", "torch_model_"),
    ("optim", "Optimizer", "torch_optimizer_"),
)


def _torch_name(value: object) -> str | None:
    torch = sys.modules.get("torch")
    if torch is None:
        return None
    for module, kind, name in _TORCH_NAMES:
        if isinstance(value, getattr(getattr(torch, module), kind)):
            return name
    return None
