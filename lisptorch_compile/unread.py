"""Forms → LispE text that reads as the same forms."""

from __future__ import annotations

from typing import assert_never

from lisptorch_compile.forms import (
    DictForm,
    Form,
    ListForm,
    Number,
    Quote,
    SetForm,
    String,
    StringKind,
    Symbol,
)

_ESCAPES = str.maketrans(
    {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
)
_RAW_SIGNS = (("`", "`"), ("«", "»"), ("“", "”"), ("‘", "’"), ("❝", "❞"))


def unread(form: Form) -> str:
    """Return ``form`` as text on one line (but for line breaks in raw strings).

    Works from a list of what is still to print, so that no depth is too deep.
    """
    pieces: list[str] = []
    pending: list[Form | str] = [form]
    while pending:
        match pending.pop():
            case str() as text:
                pieces.append(text)
            case Symbol(name):
                pieces.append(name)
            case Number(value):
                pieces.append(_number_text(value))
            case String() as string:
                pieces.append(_string_text(string))
            case Quote(Symbol(";")):
                pieces.append("';'")
            case Quote(quoted):
                pieces.append("'")
                pending.append(quoted)
            case ListForm(items):
                pieces.append("(")
                _push_spaced(pending, items, ")")
            case SetForm(items):
                pieces.append("{")
                _push_spaced(pending, items, "}")
            case DictForm(entries, constant):
                pieces.append("@{" if constant else "{")
                _push_entries(pending, entries)
            case other:
                assert_never(other)
    return "".join(pieces)


def _push_spaced(
    pending: list[Form | str], items: tuple[Form, ...], closing: str
) -> None:
    """Have ``items`` printed with blanks between them, then ``closing``."""
    pending.append(closing)
    for index in range(len(items) - 1, -1, -1):
        pending.append(items[index])
        if index:
            pending.append(" ")


def _push_entries(
    pending: list[Form | str], entries: tuple[tuple[Form, Form], ...]
) -> None:
    pending.append("}")
    for index in range(len(entries) - 1, -1, -1):
        key, value = entries[index]
        pending += [value, ":", key]
        if index:
            pending.append(" ")


def _number_text(value: complex) -> str:
    if isinstance(value, int | float):
        return repr(value)
    return f"{value.real!r},{value.imag!r}i"


def _string_text(string: String) -> str:
    """Return a literal with the value of ``string``, of its kind if there is one.

    A raw string that holds the closing signs of all raw forms becomes a plain one.
    """
    if string.kind is StringKind.RAW:
        for opening, closing in _RAW_SIGNS:
            if closing not in string.value:
                return f"{opening}{string.value}{closing}"
        if '"""' not in f'{string.value}"':
            return f'"""{string.value}"""'
    prefix = "b" if string.kind is StringKind.BYTES else ""
    return f'{prefix}"{string.value.translate(_ESCAPES)}"'
