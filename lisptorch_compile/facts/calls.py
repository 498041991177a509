"""Facts of calls of what is no builtin."""

from __future__ import annotations

from lisptorch_compile.catalogue.model import (
    INSTANCE,
    LIST,
    MODULE,
    OBJECT,
    SYMBOL,
    UNKNOWN,
    Fact,
)
from lisptorch_compile.fact_rules import foreign_yields, joined
from lisptorch_compile.facts import classes, passing, records
from lisptorch_compile.facts.base import Inference
from lisptorch_compile.nodes import Attribute, Call, Lambda, Node, Variable
from lisptorch_compile.walk import argument_value


def call(inference: Inference, node: Call) -> Fact:
    """Return what a call of a function, class or value gives."""
    if isinstance(node.function, Attribute) and inference.facts.classes.callees(node):
        return classes.method_call(inference, node, inference.fact(node.function.value))
    arguments = [
        inference.fact(argument_value(argument)) for argument in node.arguments
    ]
    match node.function:
        case Variable(binding) if binding in inference.facts.classes.classes:
            one = inference.facts.classes.classes[binding]
            parameters = [field.parameter for field in one.fields]
            passing.pass_arguments(inference, parameters, node.arguments, arguments)
            foreign = binding in inference.facts.classes.foreign
            return Fact(MODULE | OBJECT if foreign else INSTANCE)
        case Variable(binding) if binding in inference.facts.classes.records:
            records.record_made(inference, binding, arguments)
            return Fact(LIST, SYMBOL | joined(arguments).kinds)
        case Variable(binding) if binding in inference.facts.functions:
            result = passing.run(inference, node, arguments)
            return UNKNOWN if binding in inference.facts.replaced else result
        case Lambda():
            return passing.lambda_result(inference, node.function, arguments)
        case Attribute(_, name):
            inference.fact(node.function)
            passing.given_away(inference, arguments)
            return foreign_yields(name)
        case _:
            inference.fact(node.function)
            if _is_foreign(inference, node.function):
                passing.given_away(inference, arguments)
            return UNKNOWN


def _is_foreign(inference: Inference, function: Node) -> bool:
    return (
        isinstance(function, Variable) and function.binding in inference.facts.imported
    )
