"""Forms that stand in several places, after macros, made forms of their own."""

from __future__ import annotations

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


def unshared(forms: tuple[Form, ...]) -> tuple[Form, ...]:
    """Return equal forms in which every list is an object of its own.

    The analysis knows a lambda by its object; a macro may have put one lambda into
    several places.
    """
    return tuple([_copy(form) for form in forms])


def _copy(form: Form) -> Form:
    match form:
        case Symbol() | Number() | String():
            return form
        case Quote(inner, span):
            return Quote(_copy(inner), span)
        case ListForm(items, span):
            return ListForm(tuple([_copy(item) for item in items]), span)
        case SetForm(items, span):
            return SetForm(tuple([_copy(item) for item in items]), span)
        case DictForm(entries, constant, span):
            copies = [(_copy(key), _copy(value)) for key, value in entries]
            return DictForm(tuple(copies), constant, span)
