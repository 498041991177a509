"""What the fields of records take."""

from __future__ import annotations

from collections.abc import Sequence

from lisptorch_compile.catalogue.model import ANY, FLOAT, INT, TEXT, UNKNOWN, Fact
from lisptorch_compile.fact_rules import data_fact, stored
from lisptorch_compile.facts.base import Inference
from lisptorch_compile.forms import Form, ListForm, Symbol
from lisptorch_compile.pattern_facts import narrowed
from lisptorch_compile.scope import Binding

#: What the fields of records take that are declared so.
_TAKEN = {"integer_": INT, "number_": INT | FLOAT, "string_": TEXT}


def record_made(inference: Inference, binding: Binding, values: Sequence[Fact]) -> None:
    """Note what the fields of a record get; each takes no more than it declares."""
    parts = inference.facts.classes.parts[binding]
    constraints = inference.facts.classes.records[binding].fields
    for part, constraint, fact in zip(parts, constraints, values, strict=False):
        if isinstance(constraint, str):
            fact = narrowed(stored(fact), _TAKEN.get(constraint, ANY))
        inference.assign(part, fact)


def quoted_record(inference: Inference, datum: Form) -> None:
    """``'(Point 1 2)`` is a record; of a list that the program makes from the name
    itself, nothing is known."""
    facts = inference.facts
    names = facts.classes.record_names
    match datum:
        case ListForm((Symbol(name), *items)) if name in names:
            record_made(inference, names[name], [data_fact(item) for item in items])
            if facts.classes.quoted_record(datum) is None:
                facts.listed_records.add(names[name])
        case ListForm(items):
            pass
        case _:
            items = [datum]
    for item in items:
        if isinstance(item, Symbol) and item.name in names:
            facts.listed_records.add(names[item.name])
            any_record(inference, names[item.name])
        elif isinstance(item, Symbol) and item.name in facts.classes.group_names:
            facts.named_groups.add(item.name)


def any_record(inference: Inference, binding: Binding) -> None:
    """Note that the fields of a type may get anything."""
    for part in inference.facts.classes.parts[binding]:
        inference.assign(part, UNKNOWN)
