"""What the reader makes of a text: forms, each with its span."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from lisptorch_compile.diagnostics import Diagnostic, Span
from lisptorch_compile.records import record


class StringKind(Enum):
    """How a string literal was written."""

    PLAIN = "plain"  # "..." with escapes
    RAW = "raw"  # `...` and the other long strings, no escapes
    BYTES = "bytes"  # b"..." and b`...`


@record
class Symbol:
    """A name or an operator; ``.`` of a composition or dotted pair, ``$`` too."""

    name: str
    span: Span


@record
class Number:
    """An integer, real or complex literal."""

    value: int | float | complex
    span: Span


@record
class String:
    """A string literal, escapes resolved."""

    value: str
    kind: StringKind
    span: Span


@record
class ListForm:
    """``(a b c)`` or ``[a b c]``."""

    items: tuple[Form, ...]
    span: Span


@record
class Quote:
    """``'form``."""

    form: Form
    span: Span


@record
class DictForm:
    """``{k:v k:v}``, or ``@{…}`` when constant; a pattern may hold ``$:rest``."""

    entries: tuple[tuple[Form, Form], ...]
    constant: bool
    span: Span


@record
class SetForm:
    """``{a b c}``; ``{}`` is a DictForm."""

    items: tuple[Form, ...]
    span: Span


Form = Symbol | Number | String | ListForm | Quote | DictForm | SetForm

#: The classes of forms that hold others.
COMPOUND = (ListForm, Quote, DictForm, SetForm)


def moved(form: Form, place: Callable[[Span], Span]) -> Form:
    """Return ``form`` with every span as ``place`` gives it."""
    span = place(form.span)
    if isinstance(form, Symbol):
        return Symbol(form.name, span)
    if isinstance(form, ListForm):
        return ListForm(tuple([moved(item, place) for item in form.items]), span)
    match form:
        case Number(value):
            return Number(value, span)
        case String(value, kind):
            return String(value, kind, span)
        case Quote(inner):
            return Quote(moved(inner, place), span)
        case DictForm(entries, constant):
            both = [(moved(key, place), moved(value, place)) for key, value in entries]
            return DictForm(tuple(both), constant, span)
        case SetForm(items):
            return SetForm(tuple([moved(item, place) for item in items]), span)


@record
class Comment:
    """A comment; ``text`` has no comment signs, and may have several lines."""

    text: str
    span: Span


@record
class ReadResult:
    """The forms of a text, its comments in source order, and what was wrong with it."""

    forms: tuple[Form, ...]
    comments: tuple[Comment, ...]
    diagnostics: tuple[Diagnostic, ...]
    depth: int  # deepest nesting of brackets and quotes
