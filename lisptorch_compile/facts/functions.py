"""Facts of definitions of functions, those by patterns among them."""

from __future__ import annotations

from functools import partial

from lisptorch_compile.catalogue.model import (
    BOOL,
    FUNCTION,
    INSTANCE,
    LIST,
    NIL,
    NOTHING,
    SYMBOL,
    UNKNOWN,
    Fact,
)
from lisptorch_compile.fact_rules import joined, stored
from lisptorch_compile.facts import classes, passing
from lisptorch_compile.facts.base import Inference
from lisptorch_compile.names import spell_field
from lisptorch_compile.nodes import Choice, FunctionDef, Instance, PatternFunction, Rule
from lisptorch_compile.pattern_facts import bound_facts
from lisptorch_compile.patterns import conditions

_NIL = Fact(NIL, NOTHING)
_TRUE = Fact(BOOL, NOTHING)


def function(inference: Inference, node: FunctionDef) -> Fact:
    """Return the fact of a function as a value, with its result noted."""
    known = node.binding not in inference.facts.escaping
    outside = node.binding in inference.facts.called_outside
    for parameter in node.parameters:
        # what Python's callers give instead of a default is anything
        by_default = parameter.optional or parameter.default is not None
        known_here = known and not (outside and by_default)
        passing.declared(inference, parameter, known=known_here)
    inference.owners.append(node.binding)
    inference.returns(inference.body(node.body))
    if node.threaded:
        inference.returns(_TRUE)
    inference.owners.pop()
    return Fact(FUNCTION, NOTHING)


def pattern_function(inference: Inference, node: PatternFunction) -> Fact:
    """Return the fact of a pattern function as a value, with its result noted."""
    if node.binding in inference.facts.escaping:
        for parameter in node.parameters:
            inference.assign(parameter.binding, UNKNOWN)
    for rule in node.rules:
        _bind_patterns(inference, node, rule)
        for test in conditions(rule.patterns):
            inference.fact(test)
        inference.owners.append(node.binding)
        value = inference.body(rule.body)
        inference.returns(_chosen(node.choice, value))
        inference.owners.pop()
    return Fact(FUNCTION, NOTHING)


def _bind_patterns(inference: Inference, node: PatternFunction, rule: Rule) -> None:
    fields_of = partial(_fields_of, inference)
    for parameter, pattern in zip(node.parameters, rule.patterns, strict=False):
        place = inference.aliases.of_variable(parameter.binding)
        subject = inference.within(inference.variable(parameter.binding), place)
        inference.facts.arguments[parameter.binding] = subject
        for binding, fact in bound_facts(pattern, subject, fields_of):
            inference.assign(binding, fact)


def _fields_of(inference: Inference, pattern: Instance) -> list[Fact]:
    """Return what is known of the fields of an instance that a pattern takes apart."""
    table = inference.facts.classes
    if pattern.type in table.classes:
        fields = table.classes[pattern.type].fields
        names = [spell_field(field.attribute) for field in fields]
        facts = [classes.attribute(inference, Fact(INSTANCE), name) for name in names]
    else:
        members = [pattern.type] if pattern.type in table.parts else []
        members += [m for m, group in table.groups.items() if group is pattern.type]
        rows = [table.parts[member] for member in members]
        facts = [
            joined([inference.variable(row[i]) for row in rows if i < len(row)])
            for i in range(max(map(len, rows), default=0))
        ]
        if inference.shuffled:
            facts = [joined([Fact(SYMBOL, NOTHING), *facts])] * len(facts)
        facts = [_put_into(inference, fact) for fact in facts]
    unknown = len(pattern.fields) - len(facts)
    return facts + [UNKNOWN] * unknown


def _put_into(inference: Inference, fact: Fact) -> Fact:
    """What is known of a field, with what may have been put into the record: it is a
    list, and we do not follow where it is."""
    put = inference.places.kinds_put(inference.aliases.world)
    return inference.filled(
        Fact(fact.kinds | put, fact.elements), inference.aliases.world
    )


def _chosen(choice: Choice, value: Fact) -> Fact:
    """Return what a pattern function yields for a rule whose body has the fact ``value``."""
    match choice:
        case Choice.FIRST:
            return value
        case Choice.FIRST_TRUE:
            return value.join(_NIL)
        case Choice.ALL_TRUE:
            return Fact(LIST, stored(value).kinds)
