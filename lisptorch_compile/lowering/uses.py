"""Variables whose values serve one purpose alone, and can be written for it."""

from __future__ import annotations

from collections.abc import Callable

from lisptorch_compile.catalogue.model import parse_parameters
from lisptorch_compile.facts import Facts
from lisptorch_compile.nodes import (
    Assign,
    BuiltinCall,
    Node,
    Program,
    Update,
    Variable,
)
from lisptorch_compile.scope import Binding
from lisptorch_compile.walk import argument_value, children


def serving(
    program: Program,
    facts: Facts,
    made: Callable[[Node], bool],
    used: Callable[[BuiltinCall, int], bool],
) -> set[Binding]:
    """Return the variables that are assigned once, a value that is ``made``, and stand only
    as arguments of builtins that are ``used``, by the argument's place."""
    if not any([made(value) for value in facts.assigned]):
        return set()
    candidates: set[Binding] = set()
    others: set[Binding] = set()
    stack: list[Node] = list(program.body)
    while stack:
        node = stack.pop()
        below = children(node)
        match node:
            case Assign(binding, value):
                fits = made(value) and binding not in candidates
                (candidates if fits else others).add(binding)
            case Update(_, binding) | Variable(binding):
                others.add(binding)
            case BuiltinCall(_, arguments):
                below = tuple(
                    [
                        argument_value(argument)
                        for place, argument in enumerate(arguments)
                        if not (
                            isinstance(argument_value(argument), Variable)
                            and used(node, place)
                        )
                    ]
                )
        stack.extend(below)
    return candidates - others


def has_role(call: BuiltinCall, place: int, role: str) -> bool:
    """Tell whether some overload of a builtin takes the argument at ``place`` in a role."""
    for overload in call.builtin.overloads:
        parameters = parse_parameters(overload.parameters)
        if place < len(parameters) and parameters[place].role == role:
            return True
    return False


def tensor_shapes(program: Program, facts: Facts) -> set[Binding]:
    """Return the variables that hold a tensor's shape to index it or make another of it:
    ``shape = x.shape``, without a list of LispE around it."""

    def made(value: Node) -> bool:
        return isinstance(value, BuiltinCall) and value.builtin.name == "torch_shape"

    def used(call: BuiltinCall, place: int) -> bool:
        if call.builtin.name in ("@", "size"):
            return place == 0 and len(call.arguments) <= 2
        return has_role(call, place, "shape")

    return serving(program, facts, made, used)
