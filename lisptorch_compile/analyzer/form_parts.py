"""The parts of special forms, as both passes need them, whatever their faults."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeGuard

from lisptorch_compile.catalogue.forms import UPDATE_OPERATORS
from lisptorch_compile.forms import (
    DictForm,
    Form,
    ListForm,
    Quote,
    SetForm,
    String,
    StringKind,
    Symbol,
)
from lisptorch_compile.spaces import MAIN

#: Names of nil and true; ``_`` and the like are read, never bound.
CONSTANTS = frozenset(("nil", "_", "false", "fail_", "true"))
LAMBDAS = frozenset(("lambda", "λ", "\\"))
#: Each defines one rule of a pattern function.
PATTERN_FORMS = ("defpat", "defpred", "defprol")
#: Each defines a function.
FUNCTION_FORMS = ("defun", "dethread", *PATTERN_FORMS)


def is_lambda(form: Form) -> bool:
    """Tell whether ``form`` is a lambda expression."""
    return (
        isinstance(form, ListForm)
        and bool(form.items)
        and isinstance(form.items[0], Symbol)
        and form.items[0].name in LAMBDAS
    )


def named_atom(form: Form) -> Quote | None:
    """Return ``(atom "red")`` as ``'red``; None: another form."""
    match form:
        case ListForm((Symbol("atom"), String(name, kind)), span) if (
            kind is not StringKind.BYTES
        ):
            return Quote(Symbol(name, span), span)
        case _:
            return None


def is_template(form: Form) -> TypeGuard[Quote]:
    """Tell whether a function is given as a quoted call with one argument missing: any
    quoted list but plain data (numbers, texts, lists)."""
    if not isinstance(form, Quote) or not isinstance(form.form, ListForm):
        return False
    names = [item for item in form.form.items if isinstance(item, Symbol)]
    return bool(names) and not is_lambda(form.form)


def targets(form: Form) -> tuple[Form, ...]:
    """Return the names that ``(setq form …)`` sets."""
    return form.items if isinstance(form, ListForm) else (form,)


def loop_counter(form: ListForm) -> tuple[Symbol | None, tuple[Form, ...]]:
    """Return the counter and the body of ``(loopcount n [[into] counter] body…)``."""
    rest = form.items[2:]
    if rest and isinstance(rest[0], Symbol) and rest[0].name == "into":
        rest = rest[1:]
    if rest and isinstance(rest[0], Symbol) and rest[0].name not in CONSTANTS:
        return rest[0], rest[1:]
    return None, rest


def let_pairs(form: ListForm) -> list[ListForm]:
    """Return the pairs ``(name value)`` of a ``let`` that look like some."""
    if len(form.items) < 2 or not isinstance(form.items[1], ListForm):
        return []
    return [p for p in form.items[1].items if isinstance(p, ListForm) and p.items]


def without_methods(items: Sequence[Form]) -> list[Form]:
    """Return the code in ``(torch (load p) (manual_seed n))``: not the methods' names."""
    result: list[Form] = []
    for item in items:
        if isinstance(item, ListForm) and isinstance(
            next(iter(item.items), None), Symbol
        ):
            result.extend(item.items[1:])
        else:
            result.append(item)
    return result


def imported_names(form: ListForm) -> tuple[Symbol, ...]:
    """Return the names that a ``pyimport`` binds."""
    match form.items[1:]:
        case (_, Symbol() as name):
            return (name,)
        case (_, ListForm(items)):
            return tuple([item for item in items if isinstance(item, Symbol)])
        case (Symbol(name, span),):
            return (Symbol(name.rpartition(".")[2], span),)
        case (String(name, _, span),):
            return (Symbol(name.rpartition(".")[2], span),)
        case _:
            return ()


def constant_name(form: Form) -> str | None:
    """Return the name of a module or library, written as a name or a text."""
    match form:
        case String(name) | Quote(Symbol(name)) | Symbol(name) | Quote(String(name)):
            return name
        case _:
            return None


def with_contexts(form: ListForm) -> list[tuple[Symbol | None, Form]]:
    """Return the names and context managers of a ``with``.

    ``(f (open p))`` has a name; ``(_ (lock))``, ``(lock)`` and ``(torch.device d)``, whose
    first name holds a dot, have none.
    """
    if len(form.items) < 2 or not isinstance(form.items[1], ListForm):
        return []
    return [_context(item) for item in form.items[1].items]


def _context(item: Form) -> tuple[Symbol | None, Form]:
    match item:
        case ListForm((Symbol(name) as symbol, context)) if "." not in name:
            return (None if name in CONSTANTS else symbol), context
        case _:
            return None, item


def code_within(form: Form) -> tuple[Form, ...]:
    """Return the forms directly in ``form`` that are code."""
    match form:
        case ListForm(items) | SetForm(items):
            return items
        case DictForm(entries, False):
            return tuple([part for entry in entries for part in entry])
        case Quote(quoted) if is_lambda(quoted):
            return (quoted,)
        case _:
            return ()


_SETTERS = frozenset(
    ("setq", "setqv", "label", "setq=", "loop", "lloop", "mloop", "multiloop")
    + ("polyloop", "whilein", *UPDATE_OPERATORS)
)


def assigned_by(form: Form) -> list[str]:
    """Return the names that ``form`` itself sets."""
    if not isinstance(form, ListForm) or len(form.items) < 2:
        return []
    head = form.items[0]
    if not isinstance(head, Symbol):
        return []
    if head.name in ("loopcount", "dotimes"):
        counter, _ = loop_counter(form)
        return [counter.name] if counter is not None else []
    if head.name == "pyimport":
        return [name.name for name in imported_names(form)]
    if head.name == "with":
        return [name.name for name, _ in with_contexts(form) if name is not None]
    if head.name in _SETTERS:
        return [t.name for t in targets(form.items[1]) if isinstance(t, Symbol)]
    return []


def constant_path(form: ListForm) -> str | None:
    """Return the path of a ``load``, relative to the file, when it is known."""
    match form.items[1:2]:
        case (String(path),):
            return path
        case (ListForm((Symbol("+"), Symbol("_current"), String(path))),):
            return path
        case _:
            return None


def loaded_into(form: ListForm) -> str | None:
    """Return the name space that a ``load`` puts functions into, None for the file's."""
    match form.items[2:]:
        case (Symbol(space) | Quote(Symbol(space)),) if space != MAIN:
            return space
        case _:
            return None
