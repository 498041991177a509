"""The parts of a ``class@`` form, as both passes need them, whatever its faults."""

from __future__ import annotations

from lisptorch_compile.forms import Form, ListForm, String, StringKind, Symbol
from lisptorch_compile.records import record

#: What defines a method, one rule of it or all.
METHOD_FORMS = frozenset(("defun", "defpat", "defpred", "defprol"))

_MEMBERS = METHOD_FORMS | {"from@"}


@record
class ClassParts:
    """``fields`` None: the class has no list of fields of its own."""

    name: Symbol
    fields: ListForm | None
    parent: Form | None
    docstring: str | None
    members: tuple[Form, ...]


def class_parts(form: ListForm) -> ClassParts | None:
    """Return the parts of ``(class@ Name (field…) (from@ Parent) definition…)``; None: it
    has no name.

    >>> from lisptorch_compile.diagnostics import Span
    >>> name = Symbol("A", Span(8, 9))
    >>> class_parts(ListForm((Symbol("class@", Span(1, 7)), name), Span(0, 10))).fields
    """
    if len(form.items) < 2 or not isinstance(form.items[1], Symbol):
        return None
    name, rest = form.items[1], list(form.items[2:])
    fields: ListForm | None = None
    match rest:
        case [ListForm() as first, *_] if not _is_member(first):
            fields = first
            rest.pop(0)
    parent: Form | None = None
    match rest:
        case [ListForm((Symbol("from@"), *given)) as first, *_]:
            parent = given[0] if given else first
            rest.pop(0)
    docstring: str | None = None
    match rest:
        case [String(text, kind), *_] if kind is not StringKind.BYTES:
            docstring = text
            rest.pop(0)
    return ClassParts(name, fields, parent, docstring, tuple(rest))


def is_method(form: Form) -> bool:
    """Tell whether a member of a class defines a method."""
    return (
        isinstance(form, ListForm)
        and _head(form) in METHOD_FORMS
        and len(form.items) > 2
        and isinstance(form.items[1], Symbol)
    )


def _is_member(form: ListForm) -> bool:
    """Tell a definition from a list of fields, whose first may have any name."""
    return _head(form) in _MEMBERS and len(form.items) > 1


def _head(form: Form) -> str | None:
    if isinstance(form, ListForm) and form.items and isinstance(form.items[0], Symbol):
        return form.items[0].name
    return None
