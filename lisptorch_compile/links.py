"""``(link "→" 'setq)``: from there on, the reader's text means one name by another."""

from __future__ import annotations

from collections.abc import Sequence

from lisptorch_compile.diagnostics import Diagnostic, diagnose
from lisptorch_compile.forms import (
    DictForm,
    Form,
    ListForm,
    Quote,
    SetForm,
    String,
    Symbol,
)


def linked(forms: Sequence[Form], diagnostics: list[Diagnostic]) -> tuple[Form, ...]:
    """Return the forms of a file without its links, each name as what it is linked to."""
    names: dict[str, str] = {}
    result: list[Form] = []
    for form in forms:
        if _is_link(form):
            pair = _pair(form)
            if pair is None:
                diagnostics.append(diagnose("LT0126", form.span))
            else:
                name, target = pair
                names[name] = names.get(target, target)
        elif names:
            result.append(_renamed(form, names))
        else:
            result.append(form)
    return tuple(result)


def _is_link(form: Form) -> bool:
    match form:
        case ListForm((Symbol("link"), *_)):
            return True
        case _:
            return False


def _pair(form: Form) -> tuple[str, str] | None:
    match form:
        case ListForm((_, String(name), Symbol(target) | Quote(Symbol(target)))):
            return name, target
        case ListForm((_, Quote(Symbol(name)), Symbol(target) | Quote(Symbol(target)))):
            return name, target
        case _:
            return None


def _renamed(form: Form, names: dict[str, str]) -> Form:
    match form:
        case Symbol(name, span):
            return Symbol(names[name], span) if name in names else form
        case ListForm(items, span):
            return ListForm(tuple([_renamed(item, names) for item in items]), span)
        case Quote(inner, span):
            return Quote(_renamed(inner, names), span)
        case SetForm(items, span):
            return SetForm(tuple([_renamed(item, names) for item in items]), span)
        case DictForm(entries, constant, span):
            pairs = [(_renamed(k, names), _renamed(v, names)) for k, v in entries]
            return DictForm(tuple(pairs), constant, span)
        case _:
            return form
