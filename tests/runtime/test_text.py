"""The printed form of values: what LispE prints."""

from __future__ import annotations

import math

import pytest

from lisptorch_compile import catalogue
from lisptorch_compile.catalogue import spellings
from lisptorch_compile.runtime import (
    EMPTY,
    Floats,
    Integers,
    LinkedList,
    List,
    Maybe,
    Strings,
    Symbol,
    symbols,
    text,
)
from lisptorch_compile.runtime.text import Shape


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (5.0, "5"),
        (10 / 3, "3.33333"),
        (100000.0, "100000"),
        (0.1, "0.1"),
        (1 / 3.0, "0.333333"),
        (1e100, "1e+100"),
        (3.14159265, "3.14159"),
        (1234567.0, "1.23457e+06"),
        (1000000.0, "1e+06"),
        (0.00001, "1e-05"),
        (math.sqrt(2), "1.41421"),
        (123456789, "123456789"),
        (0x1F, "31"),
        (2.5e-3, "0.0025"),
        (math.inf, "inf"),
        (-math.inf, "-inf"),
        (math.nan, "nan"),
        (2**80, "1208925819614629174706176"),
        (12 + 3j, "12,3i"),
        (1 - 1j, "1,-i"),
        (1 + 1j, "1,i"),
    ],
)
def test_numbers_have_six_significant_digits(value: object, printed: str) -> None:
    assert text(value) == printed


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        ('a"b', 'a"b'),
        (b"caf\xc3\xa9", "café"),
        (None, "nil"),
        (False, "nil"),
        (True, "true"),
        (Symbol("red"), "red"),
        (EMPTY, ""),
        (Maybe("bad, line: 1 in: f.lsp"), "bad, line: 1 in: f.lsp"),
    ],
)
def test_a_single_value_prints_bare(value: object, printed: str) -> None:
    assert text(value) == printed


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (List(['a"b', Symbol("c")]), r'("a\"b" c)'),
        (List(["x", 1, Symbol("y")]), '("x" 1 y)'),
        (List(["a", 'b"c', "d\\e", "f\n"]), '("a" "b\\"c" "d\\\\e" "f\n")'),
        (
            List([1, 2.5, "a", Symbol("b"), None, True, List()]),
            '(1 2.5 "a" b nil true ())',
        ),
        (Integers([1, 2, 3]), "(1 2 3)"),
        (Floats([0.1, 2]), "(0.1 2)"),
        (Strings([Symbol("a"), 1]), '("a" "1")'),
        (List(), "()"),
        (List([List([1, 2]), [3, 4]]), "((1 2) (3 4))"),
        (LinkedList([Symbol("a")], Symbol("b")), "(a . b)"),
        (LinkedList([1, 2]), "(1 2)"),
        (List([b"ab"]), '("ab")'),
        (List([Symbol("quote"), Symbol("a")]), "'a"),
        ({"a": 1, "b": 2}, '{"a":1 "b":2}'),
        ({12: 45, 67: "x"}, '{12:45 67:"x"}'),
        ({20.0: 30}, "{20:30}"),
        ({12: "e", 15: Symbol("f")}, '{12:"e" 15:f}'),
        ({}, "{}"),
        ({30, 10}, "{10 30}"),
        ({"b", "a"}, '{"a" "b"}'),
        (set(), "{}"),
        ({"a": List([{"k": None}])}, '{"a":({"k":nil})}'),
        (range(3), "(0 1 2)"),
        ((1, "a"), '(1 "a")'),
    ],
)
def test_containers_print_their_elements(value: object, printed: str) -> None:
    assert text(value) == printed


def test_a_set_of_unlike_values_prints_in_the_order_of_their_texts() -> None:
    assert text({"b", 1, Symbol("a")}) == '{1 a "b"}'


def test_a_list_inside_itself_prints_dots() -> None:
    items = List([1, 2])
    items.append(items)

    assert text(items) == "(1 2 ...)"


def test_a_list_that_occurs_twice_prints_twice() -> None:
    inner = List([1])

    assert text(List([inner, inner])) == "((1) (1))"


def test_a_dictionary_inside_itself_prints_dots() -> None:
    entries: dict[str, object] = {"a": 1}
    entries["self"] = List([entries])

    assert text(entries) == '{"a":1 "self":(...)}'


def test_a_cyclic_linked_list_prints_dots() -> None:
    items = LinkedList([1, 2])
    items.head.following.following = items.head

    assert text(items) == "(1 2 ...)"


def test_ten_thousand_levels_print() -> None:
    deep = List()
    for _ in range(10_000):
        deep = List([deep])

    assert text(deep) == "(" * 10_001 + ")" * 10_001


def test_an_object_of_ours_prints_by_its_shape() -> None:
    class Point:
        def text_shape(self) -> Shape:
            return "(Point ", iter([('"x":', 1), ('"y":', "a")]), ")"

    assert text(Point()) == '(Point "x":1 "y":"a")'


def test_a_function_prints_as_the_start_of_its_definition() -> None:
    def scale(x: float, factor: float) -> float:
        return x * factor

    assert text(scale) == "(defun scale (x factor))"
    assert text(lambda x: x) == "(λ (x))"
    assert text(len) == "len"


def test_a_foreign_object_prints_as_in_python() -> None:
    class Thing:
        def __str__(self) -> str:
            return "a thing"

    assert text(Thing()) == "a thing"
    assert text(List([Thing()])) == "(a thing)"


def test_runtime_and_catalogue_spell_instructions_alike() -> None:
    assert symbols.SPELLINGS == spellings.SPELLINGS


@pytest.mark.parametrize("spelling", sorted(symbols.SPELLINGS))
def test_every_spelling_stands_for_the_instruction_that_it_prints(
    spelling: str,
) -> None:
    written, printed = catalogue.lookup(spelling), catalogue.lookup(
        text(Symbol(spelling))
    )

    assert written is not None and printed is not None
    assert written.doc == printed.doc
