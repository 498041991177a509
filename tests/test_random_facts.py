"""What functions of the language give is of the kinds that the catalogue declares for it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from random import Random
from typing import Any

import pytest
from programs import run
from random_calls import functions_of_the_language, random_call, well_formed

from lisptorch_compile.analyzer import analyze, surveyed
from lisptorch_compile.catalogue import model
from lisptorch_compile.catalogue.model import Fact
from lisptorch_compile.diagnostics import Source
from lisptorch_compile.expander import expand
from lisptorch_compile.facts import infer
from lisptorch_compile.reader import read
from lisptorch_compile.runtime import dictionaries, errors, ordering, symbols, values

_VALUES = (
    "0", "3", "-2", "2.5", '""', '"abc"', "nil", "true", "'red", "()", "'(1 2 3)",
    "'(1 2.5)", "'(1 2.5 \"a\" red)", "(integers 4 5 6)", "(numbers 1.5 2.5)",
    "(shorts 1 2)", "(floats 1.5)", '(strings "x" "y")', "(llist 1 2)",
    '(llist "a" 2.5)', '{"k":1}', "(dictionaryn 1 2)", "(set 1 2)", '(set "a")',
    "(heap 3 1 2)", "'((1 2) (3 4))", "(list (list 1 2) (list 2.5))", "(< 1 0)",
    "'(nil 1)", "'+", "'<", "(\\(x) x)", "(\\(x y) (+ x y))",
)  # fmt: skip

_KINDS: dict[type, int] = {
    type(None): model.NIL,
    bool: model.BOOL,
    int: model.INT,
    float: model.FLOAT,
    complex: model.COMPLEX,
    str: model.TEXT,
    bytes: model.BYTES,
    symbols.Symbol: model.SYMBOL | model.EMPTY,
    values.List: model.LIST,
    values.Matrix: model.LIST,
    values.Member: model.LIST,
    list: model.PLAIN,
    values.LinkedList: model.LINKED,
    values.Integers: model.INTEGERS,
    values.Numbers: model.NUMBERS,
    values.Floats: model.FLOATS,
    values.Shorts: model.SHORTS,
    values.Strings: model.STRINGS,
    dict: model.DICT,
    dictionaries.NumberDictionary: model.NUMBERED,
    dictionaries.IntegerDictionary: model.NUMBERED,
    set: model.SET,
    ordering.Heap: model.HEAP,
    errors.Maybe: model.MAYBE,
}


def _kind(value: object) -> int:
    """Return the kinds that a value may be said to have."""
    return _KINDS.get(type(value), model.ANY)


def _elements(value: Any) -> Iterable[Any]:
    match value:
        case dict():
            return value.values()
        case set() | values.TypedList() | list() | values.LinkedList():
            return list(value)
        case _:
            return ()


def _is_said(value: object, fact: Fact) -> bool:
    """Tell whether a value is one of those of which a fact speaks."""
    parts = [_kind(element) & fact.elements for element in _elements(value)]
    return bool(_kind(value) & fact.kinds) and all(parts)


def _program(calls: list[str], flag: str) -> str:
    tries = [f"(setq r{i} (maybe {call} 'failed))" for i, call in enumerate(calls)]
    return "\n".join([f"(defun same (x) x)(setq flag {flag})", *tries])


def _known(text: str) -> dict[str, Fact]:
    """Return what is known of the variables of a program, by name."""
    source = Source.of(text, "calls.lsp")
    forms, _ = expand(read(source).forms)
    program, _ = analyze(surveyed(forms, source), (), source)
    return {b.name: fact for b, fact in infer(program).variables.items()}


def _lies(calls: list[str], flag: str) -> list[str]:
    """Return the calls that give what their fact does not say."""
    text = _program(calls, flag)
    facts, ran = _known(text), run(text, "calls.lsp")
    return [
        f"{call} is {ran[f'r{i}']!r} with {flag}"
        for i, call in enumerate(calls)
        if not _is_said(ran[f"r{i}"], facts[f"r{i}"])
    ]


def _found(seed: int, rounds: int) -> list[str]:
    random = Random(seed)
    pairs = [
        f"(if flag {one} {random.choice(_VALUES)})" for one in _VALUES for _ in range(2)
    ]
    calls = [
        random_call(each, (*_VALUES, *pairs), random)
        for each in functions_of_the_language()
        if not each.name.endswith("_distribution")  # which take whatever numpy takes
        for _ in range(rounds)
    ]
    lies = []
    for start in range(0, len(calls), 40):
        batch = well_formed(calls[start : start + 40], "(setq flag nil)")
        for flag in ("true", "nil"):
            lies.extend(_lies(batch, flag))
    return lies


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some functions write files of any name."""
    monkeypatch.chdir(tmp_path)


def test_facts_of_functions_hold() -> None:
    assert _found(seed=1, rounds=1) == []


def test_a_wrong_fact_is_noticed() -> None:
    assert not _is_said(values.List([1, 2.5]), Fact(model.LIST, model.INT))
    assert not _is_said(2.5, Fact(model.INT | model.TEXT))
    assert _is_said(values.List([1, 2.5]), Fact(model.LIST, model.INT | model.FLOAT))
