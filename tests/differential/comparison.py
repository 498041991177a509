"""Comparing what compiled programs do with what the interpreter says they mean."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from differential.generator import random_program
from differential.interpreter import Interpreter, Meaningless
from differential.programs import (
    Function,
    Program,
    compared_globals,
    module_text,
    names_in,
    renamed,
)
from lisptorch_compile.pipeline import Options, compile_text
from lisptorch_compile.runtime import Record

#: Without black, and without reading the output back: other tests do that.
OPTIONS = Options(format=False, self_check=False)

#: Programs in one module; the compiler's fixed costs are shared.
BATCH = 25


@dataclass(frozen=True, slots=True)
class Difference:
    """A program whose compiled form does something else; ``name`` repeats it."""

    name: str
    program: Program
    expected: Any
    actual: Any

    def __str__(self) -> str:
        source = module_text([self.program])
        return (
            f"{self.name}\n{source}\n{python_of([self.program])}\n"
            f"expected: {self.expected}\nactual:   {self.actual}"
        )


def plain(value: Any) -> Any:
    """Return the value with nil and true told from numbers, and False taken for nil."""
    if value is True:
        return "true"
    if value is None or value is False:
        return "nil"
    if isinstance(value, Record):
        return [plain(item) for item in value[1:]]  # without the name of its type
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return [[key, plain(item)] for key, item in sorted(value.items())]
    return value if isinstance(value, int | str) else f"a {type(value).__name__}"


def expected_outcome(program: Program) -> Any:
    """Return ``[result, globals..., journal]``.

    Raises:
        Meaningless: the program does not end soon.
    """
    run = Interpreter(program)
    finals = [run.globals[name] for name in compared_globals(program)]
    outcome = plain([run.result, *finals, run.journal])
    if "a Closure" in repr(outcome):
        raise Meaningless("functions cannot be compared")
    return outcome


def python_of(programs: Iterable[Program]) -> str:
    """Return the compiled module, or the diagnostics of a source with errors."""
    result = compile_text(module_text(programs), filename="random.lsp", options=OPTIONS)
    if result.python is None:
        return "".join(f"# {error.code}: {error.message}\n" for error in result.errors)
    return result.python


def actual_outcomes(programs: list[Program]) -> list[Any]:
    """Return what the compiled programs do; one that fails alone gives its error's text."""
    try:
        variables: dict[str, Any] = {"__name__": "__main__"}
        exec(compile(python_of(programs), "random.py", "exec"), variables)  # noqa: S102
        outcomes = plain(variables["outcomes"])
    except Exception as error:  # noqa: BLE001  # what the compiled program raises
        if len(programs) == 1:
            return [f"{type(error).__name__}: {error}"]
        return [
            outcome for program in programs for outcome in actual_outcomes([program])
        ]
    assert len(outcomes) == len(programs)
    return list(outcomes)


def random_programs(
    seeds: Iterable[int], largest: int
) -> Iterator[tuple[str, Program, Any]]:
    """Yield programs that have a meaning, each with the name that repeats it."""
    for seed in seeds:
        size = Random(seed).randint(4, largest)
        program = renamed(random_program(seed, size), f"_{seed}")
        try:
            yield f"random_program({seed}, {size})", program, expected_outcome(program)
        except Meaningless:
            continue


def differences(
    seeds: Iterable[int],
    largest: int = 30,
    skip: Callable[[Program], bool] = lambda program: False,
) -> Iterator[Difference]:
    """Yield what compiled programs do otherwise than the interpreter."""
    batch: list[tuple[str, Program, Any]] = []
    for item in random_programs(seeds, largest):
        if skip(item[1]):
            continue
        batch.append(item)
        if len(batch) == BATCH:
            yield from _differing(batch)
            batch = []
    if batch:
        yield from _differing(batch)


def _differing(batch: list[tuple[str, Program, Any]]) -> Iterator[Difference]:
    actual = actual_outcomes([program for _, program, _ in batch])
    for (name, program, expected), found in zip(batch, actual, strict=True):
        if found != expected:
            yield Difference(name, program, expected, found)


def difference(program: Program, name: str = "program") -> Difference | None:
    """Compare one program.

    Raises:
        Meaningless: there is nothing to compare.
    """
    expected = expected_outcome(program)
    (actual,) = actual_outcomes([program])
    return None if actual == expected else Difference(name, program, expected, actual)


# --- smaller programs that still differ ----------------------------------------------------------


def reduced(found: Difference) -> Difference:
    """Return a program that differs too, and of which no smaller variant does."""
    smaller = next(_smaller_differences(found), None)
    while smaller is not None:
        found = smaller
        smaller = next(_smaller_differences(found), None)
    return found


def _smaller_differences(found: Difference) -> Iterator[Difference]:
    for program in _smaller_programs(found.program):
        smaller = None
        # A cut may leave nothing that has a meaning, and another error is another matter.
        with suppress(Exception):
            smaller = difference(program, found.name)
        if smaller is not None and _kind(smaller.actual) == _kind(found.actual):
            yield smaller


def _kind(actual: Any) -> str:
    return actual[:25] if isinstance(actual, str) else ""


def _smaller_programs(program: Program) -> Iterator[Program]:
    for position in range(len(program.functions)):
        rest = program.functions[:position] + program.functions[position + 1 :]
        yield replace(program, functions=rest)
    for position, (name, _) in enumerate(program.globals):
        parts = (program.functions, program.main, program.patterns, program.classes)
        if name not in names_in(parts):
            others = program.globals[:position] + program.globals[position + 1 :]
            yield replace(program, globals=others)
    for main in _smaller_bodies(program.main):
        yield replace(program, main=main)
    for position, function in enumerate(program.functions):
        for body in _smaller_bodies(function.body):
            changed = Function(function.name, function.parameters, body)
            functions = (
                *program.functions[:position],
                changed,
                *program.functions[position + 1 :],
            )
            yield replace(program, functions=functions)


def _smaller_bodies(body: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    for position in range(len(body)):
        if len(body) > 1:
            yield body[:position] + body[position + 1 :]
    for position, node in enumerate(body):
        for smaller in _smaller_nodes(node):
            yield (*body[:position], smaller, *body[position + 1 :])


def _is_node(part: Any) -> bool:
    return isinstance(part, tuple) and bool(part) and isinstance(part[0], str)


def _smaller_nodes(node: Any) -> Iterator[Any]:
    """Yield variants of a node, or of a tuple of nodes, with less in them."""
    if _is_node(node):
        yield from _nodes_below(node[1:])
        if node[0] not in ("int", "get", "true"):
            yield ("int", 1)
    if isinstance(node, tuple):
        start = 1 if _is_node(node) else 0
        for position in range(start, len(node)):
            if isinstance(node[position], tuple):
                yield node[:position] + node[position + 1 :]
        for position in range(start, len(node)):
            for smaller in _smaller_nodes(node[position]):
                yield (*node[:position], smaller, *node[position + 1 :])


def _nodes_below(parts: tuple[Any, ...]) -> Iterator[Any]:
    for part in parts:
        if _is_node(part):
            yield part
        elif isinstance(part, tuple):
            yield from _nodes_below(part)
