"""What becomes of the rests of lists that patterns bind.

``case [x, *rest]`` gives a plain Python list, which must become a List where LispE code
sees it as a value of its own. Where it is only walked, measured, or handed to a pattern
function that takes it apart again, it may stay plain.
"""

from __future__ import annotations

from lisptorch_compile.catalogue.model import ROLES, parse_parameters
from lisptorch_compile.nodes import (
    Anything,
    BuiltinCall,
    Call,
    Capture,
    Empty,
    For,
    Node,
    Pattern,
    PatternFunction,
    Same,
    Sequence,
    Update,
    Variable,
)
from lisptorch_compile.patterns import bindings, within
from lisptorch_compile.records import record
from lisptorch_compile.scope import Binding
from lisptorch_compile.walk import children

#: Builtins that read a list and give something else.
_READERS = frozenset(
    ("print", "println", "printerr", "printerrln", "string", "join", "size", "@", "car")
    + (
        "sum",
        "product",
        "max",
        "min",
        "in",
        "find",
        "findall",
        "count",
        "nullp",
        "last",
    )
    + ("emptyp", "map", "mapcar", "maplist", "filter", "filterlist", "foldl", "foldr")
)


def rests(functions: list[PatternFunction]) -> tuple[set[Binding], set[Binding]]:
    """Return the variables of patterns that nothing reads, and the rests of lists that may
    stay plain."""
    found = {
        rest.binding
        for function in functions
        for rule in function.rules
        for pattern in rule.patterns
        for rest in _rests_in(pattern)
    }
    uses = _uses(functions)
    plain = found | _whole_arguments(functions)
    while True:
        places = {f.binding: _taken_apart(f, plain) for f in functions}
        fewer = {
            binding
            for binding in plain
            if all([_reads_plain(use, places) for use in uses.get(binding, [])])
        }
        if fewer == plain:
            return _bound(functions) - uses.keys(), found & plain
        plain = fewer


@record
class _Use:
    """A variable as part ``index`` of a node; None: its value is that of a rule."""

    node: Node | None
    index: int
    variable: Variable


def _uses(functions: list[PatternFunction]) -> dict[Binding, list[_Use]]:
    uses: dict[Binding, list[_Use]] = {}
    stack: list[Node] = []
    for function in functions:
        for node in children(function):
            stack.append(node)
            if isinstance(node, Variable):
                uses.setdefault(node.binding, []).append(_Use(None, 0, node))
    while stack:
        node = stack.pop()
        below = children(node)
        if isinstance(node, Update):  # reads what it changes
            own = Variable(node.binding, node.span)
            uses.setdefault(node.binding, []).append(_Use(node, len(below), own))
        for index, child in enumerate(below):
            if isinstance(child, Variable):
                uses.setdefault(child.binding, []).append(_Use(node, index, child))
        stack.extend(below)
    return uses


def _bound(functions: list[PatternFunction]) -> set[Binding]:
    """Return the variables that stand just once in the patterns of a rule."""
    found: set[Binding] = set()
    for function in functions:
        for rule in function.rules:
            parts = [part for p in rule.patterns for part in within(p)]
            again = {part.binding for part in parts if isinstance(part, Same)}
            found |= set(bindings(rule.patterns)) - again
    return found


def _rests_in(pattern: Pattern) -> list[Capture]:
    parts = [part for part in within(pattern) if isinstance(part, Sequence)]
    return [part.rest for part in parts if isinstance(part.rest, Capture)]


def _whole_arguments(functions: list[PatternFunction]) -> set[Binding]:
    return {
        pattern.binding
        for function in functions
        for rule in function.rules
        for pattern in rule.patterns
        if isinstance(pattern, Capture)
    }


def _taken_apart(function: PatternFunction, plain: set[Binding]) -> set[int]:
    """Return the places of the arguments that no rule needs as a List."""
    places = set(range(len(function.parameters)))
    for rule in function.rules:
        for place, pattern in enumerate(rule.patterns):
            kept = isinstance(pattern, Capture) and pattern.binding not in plain
            if kept or not isinstance(pattern, Sequence | Empty | Anything | Capture):
                places.discard(place)
    return places


def _reads_plain(use: _Use, places: dict[Binding, set[int]]) -> bool:
    """Tell whether a node does with a plain list what it does with a List."""
    match use.node:
        case Call(Variable(callee)) if callee in places:
            return use.index - 1 in places[callee]
        case For(_, _, iterables):
            return any([use.variable is iterable for iterable in iterables])
        case BuiltinCall(builtin):
            return builtin.name in _READERS or all(
                [_takes_plain(o.parameters, use.index) for o in builtin.overloads]
            )
        case _:
            return False


def _takes_plain(parameters: str, place: int) -> bool:
    known = parse_parameters(parameters)
    return place < len(known) and ROLES[known[place].role].plain
