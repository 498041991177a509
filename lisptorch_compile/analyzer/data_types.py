"""``data@``: types of records, alone or in a group.

(data@ [Point integer_ integer_] [Circle [Point _ _] _])
(data@ Shape [Triangle _ _ _] [Square _])
"""

from __future__ import annotations

from collections.abc import Sequence

from lisptorch_compile.analyzer.context import Analyzer, Handler, nothing
from lisptorch_compile.analyzer.data_parts import data_parts, descriptor_name
from lisptorch_compile.analyzer.shape import shape_error
from lisptorch_compile.forms import Form, ListForm, Symbol
from lisptorch_compile.nodes import (
    Constraint,
    DataDef,
    DataType,
    NestedConstraint,
    Node,
)


def data(analyzer: Analyzer, form: ListForm, tail: bool) -> Node:
    """``(data@ [Group] descriptor…)``."""
    if analyzer.depth > 1:
        analyzer.report("LT0216", form.span, kind="data type", name="data@")
        return nothing(form.span)
    group, descriptors = data_parts(form)
    types = [
        each
        for descriptor in descriptors
        if (each := _data_type(analyzer, form, descriptor)) is not None
    ]
    name = None
    known = None if group is None else analyzer.survey.types.get(group.name)
    if group is not None and known is not None and analyzer.may_bind(group):
        name = known.binding
    return DataDef(name, tuple(types), form.span)


def _data_type(analyzer: Analyzer, form: ListForm, descriptor: Form) -> DataType | None:
    name = descriptor_name(descriptor)
    known = None if name is None else analyzer.survey.types.get(name.name)
    if name is None or known is None:  # (data a), which defines nothing
        shape_error(analyzer, form, "a descriptor [Name field …]", descriptor)
        return None
    if not analyzer.may_bind(name):
        return None
    items = descriptor.items[1:] if isinstance(descriptor, ListForm) else ()
    fields = _constraints(analyzer, form, items)
    return DataType(known.binding, fields, descriptor.span)


def _constraints(
    analyzer: Analyzer, form: ListForm, items: Sequence[Form]
) -> tuple[Constraint, ...]:
    return tuple([_constraint(analyzer, form, item) for item in items])


def _constraint(analyzer: Analyzer, form: ListForm, item: Form) -> Constraint:
    match item:
        case Symbol("_" | "nil"):
            return None
        case Symbol(name) if name in analyzer.survey.types:
            return analyzer.survey.types[name].binding
        case Symbol(name):
            return name
        case ListForm((Symbol(name), *rest)) if name in analyzer.survey.types:
            known = analyzer.survey.types[name]
            inner = _constraints(analyzer, form, rest)
            if known.fields == len(inner) and not any(inner):
                return known.binding
            return NestedConstraint(known.binding, inner)
        case ListForm(items):
            return NestedConstraint(None, _constraints(analyzer, form, items))
        case _:
            expected = "_, an atom or a data type for a field"
            shape_error(analyzer, form, expected, item)
            return None


FORMS: dict[str, Handler] = {"data@": data}
