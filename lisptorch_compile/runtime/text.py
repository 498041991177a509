"""The printed form of every value, as LispE shows it."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Callable, Iterable, Iterator
from types import BuiltinFunctionType, FunctionType, MethodType
from typing import Any

from lisptorch_compile.runtime.symbols import EMPTY, Symbol
from lisptorch_compile.runtime.torch_presence import is_single_tensor

#: What stands before an element (a key and a colon, say), and the element.
Part = tuple[str, object]
#: How a container opens, its parts, how it closes. A class of our own whose values hold
#: others has a method ``text_shape`` that returns this.
Shape = tuple[str, Iterable[Part], str]

#: The part of a cyclic value that is not written again.
CYCLE: Part = ("...", EMPTY)


def text(value: object) -> str:
    """Return the printed form of ``value``; a text is itself.

    >>> text(2.50), text(None), text([1, "a", [True]]), text({"k": 1e6})
    ('2.5', 'nil', '(1 "a" (true))', '{"k":1e+06}')
    """
    if isinstance(value, str):
        return value
    simple = _SIMPLE.get(type(value))
    if simple is not None:
        return simple(value)
    form = _flat_list(value) or container_shape(value)
    if form is None:
        return _other(value)
    return form if isinstance(form, str) else _written(value, form)


def quoted(value: str) -> str:
    r"""Return a text as it stands inside a container.

    >>> quoted('say "a\\b"')
    '"say \\"a\\\\b\\""'
    """
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def in_order(values: Iterable[Any]) -> list[Any]:
    """Return the values of a set sorted, by their texts when they do not compare."""
    try:
        return sorted(values)
    except TypeError:
        return sorted(values, key=text)


# --- values without elements ---------------------------------------------------------------


def _truth(value: bool) -> str:
    return "true" if value else "nil"


def _real(value: float) -> str:
    return f"{value:g}"


def _complex(value: complex) -> str:
    imaginary = {1.0: "", -1.0: "-"}.get(value.imag, f"{value.imag:g}")
    return f"{value.real:g},{imaginary}i"


def _decoded(value: bytes) -> str:
    return value.decode(errors="replace")


def _nil(_value: None) -> str:
    return "nil"


#: By exact type, since this decides for nearly every value that is printed.
_SIMPLE: dict[type, Callable[[Any], str]] = {
    bool: _truth,
    int: str,
    float: _real,
    type(None): _nil,
    complex: _complex,
    bytes: _decoded,
    Symbol: str,
}


def _quoted_bytes(value: bytes) -> str:
    return quoted(_decoded(value))


#: The same inside a container.
_ELEMENTS: dict[type, Callable[[Any], str]] = {
    **_SIMPLE,
    str: quoted,
    bytes: _quoted_bytes,
}


def _other(value: Any) -> str:
    """Return the form of a value of a subclass, of torch or of a foreign class."""
    for kind in (float, complex, bytes):
        if isinstance(value, kind):
            return _SIMPLE[kind](value)
    if is_single_tensor(value) and not value.is_meta:
        return text(value.item())
    if _is_numpy_bool(value):
        return _truth(bool(value))
    if isinstance(value, FunctionType | MethodType | BuiltinFunctionType):
        return _definition(value)
    return str(value)


def _is_numpy_bool(value: object) -> bool:
    numpy = sys.modules.get("numpy")  # there is no such value without it
    return numpy is not None and isinstance(value, numpy.bool_)


def _definition(function: Any) -> str:
    """Return a function as LispE names it: its source is not kept at run time."""
    name = function.__name__
    code = getattr(function, "__code__", None)
    if code is None:
        return str(name)
    parameters = " ".join(code.co_varnames[: code.co_argcount])
    return (
        f"(λ ({parameters}))"
        if name == "<lambda>"
        else f"(defun {name} ({parameters}))"
    )


# --- containers ----------------------------------------------------------------------------


def container_shape(value: object) -> Shape | None:
    """Return how a container is written, None for a value that holds no others."""
    own_shape = getattr(type(value), "text_shape", None)
    if own_shape is not None:
        shape: Shape = own_shape(value)
        return shape
    if isinstance(value, list):
        if len(value) == 2 and value[0] is _QUOTE:
            return "'", (("", value[1]),), ""
        return _list_shape(value)
    if isinstance(value, array | range) or type(value) is tuple:
        return _list_shape(value)
    if isinstance(value, dict):
        return "{", _entries(value), "}"
    if isinstance(value, set | frozenset):
        return "{", _unnamed(in_order(value)), "}"
    return None


_QUOTE = Symbol("quote")


def _flat_list(value: object) -> str | None:
    """Return the form of a list of nothing but simple values, the most frequent container.

    This only saves time: None leaves the list to what writes any container.
    """
    if not isinstance(value, _LISTS) or hasattr(value, "text_shape"):
        return None
    forms: list[str] = []
    for item in value:
        simple = _ELEMENTS.get(type(item))
        if simple is None:
            return None
        forms.append(simple(item))
    if len(forms) == 2 and forms[0] == "quote" and value[0] is _QUOTE:
        return None
    return "(" + " ".join(forms) + ")"


_LISTS = (list, array)


def _list_shape(items: Iterable[object]) -> Shape:
    return "(", _unnamed(items), ")"


def _unnamed(items: Iterable[object]) -> Iterator[Part]:
    return (("", item) for item in items)


def _entries(dictionary: dict[Any, Any]) -> Iterator[Part]:
    for key, value in dictionary.items():
        yield (quoted(key) if isinstance(key, str) else text(key)) + ":", value


def element_text(value: object) -> str:
    """Return the form of a value as an element of a container: texts are quoted.

    >>> element_text("a"), element_text(["a"])
    ('"a"', '("a")')
    """
    form = _element_form(value)
    return form if isinstance(form, str) else text(value)


def _element_form(value: object) -> str | Shape:
    """Return an element as it stands inside a container, or the shape of a container."""
    simple = _ELEMENTS.get(type(value))
    if simple is not None:
        return simple(value)
    if isinstance(value, str | bytes):  # of a subclass
        return quoted(text(value))
    return _flat_list(value) or container_shape(value) or _other(value)


class _Level:
    """A container that is being written: what is left of it, and how it closes."""

    __slots__ = ("closing", "identity", "is_first", "parts")

    def __init__(self, value: object, parts: Iterator[Part], closing: str) -> None:
        self.identity = id(value)
        self.parts = parts
        self.closing = closing
        self.is_first = True


def _written(value: object, shape: Shape) -> str:
    """Return the form of a container; a container inside itself is written ``...``.

    The levels are kept in a list: values nest deeper than Python calls may.
    """
    opening, parts, closing = shape
    written = [opening]
    levels = [_Level(value, iter(parts), closing)]
    open_values = {id(value)}
    while levels:
        level = levels[-1]
        for prefix, element in level.parts:
            if not level.is_first:
                written.append(" ")
            level.is_first = False
            written.append(prefix)
            form = _element_form(element)
            if isinstance(form, str):
                written.append(form)
            elif id(element) in open_values:
                written.append("...")
            else:
                opening, parts, closing = form
                written.append(opening)
                levels.append(_Level(element, iter(parts), closing))
                open_values.add(id(element))
                break
        else:
            levels.pop()
            open_values.discard(level.identity)
            written.append(level.closing)
    return "".join(written)
