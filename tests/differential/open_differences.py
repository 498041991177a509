"""Differences that are known and not mended yet: the random test steps around them.

Each has its smallest programs in ``test_differential.py``, marked as failing. Mending one
means to delete its predicate here and its marks there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from differential.generator import GLOBALS
from differential.programs import Function, Program


def nodes_of(part: Any) -> Iterator[tuple[Any, ...]]:
    """Yield every tuple in a part of a program."""
    if isinstance(part, tuple):
        yield part
        for inner in part:
            yield from nodes_of(inner)


def program_nodes(program: Program) -> Iterator[tuple[Any, ...]]:
    for function in program.functions:
        yield from nodes_of((function.parameters, function.body))
    yield from nodes_of((program.globals, program.main))


def _adds_what_it_sets(name: str, addend: tuple[Any, ...]) -> bool:
    """Whether ``addend`` may set ``name``: itself, in a function or in a lambda."""
    inner = [node for node in nodes_of(addend) if node and isinstance(node[0], str)]
    if any(name in (*_sets(node), *_sets_besides(node)) for node in inner):
        return True
    called = {node[1] for node in inner if node[0] == "call"}
    if any(each.split("_")[0] in ("h0", "h1", "run", "fire") for each in called):
        return True
    lambdas = any(node[0] in ("apply", "map") for node in inner)
    return lambdas or (_is_global(name) and bool(called))


def adds_what_has_effects(program: Program) -> bool:
    """Whether the addend of a ``+=`` may set the variable."""
    return any(
        node[:1] == ("add",) and _adds_what_it_sets(node[1], node[2])
        for node in program_nodes(program)
    )


def counts_computed_rounds(program: Program) -> bool:
    return any(
        n[:1] == ("loopcount",) and n[1][0] != "int" for n in program_nodes(program)
    )


def _is_global(name: Any) -> bool:
    return isinstance(name, str) and name.split("_")[0] in GLOBALS


def _sets(node: tuple[Any, ...]) -> list[str]:
    match node:
        case ("set" | "loop", name, *_):
            return [name]
        case ("unpack", names, _):
            return list(names)
    return []


def _sets_besides(node: tuple[Any, ...]) -> list[str]:
    match node:
        case ("add" | "setg", name, *_) | ("loopcount", _, str(name), *_):
            return [name]
    return []


def _hides_globals(function: Function) -> bool:
    return any(
        map(_is_global, (name for n in nodes_of(function.body) for name in _sets(n)))
    )


def lambda_uses_a_hidden_global(program: Program) -> bool:
    return any(
        any(_is_global(name) for inner in nodes_of(node) for name in inner)
        for function in program.functions
        if _hides_globals(function)
        for node in nodes_of(function.body)
        if node[:1] == ("lambda",)
    )


def adds_to_a_hidden_global(program: Program) -> bool:
    return any(
        any(n[:1] == ("add",) and _is_global(n[1]) for n in nodes_of(function.body))
        for function in program.functions
        if _hides_globals(function)
    )


def negates_twice(program: Program) -> bool:
    return any(
        n[:1] == ("not",) and n[1][:1] == ("not",) for n in program_nodes(program)
    )


def loops_over_a_map(program: Program) -> bool:
    return any(
        n[:1] == ("loop",) and n[2][:1] == ("map",) for n in program_nodes(program)
    )


_LOOPS = {"while", "loop", "loopcount"}


def loop_ends_in_a_call(program: Program) -> bool:
    """Whether a loop ends in the call of a function that may end in an effect."""
    valued = ("int", "get", "op", "list", "at", "size", "true")
    effects = {
        f.name for f in program.functions if f.body and f.body[-1][0] not in valued
    }
    return any(
        inner[:1] == ("call",) and inner[1] in effects
        for node in program_nodes(program)
        if node and node[0] in _LOOPS
        for inner in nodes_of(node[-1])
    )


_PARTIAL = {
    "if",
    "cond",
    "check",
    "ncheck",
    "and",
    "or",
    "andvalue",
    "select",
    "maybe",
} | _LOOPS


def copies_a_global_that_changes(program: Program) -> bool:
    """Whether a path may copy a global to the local that hides it, and the global changes.

    Where only one of two paths sets the local, the other copies the global where they join
    (before a loop or a ``maybe``); LispE would go on reading the global.
    """
    changes = any(n[:1] in (("setg",), ("add",)) for n in program_nodes(program))
    return changes and any(
        node and node[0] in _PARTIAL and any(map(_is_global, _sets(inner)))
        for function in program.functions
        for node in nodes_of(function.body)
        for inner in nodes_of(node)
    )


OPEN: tuple[Callable[[Program], bool], ...] = (
    adds_what_has_effects,
    counts_computed_rounds,
    lambda_uses_a_hidden_global,
    adds_to_a_hidden_global,
    negates_twice,
    loops_over_a_map,
    loop_ends_in_a_call,
    copies_a_global_that_changes,
)


def is_open(program: Program) -> bool:
    return any(predicate(program) for predicate in OPEN)
