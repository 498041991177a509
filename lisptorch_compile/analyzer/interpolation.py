"""The text of ``f_``: literal pieces and the code between braces."""

from __future__ import annotations

from lisptorch_compile.diagnostics import Source, Span
from lisptorch_compile.forms import (
    DictForm,
    Form,
    ListForm,
    Number,
    Quote,
    SetForm,
    String,
    Symbol,
)
from lisptorch_compile.reader import read


def pieces(text: String, source: Source) -> list[str | Form] | None:
    """Return the pieces of ``text``; None when its braces do not balance.

    ``{name}`` and ``{call argument…}`` are code; ``%{`` and ``%}`` are braces.
    """
    result: list[str | Form] = []
    literal = ""
    index, end = 0, len(text.value)
    while index < end:
        char = text.value[index]
        if char == "%" and text.value[index + 1 : index + 2] in ("{", "}"):
            literal += text.value[index + 1]
            index += 2
        elif char == "{":
            close = _closing(text.value, index)
            if close is None:
                return None
            code = _code(text, index + 1, close, source)
            if code is None:
                return None
            result.extend([literal, code] if literal else [code])
            literal = ""
            index = close + 1
        elif char == "}":
            return None
        else:
            literal += char
            index += 1
    return [*result, literal] if literal else result


def _closing(text: str, start: int) -> int | None:
    depth = 0
    for index in range(start, len(text)):
        depth += {"{": 1, "}": -1}.get(text[index], 0)
        if depth == 0:
            return index
    return None


def _code(text: String, start: int, end: int, source: Source) -> Form | None:
    """Return the form of ``text.value[start:end]``; several forms are a call."""
    forms = forms_within(text, start, end, source)
    if not forms:
        return None
    offset = _offset(text, source)
    where = text.span if offset is None else Span(offset + start, offset + end)
    return forms[0] if len(forms) == 1 else ListForm(forms, where)


def forms_within(
    text: String, start: int, end: int, source: Source
) -> tuple[Form, ...] | None:
    """Return the forms of ``text.value[start:end]`` with spans of the file; None when
    they cannot be read."""
    result = read(Source.of(text.value[start:end], source.filename))
    if result.diagnostics:
        return None
    return _all_moved(result.forms, _offset(text, source), start, text.span)


def _offset(text: String, source: Source) -> int | None:
    """Return where the content starts in the source, None when escapes shift it."""
    start = text.span.start + 1
    same = source.text[start : start + len(text.value)] == text.value
    return start if same else None


def moved(form: Form, span: Span) -> Form:
    """Return ``form`` as if all of it stood at ``span``."""
    return _moved(form, None, 0, span)


def _moved(form: Form, offset: int | None, start: int, whole: Span) -> Form:
    """Return ``form`` with spans of the file."""
    span = whole
    if offset is not None:
        shift = offset + start
        span = Span(form.span.start + shift, form.span.end + shift)
    match form:
        case Symbol(name):
            return Symbol(name, span)
        case Number(value):
            return Number(value, span)
        case String(content, kind):
            return String(content, kind, span)
        case Quote(inner):
            return Quote(_moved(inner, offset, start, whole), span)
        case ListForm(items):
            return ListForm(_all_moved(items, offset, start, whole), span)
        case SetForm(items):
            return SetForm(_all_moved(items, offset, start, whole), span)
        case DictForm(entries, constant):
            moved = [
                (
                    _moved(key, offset, start, whole),
                    _moved(value, offset, start, whole),
                )
                for key, value in entries
            ]
            return DictForm(tuple(moved), constant, span)


def _all_moved(
    forms: tuple[Form, ...], offset: int | None, start: int, whole: Span
) -> tuple[Form, ...]:
    return tuple([_moved(form, offset, start, whole) for form in forms])
