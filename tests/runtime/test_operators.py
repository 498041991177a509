"""Operators on unknown operands: sums, remainders, equality, order, truth, access."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lisptorch_compile.runtime import (
    Entry,
    Integers,
    LinkedList,
    LispError,
    List,
    Numbers,
    Strings,
    Symbol,
    add,
    at,
    compare,
    different,
    divide,
    equal,
    equal_each,
    greater,
    greater_equal,
    is_null,
    less,
    less_equal,
    multiply,
    negation,
    power,
    remainder,
    same,
    set_at,
    subtract,
    text,
    truth,
    unequal,
    update_at,
)
from lisptorch_compile.runtime.dictionaries import IntegerDictionary

# --- arithmetic -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("result", "printed"),
    [
        (add(1, 2), "3"),
        (add(10, 2.5), "12.5"),
        (add(1, 0.6, 0.6), "2.2"),
        (add("a", 12), "a12"),
        (add("a", 1.5, Symbol("b")), "a1.5b"),
        (add("a", None, True), "aniltrue"),
        (add("a", {"k": "v"}), 'a{"k":"v"}'),
        (add("a", List(["b", "c"])), '("ab" "ac")'),
        (add("a", ["b", "c"]), '("ab" "ac")'),
        (add("", 1 / 3), "0.333333"),
        (add(b"a", 1), "a1"),
        (add(b"a", List([b"b"])), '("ab")'),
        (add(List(["a", "b"]), "c"), '("ac" "bc")'),
        (add(List([1, 2]), List([3, 4]), 1), "(5 7)"),
        (add([1], [2]), "(1 2)"),
        (subtract(10, 2, 3), "5"),
        (multiply(2, 3, 4), "24"),
        (divide(10, 4), "2.5"),
        (divide(100, 5, 2), "10"),
        (remainder(-7, 3), "-1"),
        (remainder(7, -3), "1"),
        (remainder(7.9, 3), "1"),
        (remainder(17, 10, 4), "3"),
        (remainder(List([7, -7]), 3), "(1 -1)"),
        (power(2, 10), "1024"),
        (power(10, 6), "1e+06"),
        (power(2, 3, 2), "64"),
        (power(List([1, 2, 3]), 3), "(1 8 27)"),
    ],
)
def test_arithmetic_prints_what_lispe_prints(result: Any, printed: str) -> None:
    assert text(result) == printed


@given(st.integers(-100, 100), st.integers(-10, 10).filter(bool))
def test_the_remainder_has_the_sign_of_the_dividend(left: int, right: int) -> None:
    rest = remainder(left, right)
    assert rest == math.fmod(left, right)
    assert (left - rest) % right == 0


@pytest.mark.parametrize("right", ["2", "x", b"2"])
def test_a_text_cannot_be_added_to_a_number(right: Any) -> None:
    with pytest.raises(LispError) as caught:
        add(1, right)
    assert str(caught.value) == (
        "Error: cannot use this element in an arithmetic expression: "
        f"'{text(right)}'"
    )


def test_a_text_has_no_remainder() -> None:
    with pytest.raises(LispError, match="cannot evaluate '%' with these operands"):
        remainder("%d", 3)


# --- equality -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (1, 1.0),
        ("a", "a"),
        (List([1, List([2])]), List([1.0, Integers([2])])),
        ({"a": List([1])}, {"a": Integers([1])}),
        ({1, 2}, {2, 1}),
        (None, False),
        (None, List()),
        (Integers(), None),
        (False, LinkedList()),
        (Symbol("a"), Symbol("a")),
    ],
)
def test_equal_compares_by_content(left: Any, right: Any) -> None:
    assert equal(left, right)
    assert not unequal(left, right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (1, 1.5),
        (1, "1"),
        (0, None),
        ("", None),
        ({}, None),
        (Symbol("a"), "a"),
        (List([1]), List([1, 2])),
        (List([0]), None),
    ],
)
def test_unlike_values_are_not_equal(left: Any, right: Any) -> None:
    assert not equal(left, right)
    assert unequal(left, right)


def test_equal_looks_at_all_neighbours_and_unequal_at_two() -> None:
    assert equal(1, 1.0, 1)
    assert not equal(1, 1, 2)
    assert not unequal(1, 1, 2)


def test_deep_and_cyclic_lists_are_compared() -> None:
    def nested(innermost: int) -> List:
        items = List([innermost])
        for _ in range(10_000):
            items = List([items, {"k": 1}])
        return items

    assert equal(nested(1), nested(1))
    assert not equal(nested(1), nested(2))

    left, right = List([1]), List([1])
    left.append(left)
    right.append(right)
    assert equal(left, right)
    left[0] = 2
    assert not equal(left, right)


@pytest.mark.parametrize(
    ("left", "right", "answer"),
    [
        (1, 1.0, True),
        (1, 1.5, False),
        ("a", "a", True),
        ("1", 1, False),
        (List([1, 2]), List([1, 2]), False),
        (List(), None, True),
        (None, False, True),
        (Symbol("a"), Symbol("a"), True),
        ({}, {}, False),
    ],
)
def test_same_is_identity_but_for_scalars(left: Any, right: Any, answer: bool) -> None:
    assert same(left, right) is answer
    assert different(left, right) is not answer


def test_same_compares_the_first_with_each_other() -> None:
    items = List([1])
    assert same(items, items, items)
    assert not same(1, 1, 2)
    assert different(1, 2, 2)
    assert not different(1, 2, 1)


def test_equal_each_gives_ones_and_zeros() -> None:
    assert equal_each(1, 1.0) == 1
    assert equal_each("a", "b") == 0
    assert equal_each(List([1, 2, 3]), List([1, 3, 3])) == [1, 0, 1]
    assert equal_each(List([1, List([2])]), 2) == [0, List([1])]
    assert equal_each(2, Integers([1, 2])) == [0, 1]


# --- order --------------------------------------------------------------------------------------


@given(
    st.one_of(
        st.tuples(*[st.integers() | st.floats(allow_nan=False)] * 2),
        st.tuples(st.text(), st.text()),
    )
)
def test_numbers_and_texts_are_ordered_as_in_python(pair: tuple[Any, Any]) -> None:
    left, right = pair
    assert less(left, right) is (left < right)
    assert less_equal(left, right) is (left <= right)
    assert greater(left, right) is (left > right)
    assert greater_equal(left, right) is (left >= right)
    assert compare(left, right) == (left > right) - (left < right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (1, "2"),
        ("a", 1),
        (None, 1),
        (1, None),
        (List([1]), List([2])),
        ([1], [2]),
        ({1}, {1, 2}),
        (Symbol("a"), "b"),
        ({}, {}),
    ],
)
@pytest.mark.parametrize("test", [less, less_equal, greater, greater_equal])
def test_unlike_kinds_and_containers_have_no_order(
    test: Callable[..., Any], left: Any, right: Any
) -> None:
    assert test(left, right) is False


def test_all_neighbours_must_be_in_order() -> None:
    assert less(1, 2, 3)
    assert not less(1, 3, 2)
    assert less_equal(1, 1, 2)
    assert greater(3, 2, 1)
    assert not greater_equal(3, 3, 4)
    assert less(Symbol("a"), Symbol("b"))


# --- truth --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "value", [None, False, 0, 0.0, "", List(), Integers(), LinkedList(), {}, set()]
)
def test_empty_values_are_false(value: Any) -> None:
    assert not truth(value)
    assert negation(value) is True


@pytest.mark.parametrize("value", [True, 3, "0", Symbol("a"), len, object()])
def test_other_scalars_are_true(value: Any) -> None:
    assert truth(value)
    assert negation(value) is False


def test_an_object_without_a_truth_value_is_true() -> None:
    class Vague:
        def __bool__(self) -> bool:
            raise ValueError("ambiguous")

    assert truth(Vague())


def test_negation_of_a_container_is_that_of_its_elements() -> None:
    assert text(negation(List([1, 0]))) == "(nil true)"
    assert text(negation(Integers([3, 0]))) == "(0 1)"
    assert text(negation(LinkedList(["", "a"]))) == "(true nil)"
    assert text(negation({"a": 0, "b": 1})) == '{"a":true "b":nil}'
    assert negation({1}) == {None}


@pytest.mark.parametrize("value", [None, False, List(), Integers(), [], LinkedList()])
def test_nil_and_empty_lists_are_null(value: Any) -> None:
    assert is_null(value)


@pytest.mark.parametrize("value", [0, "", {}, set(), True, List([None])])
def test_other_false_values_are_not_null(value: Any) -> None:
    assert not is_null(value)


# --- access -------------------------------------------------------------------------------------


class Account:
    def __init__(self) -> None:
        self.owner = "Ann"
        self.history = List([1, 2])


@pytest.mark.parametrize(
    ("container", "path", "element"),
    [
        (List([1, 2, 3]), (0,), 1),
        (List([1, 2, 3]), (-1,), 3),
        (Integers([1, 2]), (1,), 2),
        (LinkedList([1, 2]), (1,), 2),
        ("hello", (1,), "e"),
        ("hello", (-1,), "o"),
        (List([1, 2]), (1.0,), 2),
        ({"a": 1}, ("a",), 1),
        ({"a": {"b": {"c": 42}}}, ("a", "b", "c"), 42),
        ({"c": List([1, 2])}, ("c", 1), 2),
        ({"1": "x"}, (1,), "x"),
        ({1: "x"}, (1,), "x"),
        ({"a": 1}, (Symbol("a"),), 1),
        ({1, 2}, (2,), 2),
        ({1, 2}, (3,), None),
        (Account(), (Symbol("owner"),), "Ann"),
        (Account(), ("owner",), "Ann"),
        (Account(), (1, 0), 1),
        (math, (Symbol("pi"),), math.pi),
    ],
)
def test_elements_are_found_by_index_key_and_path(
    container: Any, path: tuple[Any, ...], element: Any
) -> None:
    assert at(container, *path) == element


@pytest.mark.parametrize(
    ("container", "key"),
    [
        (List([1]), 1),
        (List([1]), -2),
        (List(), "a"),
        ("ab", 2),
        ({"a": 1}, "z"),
        ({}, List([1])),
        (Account(), Symbol("none")),
        (Account(), 5),
        (LinkedList([1]), 1),
    ],
)
def test_a_missing_element_is_an_error(container: Any, key: Any) -> None:
    with pytest.raises(LispError, match="^Error: index out of bounds$"):
        at(container, key)


@pytest.mark.parametrize("container", [12, None, 1.5])
def test_a_number_has_no_elements(container: Any) -> None:
    with pytest.raises(LispError, match="value cannot be access through index"):
        at(container, 0)


def test_elements_are_replaced_in_place() -> None:
    items = List([1, 2, List([3])])

    assert set_at(items, 0, "a") is items
    set_at(items, 2, 0, "c")
    set_at(items, -2, "b")
    set_at(items, 99, "end")
    assert text(items) == '("a" "b" ("c") "end")'
    with pytest.raises(LispError, match="index out of bounds"):
        set_at(items, -9, 1)


def test_entries_are_replaced_by_their_text_keys() -> None:
    entries: dict[Any, Any] = {}
    set_at(entries, "a", List([1]))
    set_at(entries, 2, "two")
    set_at(entries, Symbol("b"), 3)
    set_at(entries, "a", 0, 10)
    assert text(entries) == '{"a":(10) "2":"two" "b":3}'
    assert set_at(IntegerDictionary(), "7", 1) == {7: 1}


def test_typed_lists_convert_what_is_set() -> None:
    assert set_at(Integers([1, 2]), 1, "30") == [1, 30]
    assert list(set_at(Strings(["a"]), 0, 5)) == ["5"]
    assert set_at(Numbers([1]), 1, 2) == [1, 2]


def test_a_changed_text_is_a_new_one() -> None:
    assert set_at("abc", 1, "XY") == "aXYc"
    assert set_at(List(["abc"]), 0, -1, "!") == ["ab!"]
    with pytest.raises(LispError, match="index out of bounds"):
        set_at("abc", 3, "x")


def test_fields_are_set_by_name_and_position() -> None:
    account = Account()
    set_at(account, Symbol("owner"), "Bob")
    set_at(account, 1, 0, 10)
    assert (account.owner, account.history) == ("Bob", [10, 2])
    set_at(account, 1, 7)
    assert vars(account) == {"owner": "Bob", "history": 7}
    with pytest.raises(LispError, match="value cannot be access"):
        set_at(12, 0, 1)


def test_a_set_takes_a_value() -> None:
    assert set_at({1}, 0, 2) == {1, 2}


@pytest.mark.parametrize(
    ("container", "keys", "arguments", "value", "after"),
    [
        (List([1, 2]), 1, (add, 5), 7, "(1 7)"),
        ({}, "a", (add, 1), 1, '{"a":1}'),
        ({"a": 1}, "a", (add, 1, 2), 4, '{"a":4}'),
        ({}, "a", (add, "x"), "x", '{"a":"x"}'),
        ({}, 5, (operator.sub, 2), -2, '{"5":-2}'),
        ({"k": List([1, 2])}, ("k", 1), (operator.mul, 4), 8, '{"k":(1 8)}'),
    ],
)
def test_update_at_stores_and_returns_the_new_value(
    container: Any, keys: Any, arguments: tuple[Any, ...], value: Any, after: str
) -> None:
    assert update_at(container, keys, *arguments) == value
    assert text(container) == after


def test_counting_words_starts_from_nothing() -> None:
    seen: dict[Any, Any] = {}
    for letter in "abca":
        update_at(seen, letter, add, 1)
    assert seen == {"a": 2, "b": 1, "c": 1}


def test_an_entry_is_read_before_what_is_added() -> None:
    seats = {"front": 1}
    entry, missing = Entry(seats, "front"), Entry(seats, "back")
    seats.clear()
    assert entry.update(add, 2, 3) == 6
    assert missing.update(add, "x") == "x"
    assert seats == {"front": 6, "back": "x"}


def test_a_text_is_not_updated_in_place() -> None:
    with pytest.raises(LispError, match="a text cannot be changed in place"):
        update_at("abc", 0, add, "x")
    with pytest.raises(LispError, match="index out of bounds"):
        update_at(List([1]), 4, add, 1)
