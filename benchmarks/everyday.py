"""Loops, containers and higher-order functions against hand-written Python."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from benchmarks.generated_code import compiled
from benchmarks.pairing import Ratio, paired
from benchmarks.programs import everyday_handwritten as handwritten
from lisptorch_compile.runtime import List

_NUMBERS = range(10**6)
_WORDS = [f"word{number % 1000}" for number in range(10**6)]
_TABLE = "\n".join([f"{number} {number * 3}" for number in range(10**5)])
_GRID = [[(x * 7 + y * 13) % 10 for x in range(500)] for y in range(500)]
_PARENTHESES = "((a)(b(c)))" * 50_000
_MATRIX = [[(x + y) % 10 for x in range(60)] for y in range(60)]
_GRAPH = {
    f"n{node}": [f"n{node * 2}", f"n{node * 2 + 1}"] if node < 50_000 else []
    for node in range(100_001)
}
_SHUFFLED = [number * 7919 % 700 for number in range(700)]

#: Name of the function, the limit, and what both are called with. Loops that index have
#: none: CPython 3.11 indexes a list twice as fast as an instance of a subclass of list.
_ROWS: tuple[tuple[str, float | None, tuple[Any, ...]], ...] = (
    ("count_words", 1.1, (_WORDS,)),
    ("build_text", 1.1, (10**6,)),
    ("join_texts", 1.1, (10**6,)),
    ("push_squares", 1.1, (10**6,)),
    ("push_while", 1.1, (10**6,)),
    ("push_in_front", 1.1, (20_000,)),
    ("drain", None, (10**6,)),
    ("index_sum", None, (list(_NUMBERS),)),
    ("set_all", None, (list(_NUMBERS),)),
    ("sieve", None, (300_000,)),
    ("read_numbers", None, (_TABLE,)),
    ("grid_sum", None, (_GRID,)),
    ("neighbours", None, (_GRID,)),
    ("scan_text", None, (_PARENTHESES,)),
    ("longest_chain", None, (20_000,)),
    ("bfs", None, (_GRAPH, "n1")),
    ("matmul", None, (_MATRIX, _MATRIX)),
    ("bubble", None, (_SHUFFLED,)),
    ("chain", 1.15, (list(_NUMBERS),)),
    ("folded", 1.05, (list(_NUMBERS),)),
    ("scanned", 1.15, (list(_NUMBERS),)),
    ("taken", 1.15, (list(_NUMBERS),)),
    ("zipped", 1.15, (list(_NUMBERS), list(_NUMBERS))),
    ("zipped_texts", 1.15, (_WORDS, _WORDS)),
    ("mapped_texts", 1.15, (_WORDS,)),
)


def ratios() -> Iterator[Ratio]:
    """Yield one ratio a function; those without a limit keep a call of the runtime."""
    ours = compiled("everyday")
    for name, limit, arguments in _ROWS:
        given = tuple([_lisp(argument) for argument in arguments])
        yield paired(
            name,
            _call(getattr(ours, name), given),
            _call(getattr(handwritten, name), arguments),
            limit=limit,
            rounds=7,
        )


def _call(function: Callable[..., object], arguments: Any) -> Callable[[], object]:
    return lambda: function(*arguments)


def _lisp(value: Any) -> Any:
    """Return a list as LispE code has it, those in it as well."""
    if isinstance(value, dict):
        return {key: _lisp(item) for key, item in value.items()}
    if not isinstance(value, list):
        return value

    return List([_lisp(item) for item in value])
