"""Every function of the language on arguments of every kind: an error is LispE's."""

from __future__ import annotations

import re
from pathlib import Path

import black
import pytest
from random_calls import (
    failures_of,
    functions_of_the_language,
    program_of,
    random_batches,
    well_formed,
)

from lisptorch_compile.pipeline import compile_text

#: What is put in for any argument: values of all kinds, and functions.
_ARGUMENTS = (
    "0", "3", "-2", "2.5", '""', '"abc"', "nil", "true", "'red", "()", "'(1 2 3)",
    "'(1 2.5 \"a\" red)", "(integers 4 5 6)", "(numbers 1.5 2.5)", '(strings "x" "y")',
    "(llist 1 2)", '{"k":1}', "(dictionaryn 1 2)", "(set 1 2)", "(heap 3 1 2)",
    "'((1 2) (3 4))", "'+", "'<", "(\\(x) x)", "(\\(x y) (+ x y))", "(Point 1 2)",
    "(catch (throw 1))", "(cup 1)",
)  # fmt: skip

_DEFINITIONS = "(data@ [Point _ _])(class@ cup (size) (defun fill (n) (setqi size n)))"

#: Words of Python that no program in LispE should meet.
_PYTHON = re.compile(
    r"'\w+' object|NoneType|attribute|__|argument (of type|after)|positional|unhashable"
    r"|'List'|not supported between|slice indices|iterable|KeyError|invalid literal"
    r"|math domain|islice|takes \d|expected \w+ argument"
)


def _check(calls: list[str]) -> list[str]:
    """Return the calls that fail in Python's words."""
    python = compile_text(program_of(calls, _DEFINITIONS), filename="calls.lsp").python
    assert python is not None
    assert black.format_str(python, mode=black.Mode()) == python
    failures = failures_of(calls, _DEFINITIONS)
    return [f"{call}: {said}" for call, said in failures if _PYTHON.search(said)]


def _faults(seed: int, rounds: int) -> list[str]:
    batches = random_batches(functions_of_the_language(), _ARGUMENTS, seed, rounds)
    return [
        fault for batch in batches for fault in _check(well_formed(batch, _DEFINITIONS))
    ]


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some functions write files of any name."""
    monkeypatch.chdir(tmp_path)


def test_errors_of_functions_are_lispes() -> None:
    assert _faults(seed=1, rounds=1) == []


@pytest.mark.long
@pytest.mark.parametrize("seed", range(2, 12))
def test_errors_of_functions_are_lispes_for_many_arguments(seed: int) -> None:
    assert _faults(seed, rounds=6) == []
