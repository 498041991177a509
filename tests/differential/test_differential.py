"""Compiled programs keep the order of evaluation and the meaning that LispE gives them."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest

from differential.comparison import (
    OPTIONS,
    Difference,
    differences,
    expected_outcome,
    plain,
    random_programs,
    reduced,
)
from differential.decided_differences import is_decided, program_nodes
from differential.generator import FORMS
from differential.regressions import REGRESSIONS, Regression
from lisptorch_compile.pipeline import compile_text

FOLDER = Path(__file__).parent


def check(seeds: range, largest: int) -> None:
    """Compare the programs of some seeds; the report repeats the smallest found."""
    found = list(differences(seeds, largest, skip=is_decided))
    if found:
        shortest = min(found, key=lambda each: len(str(each.program)))
        names = "\n".join(each.name for each in found[:10])
        pytest.fail(
            f"{len(found)} differ:\n{names}\n\n{reduced(shortest)}", pytrace=False
        )


@pytest.mark.parametrize("first", range(0, 1_000, 200))
def test_small_programs_keep_their_meaning(first: int) -> None:
    check(range(first, first + 200), largest=16)


def test_larger_programs_keep_their_meaning() -> None:
    check(range(100_000, 100_100), largest=60)


@pytest.mark.long
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("first", range(0, 20_000, 10_000))
def test_many_small_programs_keep_their_meaning(first: int) -> None:
    check(range(first, first + 10_000), largest=16)


@pytest.mark.long
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("first", range(200_000, 240_000, 10_000))
def test_many_programs_keep_their_meaning(first: int) -> None:
    check(range(first, first + 10_000), largest=50)


# --- what random programs have shown before ------------------------------------------------------


def _name(regression: Regression) -> str:
    return regression.name.replace(" ", "_")


@pytest.mark.parametrize("regression", REGRESSIONS, ids=_name)
def test_smallest_programs_keep_their_meaning(regression: Regression) -> None:
    python = compile_text(
        regression.source, filename="small.lsp", options=OPTIONS
    ).python
    assert python is not None
    variables: dict[str, Any] = {"__name__": "__main__"}
    exec(compile(python, "small.py", "exec"), variables)  # noqa: S102
    decided = regression.ours if regression.difference else regression.expected
    assert plain(variables["outcome"]) == decided


# --- the test itself -----------------------------------------------------------------------------


def test_the_interpreter_knows_nothing_of_the_compiler() -> None:
    tree = ast.parse((FOLDER / "interpreter.py").read_text(encoding="utf-8"))
    imported: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            imported.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            imported.add("." * node.level + (node.module or ""))
    assert imported == {
        "__future__", "collections", "collections.abc", "dataclasses", "operator", "typing",
    }  # fmt: skip


def test_random_programs_use_every_form() -> None:
    forms = {form for kind in FORMS.values() for form in kind}
    written = {
        node[0]
        for _, program, _ in random_programs(range(400), 30)
        for node in program_nodes(program)
        if node and isinstance(node[0], str)
    }
    # These methods write a form that another one is named for, or several.
    indirect = {
        "ncheck", "compare", "if2", "cond2", "leave", "itself", "stored", "run", "hook",
        "count", "sort_out", "setlambda",
    }  # fmt: skip
    assert forms - indirect <= written
    assert {"return", "break", "throw", "log", "lambda"} <= written


def test_most_programs_have_a_meaning_and_log() -> None:
    programs = list(random_programs(range(200), 30))
    assert len(programs) > 190
    logging = [expected for *_, expected in programs if expected[-1]]
    assert len(logging) > 120


def test_equal_seeds_give_equal_programs() -> None:
    once, again = (list(random_programs(range(50), 30)) for _ in range(2))
    assert once == again


def test_outcomes_tell_true_and_nil_from_numbers() -> None:
    assert plain([True, 1, False, None, 0]) == ["true", 1, "nil", "nil", 0]


def test_a_difference_shows_source_python_and_both_outcomes() -> None:
    name, program, expected = next(random_programs(range(7, 8), 10))
    shown = str(Difference(name, program, expected, ["nothing"]))
    assert "(setq outcomes" in shown and "outcomes = " in shown
    assert str(expected_outcome(program)) in shown and "['nothing']" in shown
