"""Facts of classes: their fields, and calls of methods by their names."""

from __future__ import annotations

from lisptorch_compile.catalogue.model import (
    BOTTOM,
    FUNCTION,
    INSTANCE,
    MODULE,
    NOTHING,
    OBJECT,
    TENSOR,
    UNKNOWN,
    Fact,
)
from lisptorch_compile.fact_rules import joined
from lisptorch_compile.facts import passing
from lisptorch_compile.facts.base import Inference
from lisptorch_compile.nodes import Call, ClassDef, Send, SuperCall, Variable
from lisptorch_compile.walk import argument_value


def class_definition(inference: Inference, node: ClassDef) -> Fact:
    """Return the fact of a class as a value, with its fields and methods noted."""
    known = node.binding not in inference.facts.escaping
    for each in node.fields:
        passing.declared(inference, each.parameter, known=known)
        binding = each.parameter.binding
        inference.assign(each.attribute, inference.facts.variables.get(binding, BOTTOM))
        if each.inherited and not _knows_parent(inference, node):
            inference.assign(each.attribute, UNKNOWN)
    for method in node.methods:
        inference.fact(method)
    return Fact(FUNCTION, NOTHING)


def _knows_parent(inference: Inference, node: ClassDef) -> bool:
    base = node.base
    return (
        isinstance(base, Variable) and base.binding in inference.facts.classes.classes
    )


def method_call(
    inference: Inference, node: Call | Send | SuperCall, receiver: Fact
) -> Fact:
    """Return what a call of a method by its name gives."""
    arguments = [
        inference.fact(argument_value(argument)) for argument in node.arguments
    ]
    if isinstance(node, Send):
        inference.fact(node.receiver)
    methods = inference.facts.classes.callees(node)
    result = passing.run(inference, node, arguments) if methods else UNKNOWN
    # what is no instance has no such method, unless it is an object of Python
    others = receiver.kinds & (OBJECT | MODULE | TENSOR)
    if not others & (inference.facts.universe | inference.made):
        return result
    if isinstance(node, Call | Send):
        passing.given_away(inference, arguments)
    return UNKNOWN


def attribute(inference: Inference, value: Fact, name: str) -> Fact:
    """Return what the field of an instance holds; a method is a function."""
    attributes = inference.facts.classes.fields.get(name)
    if not value.only(INSTANCE) or attributes is None:
        return UNKNOWN
    return joined([inference.variable(binding) for binding in attributes])


def set_field(inference: Inference, name: str, fact: Fact) -> None:
    """Note that fields of a name, of any class, may get a value."""
    for binding in inference.facts.classes.fields.get(name, ()):
        inference.assign(binding, fact)


def set_unknown_field(inference: Inference) -> None:
    """Note that any field may get anything."""
    for name in inference.facts.classes.fields:
        set_field(inference, name, UNKNOWN)
