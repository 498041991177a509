"""What parameters get of the calls, and what the calls give."""

from __future__ import annotations

from collections.abc import Sequence

from lisptorch_compile.catalogue.model import (
    ANY,
    BOTTOM,
    FUNCTION,
    LIST,
    NIL,
    NOTHING,
    UNKNOWN,
    Fact,
)
from lisptorch_compile.fact_rules import joined, stored
from lisptorch_compile.facts.base import Inference
from lisptorch_compile.facts.filled import NONE
from lisptorch_compile.nodes import (
    Call,
    Lambda,
    Named,
    Node,
    Parameter,
    Send,
    SuperCall,
)
from lisptorch_compile.scope import Binding

_NIL = Fact(NIL, NOTHING)


def declared(inference: Inference, parameter: Parameter, *, known: bool) -> None:
    """Note what a parameter is without the calls that we see; unless ``known``, there are
    others."""
    if parameter.rest:
        inference.assign(parameter.binding, Fact(LIST))
        inference.made_at(inference.aliases.of_variable(parameter.binding), ANY)
    elif not known:
        inference.assign(parameter.binding, UNKNOWN)
    if parameter.default is not None:
        inference.assign(parameter.binding, inference.fact(parameter.default))
    elif parameter.optional:
        inference.assign(parameter.binding, _NIL)


def lambda_result(
    inference: Inference, node: Lambda, arguments: Sequence[Fact] | None
) -> Fact:
    """Return the fact of the result, of parameters that have the facts of ``arguments``;
    None for anything."""
    for index, parameter in enumerate(node.parameters):
        fits = arguments is not None and index < len(arguments)
        fact = arguments[index] if arguments is not None and fits else UNKNOWN
        inference.assign(parameter.binding, fact)
    if node.itself is not None:
        inference.assign(node.itself, Fact(FUNCTION, NOTHING))
    inference.owners.append(node.itself)
    filled, inference.nonempty = (
        inference.nonempty,
        NONE,
    )  # it may be called at any time
    result = inference.body(node.body)
    inference.nonempty = filled
    inference.owners.pop()
    inference.facts.nodes[id(node)] = Fact(FUNCTION, NOTHING)
    return result


def given_away(inference: Inference, arguments: Sequence[Fact]) -> None:
    """Code that we do not see may put any argument into another, or into the object
    whose method it is: ``(heapq.heappush queue item)``, ``(l.append x)``."""
    inference.puts(
        inference.aliases.world, joined([stored(fact) for fact in arguments]).kinds
    )


def result_of(inference: Inference, function: Binding) -> Fact:
    """Return what a function is known to return."""
    fact = inference.facts.results.get(function, BOTTOM)
    return inference.filled(fact, inference.aliases.of_result(function))


def run(
    inference: Inference, node: Call | Send | SuperCall, arguments: Sequence[Fact]
) -> Fact:
    """Pass arguments to all functions that a call may mean; what they return."""
    result = BOTTOM
    for binding in inference.facts.classes.callees(node):
        function = inference.facts.functions.get(binding)
        if function is None:
            return UNKNOWN
        pass_arguments(inference, function.parameters, node.arguments, arguments)
        result = result.join(result_of(inference, binding))
    return result


def pass_arguments(
    inference: Inference,
    parameters: Sequence[Parameter],
    given: Sequence[Node | Named],
    arguments: Sequence[Fact],
) -> None:
    """Let the parameters have the facts of the arguments of a call."""
    names = {p.binding.name: p.binding for p in parameters}
    for index, (argument, fact) in enumerate(zip(given, arguments, strict=True)):
        if not isinstance(argument, Node):  # named
            if argument.name in names:
                inference.assign(names[argument.name], fact)
        elif index < len(parameters):
            parameter = parameters[index]
            if not parameter.rest:
                inference.assign(parameter.binding, fact)
