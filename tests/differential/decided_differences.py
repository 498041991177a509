"""Where we have decided to differ from LispE: the random test steps around them.

Each has its smallest programs in ``regressions.py`` and a line in docs/differences.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from differential.generator import GLOBALS
from differential.programs import Program


def nodes_of(part: Any) -> Iterator[tuple[Any, ...]]:
    """Yield every tuple in a part of a program."""
    if isinstance(part, tuple):
        yield part
        for inner in part:
            yield from nodes_of(inner)


def code_of(program: Program) -> Iterator[tuple[Any, ...]]:
    """Yield what each function, method and rule does."""
    for function in program.functions:
        yield (function.parameters, function.body)
    for each in program.classes:
        yield from ((method.parameters, method.body) for method in each.methods)
    for pattern_function in program.patterns:
        yield from (body for _, body in pattern_function.rules)


def program_nodes(program: Program) -> Iterator[tuple[Any, ...]]:
    for code in code_of(program):
        yield from nodes_of(code)
    yield from nodes_of((program.globals, program.main))


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


def _hides_globals(code: tuple[Any, ...]) -> bool:
    return any(map(_is_global, (name for n in nodes_of(code) for name in _sets(n))))


def lambda_uses_a_hidden_global(program: Program) -> bool:
    return any(
        any(_is_global(name) for inner in nodes_of(node) for name in inner)
        for code in code_of(program)
        if _hides_globals(code)
        for node in nodes_of(code)
        if node[:1] == ("lambda",)
    )


def adds_to_a_hidden_global(program: Program) -> bool:
    return any(
        any(n[:1] == ("add",) and _is_global(n[1]) for n in nodes_of(code))
        for code in code_of(program)
        if _hides_globals(code)
    )


_LOOPS = {"while", "loop", "loopcount"}


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
        for code in code_of(program)
        for node in nodes_of(code)
        for inner in nodes_of(node)
    )


DECIDED: tuple[Callable[[Program], bool], ...] = (
    counts_computed_rounds,
    lambda_uses_a_hidden_global,
    adds_to_a_hidden_global,
    copies_a_global_that_changes,
)


def is_decided(program: Program) -> bool:
    return any(predicate(program) for predicate in DECIDED)
