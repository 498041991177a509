"""Predicates and the names of types."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from lisptorch_compile.runtime import (
    Floats,
    Integers,
    LinkedList,
    List,
    Maybe,
    Numbers,
    Shorts,
    Strings,
    Symbol,
    kinds,
)
from lisptorch_compile.runtime.dictionaries import (
    IntegerDictionary,
    IntegerTreeDictionary,
    NumberDictionary,
    TreeDictionary,
)
from lisptorch_compile.runtime.ordering import Heap

_CYCLE = LinkedList([1])
_CYCLE.head.following = _CYCLE.head


@pytest.mark.parametrize(
    ("predicate", "fitting", "others"),
    [
        (kinds.is_atom, [Symbol("a"), List(), None, True, len], [1, "a", List([1])]),
        (kinds.is_list, [List(), [1], Integers(), LinkedList()], [None, "a", {}, 1]),
        (kinds.is_cyclic, [_CYCLE], [LinkedList([1]), List(), 1]),
        (kinds.is_empty, [None, 0, 0.0, "", {}, List()], [1, "a", List([0])]),
        (kinds.is_number, [1, 1.5, 1j], ["1", True, None, List()]),
        (kinds.is_integer, [1], [1.0, True, "1"]),
        (kinds.is_text, ["", "a", b""], [Symbol("a"), 1, None]),
        (kinds.is_zero, [0, 0.0], [1, "", None, False, List()]),
        (kinds.is_positive, [1, 0.5], [0, -1, "1", 1j]),
        (kinds.is_negative, [-1, -0.5], [0, 1, "-1", 1j]),
        (kinds.is_container, [List(), {}, set(), Integers()], ["a", 1, None]),
    ],
)
def test_predicates_tell_values_apart(
    predicate: Callable[[Any], bool], fitting: list[Any], others: list[Any]
) -> None:
    assert [value for value in fitting if predicate(value) is not True] == []
    assert [value for value in others if predicate(value) is not False] == []


def test_the_sign_of_a_number_or_of_each_element() -> None:
    assert [kinds.sign(value) for value in (-3, 0, 2.5, "-4")] == [-1, 0, 1, -1]
    assert kinds.sign(Integers([-3, 0, 5])) == Integers([-1, 0, 1])
    assert kinds.sign([-3, 5]) == [-1, 1]


class Account:
    pass


class Generator:
    lisp_type = "torch_generator_"


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (1, "integer_"),
        (1.5, "number_"),
        (1j, "complex_"),
        ("a", "string_"),
        (b"a", "stringbyte_"),
        (Symbol("a"), "atom_"),
        (List(), "list_"),
        ([], "list_"),
        (LinkedList(), "llist_"),
        (Integers(), "integers_"),
        (Numbers(), "numbers_"),
        (Floats(), "floats_"),
        (Shorts(), "shorts_"),
        (Strings(), "strings_"),
        ({}, "dictionary_"),
        ({1: 2}, "dictionary_n_"),
        (IntegerDictionary(), "dictionary_i_"),
        (NumberDictionary(), "dictionary_n_"),
        (TreeDictionary(), "dictionarytree_"),
        (IntegerTreeDictionary(), "dictionarytree_i_"),
        (set(), "set_"),
        ({"a"}, "set_s_"),
        ({1}, "set_i_"),
        ({1, 1.5}, "set_n_"),
        ({1, "a"}, "set_"),
        (Heap(), "heap_"),
        (Maybe("bad"), "maybe_"),
        (lambda x: x, "lambda_"),
        (test_predicates_tell_values_apart, "function_"),
        (Account(), "Account"),
        (Generator(), "torch_generator_"),
    ],
)
def test_the_type_is_an_atom(value: Any, name: str) -> None:
    assert kinds.type_of(value) is Symbol(name)


def test_nil_and_true_are_their_own_types() -> None:
    assert kinds.type_of(None) is None
    assert kinds.type_of(False) is None
    assert kinds.type_of(True) is True
