"""Questions about the patterns of rules: their parts, the names they bind, their code."""

from __future__ import annotations

from lisptorch_compile.nodes import (
    Capture,
    Condition,
    Elements,
    Instance,
    Kleene,
    Mapping,
    Node,
    Pattern,
    Sequence,
    TypeTest,
)
from lisptorch_compile.scope import Binding


def parts(pattern: Pattern | Kleene) -> tuple[Pattern | Kleene, ...]:
    """Return the patterns directly in a pattern."""
    match pattern:
        case TypeTest(_, inner) | Condition(inner):
            return (inner,)
        case Kleene(_, item):
            return () if item is None else (item,)
        case Sequence(items, rest) | Elements(items, rest):
            return items if rest is None else (*items, rest)
        case Instance(_, fields):
            return fields
        case Mapping(entries, rest):
            both = tuple([part for entry in entries for part in entry])
            return both if rest is None else (*both, rest)
        case _:
            return ()


def within(pattern: Pattern | Kleene) -> list[Pattern | Kleene]:
    """Return a pattern and all patterns in it, from left to right."""
    found: list[Pattern | Kleene] = [pattern]
    for part in parts(pattern):
        found.extend(within(part))
    return found


def bindings(patterns: tuple[Pattern, ...]) -> tuple[Binding, ...]:
    """Return the variables that the patterns of one rule bind, each once."""
    found: dict[Binding, None] = {}
    pending: list[Pattern | Kleene] = list(reversed(patterns))
    while pending:
        match pending.pop():
            case Capture(binding) | Kleene(_, _, Binding() as binding):
                found[binding] = None
            case Kleene():
                pass  # what it binds to one element is nobody else's
            case pattern:
                pending.extend(reversed(parts(pattern)))
    return tuple(found)


def conditions(patterns: tuple[Pattern, ...]) -> tuple[Node, ...]:
    """Return the code in patterns: the tests of their conditions."""
    inner = [part for pattern in patterns for part in within(pattern)]
    return tuple([part.test for part in inner if isinstance(part, Condition)])


def whole(pattern: Pattern) -> Binding | None:
    """Return the variable that a pattern binds to the value as a whole."""
    match pattern:
        case Capture(binding):
            return binding
        case Condition(inner) | TypeTest(_, inner):
            return whole(inner)
        case _:
            return None
