"""What the reader makes of a text: forms, each with its span."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from lisptorch_compile.diagnostics import Diagnostic, Span


class StringKind(Enum):
    """How a string literal was written."""

    PLAIN = "plain"  # "..." with escapes
    RAW = "raw"  # `...` and the other long strings, no escapes
    BYTES = "bytes"  # b"..." and b`...`


@dataclass(frozen=True, slots=True)
class Symbol:
    """A name or an operator; ``.`` of a composition or dotted pair, ``$`` too."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class Number:
    """An integer, real or complex literal."""

    value: int | float | complex
    span: Span


@dataclass(frozen=True, slots=True)
class String:
    """A string literal, escapes resolved."""

    value: str
    kind: StringKind
    span: Span


@dataclass(frozen=True, slots=True)
class ListForm:
    """``(a b c)`` or ``[a b c]``."""

    items: tuple[Form, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Quote:
    """``'form``."""

    form: Form
    span: Span


@dataclass(frozen=True, slots=True)
class DictForm:
    """``{k:v k:v}``, or ``@{…}`` when constant; a pattern may hold ``$:rest``."""

    entries: tuple[tuple[Form, Form], ...]
    constant: bool
    span: Span


@dataclass(frozen=True, slots=True)
class SetForm:
    """``{a b c}``; ``{}`` is a DictForm."""

    items: tuple[Form, ...]
    span: Span


Form = Symbol | Number | String | ListForm | Quote | DictForm | SetForm


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment; ``text`` has no comment signs, and may have several lines."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class ReadResult:
    """The forms of a text, its comments in source order, and what was wrong with it."""

    forms: tuple[Form, ...]
    comments: tuple[Comment, ...]
    diagnostics: tuple[Diagnostic, ...]
    depth: int  # deepest nesting of brackets and quotes
