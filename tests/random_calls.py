"""Random calls of functions of the language: how they are made, tried and told about."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from programs import run

from lisptorch_compile.catalogue import (
    apl,
    dictionaries,
    expressions,
    higher_order,
    lists,
    numbers,
    sequences,
    strings,
)
from lisptorch_compile.catalogue.model import Builtin, parse_parameters
from lisptorch_compile.pipeline import compile_text

_AREAS = (apl, dictionaries, expressions, higher_order, lists, numbers, sequences)

#: Functions that wait, write files, end the program, or print without end.
_LEFT_OUT = frozenset(("sleep", "repeat", "cycle", "irange", "irangein"))


def functions_of_the_language() -> list[Builtin]:
    """Return the functions that may be called with anything."""
    declared = [builtin for area in (*_AREAS, strings) for builtin in area.BUILTINS]
    return [
        builtin
        for builtin in declared
        if not builtin.form
        and builtin.unsupported is None
        and builtin.name not in _LEFT_OUT
    ]


def random_call(builtin: Builtin, arguments: Sequence[str], random: Random) -> str:
    """Return a call of a builtin; what some arguments are is hidden from the compiler."""
    overload = random.choice(builtin.overloads)
    chosen: list[str] = []
    for parameter in parse_parameters(overload.parameters):
        if parameter.default is not None and random.random() < 0.5:
            break
        times = random.randint(0, 2) if parameter.rest else 1
        chosen.extend(random.choices(arguments, k=times))
    hidden = [f"(same {a})" if random.random() < 0.4 else a for a in chosen]
    name = random.choice((builtin.name, *builtin.aliases))
    return f"({' '.join([name, *hidden])})"


def random_batches(
    functions: Sequence[Builtin], arguments: Sequence[str], seed: int, rounds: int
) -> list[list[str]]:
    """Return calls of every function, some for each program."""
    random = Random(seed)
    calls = [
        random_call(each, arguments, random)
        for each in functions
        for _ in range(rounds)
    ]
    return [calls[start : start + 40] for start in range(0, len(calls), 40)]


def program_of(calls: Sequence[str], definitions: str = "") -> str:
    """Return the program that tries each call, and keeps ``failures``."""
    tries = [
        f"(setq result (maybe (string {call}) (\\(e) (push failures (list {index} e)))))"
        for index, call in enumerate(calls)
    ]
    head = f"{definitions}(defun same (x) x)(setq failures ())"
    return "\n".join([head, *tries])


def well_formed(calls: Sequence[str], definitions: str = "") -> list[str]:
    """Return the calls without errors: a wrong literal is a diagnostic, no failure."""
    calls = list(calls)
    while True:
        text = program_of(calls, definitions)
        faulty = {
            text.count("\n", 0, error.span.start) - 1
            for error in compile_text(text, filename="calls.lsp").errors
        }
        if not faulty:
            return calls
        # some faults are reported once: without these calls, the next ones show
        calls = [call for index, call in enumerate(calls) if index not in faulty]


def failures_of(calls: Sequence[str], definitions: str = "") -> list[tuple[str, str]]:
    """Return the calls that fail when they are run, and the message of each."""
    failures = run(program_of(calls, definitions), "calls.lsp")["failures"]
    return [(calls[index], said) for index, said in failures]
