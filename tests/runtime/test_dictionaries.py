"""Dictionaries and sets against the examples of the language's description."""

from __future__ import annotations

import pytest

from lisptorch_compile.runtime import dictionaries, searching
from lisptorch_compile.runtime.errors import LispError
from lisptorch_compile.runtime.text import text
from lisptorch_compile.runtime.values import Integers, List, Strings, Symbol, to_list


def test_a_dictionary_of_pairs() -> None:
    assert text(dictionaries.dictionary("a", 1, "b", 2)) == '{"a":1 "b":2}'
    assert dictionaries.dictionary() == {}


def test_a_dictionary_of_two_lists() -> None:
    names = List([Symbol("a"), Symbol("b")])
    assert text(dictionaries.dictionary(names, List([1, 2]))) == '{"a":1 "b":2}'


def test_a_dictionary_of_another_is_a_copy() -> None:
    source = {"a": 1}
    copied = dictionaries.dictionary(source)
    copied["b"] = 2
    assert source == {"a": 1}


def test_a_dictionary_of_the_fields_of_an_object() -> None:
    class Point:
        def __init__(self) -> None:
            self.x = 1

    assert dictionaries.dictionary(Point()) == {"x": 1}


def test_an_odd_number_of_arguments_is_an_error() -> None:
    with pytest.raises(LispError, match="wrong number of arguments for 'dictionary'"):
        dictionaries.dictionary("a", 1, "b")


def test_keys_of_a_plain_dictionary_are_texts() -> None:
    assert text(dictionaries.dictionary(1, "x", Symbol("b"), "y")) == (
        '{"1":"x" "b":"y"}'
    )


def test_integer_and_number_dictionaries() -> None:
    entries = dictionaries.integer_dictionary(12, "e", 15, Symbol("f"))
    assert text(entries) == '{12:"e" 15:f}'
    assert text(dictionaries.number_dictionary(20, 30)) == "{20:30}"
    assert dictionaries.get(entries, "12") == "e"


def test_tree_dictionaries_are_walked_in_order() -> None:
    tree = dictionaries.tree_dictionary("b", 2, "a", 1)
    assert text(tree) == '{"a":1 "b":2}'
    assert list(tree) == ["a", "b"]
    assert text(dictionaries.values(tree)) == "(1 2)"
    numbers = dictionaries.integer_tree_dictionary(10, "x", 9, "y")
    assert text(numbers) == '{9:"y" 10:"x"}'


def test_key_makes_reads_and_changes() -> None:
    assert dictionaries.key() == {}
    entries = dictionaries.key("a", 1)
    assert entries == {"a": 1}
    assert dictionaries.key(entries, "z") is None
    assert dictionaries.key(entries, "b", 2) is entries
    assert entries == {"a": 1, "b": 2}
    assert text(dictionaries.number_key(20, 30)) == "{20:30}"


def test_key_of_another_kind_is_an_error() -> None:
    with pytest.raises(LispError, match="wrong dictionary type for 'keyi'"):
        dictionaries.integer_key({"a": 1}, 1)


def test_get_has_a_default() -> None:
    assert dictionaries.get({"a": 1}, Symbol("a")) == 1
    assert dictionaries.get({"a": 1}, "z") is None
    assert dictionaries.get({"a": 1}, "z", 0) == 0
    assert dictionaries.get(List([5]), 3, "none") == "none"


def test_keys_and_values() -> None:
    assert text(dictionaries.keys({"x": 1})) == '("x")'
    assert isinstance(dictionaries.keys({"x": 1}), Strings)
    assert isinstance(dictionaries.keys({1: 1}), Integers)
    assert text(dictionaries.keys(List(["a", "b"]))) == "(0 1)"
    assert text(dictionaries.values({"x": 1})) == "(1)"


def test_a_number_is_a_key_of_a_dictionary_that_holds_numbers() -> None:
    assert dictionaries.stored_key({1: "a"}, 2) == 2
    assert dictionaries.stored_key({"a": 1}, 2) == "2"
    assert dictionaries.stored_key({}, 2) == "2"


def test_searching_a_dictionary() -> None:
    entries = {"a": 1, "b": 2}
    assert searching.find(entries, 2) == "b"
    assert text(searching.find_all(entries, 2)) == '("b")'
    assert searching.contains(entries, 1)
    assert not searching.contains(entries, "z")


# --- sets ---------------------------------------------------------------------------------


def test_sets_are_printed_in_order() -> None:
    assert text(dictionaries.integer_set(3, 1, 3)) == "{1 3}"
    assert text(dictionaries.text_set("b", "a")) == '{"a" "b"}'
    assert text(dictionaries.make_set()) == "{}"


def test_the_list_of_a_set_is_in_order() -> None:
    words = {"d", "a", "c", "b", "e"}
    assert list(to_list(words)) == sorted(words)
    assert list(dictionaries.values(words)) == sorted(words)


def test_sets_take_lists_apart() -> None:
    assert dictionaries.integer_set(List([1, 2]), "3") == {1, 2, 3}
    assert dictionaries.number_set(1) == {1.0}


def test_what_cannot_be_hashed_is_an_error() -> None:
    with pytest.raises(LispError):
        dictionaries.make_set({"a": 1})
