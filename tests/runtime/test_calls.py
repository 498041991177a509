"""Tail calls, guards, calls decided at run time, options."""

from __future__ import annotations

import inspect
from typing import Any

import pytest

from lisptorch_compile.runtime import (
    LispError,
    List,
    Symbol,
    holds,
    no_match,
    options,
    send,
    tail_call,
    tail_recursive,
    unknown_key,
)


@tail_recursive
def is_even(n: int) -> bool | None:
    """Tell whether n is even."""
    return True if n == 0 else is_odd.tail(n - 1)


@tail_recursive
def is_odd(n: int) -> bool | None:
    return None if n == 0 else is_even.tail(n=n - 1)


def test_mutual_tail_calls_do_not_grow_the_stack() -> None:
    assert is_even(100_000) is True
    assert is_even(100_001) is None
    assert is_even.__doc__ == "Tell whether n is even."


@tail_recursive
def depth() -> int:
    return len(inspect.stack(0))


@tail_recursive
def depth_after(steps: int) -> int:
    return depth.tail() if steps == 0 else depth_after.tail(steps - 1)


def test_the_depth_does_not_depend_on_the_number_of_calls() -> None:
    assert depth_after(1000) == depth_after(1)


def test_a_tail_recursive_function_is_a_method_in_a_class() -> None:
    class Counter:
        @tail_recursive
        def down(self: Any, n: int) -> Any:
            return "done" if n == 0 else Counter.down.tail(self, n - 1)

    counter: Any = Counter()
    assert counter.down(50_000) == "done"


def test_methods_call_one_another_last_whatever_a_subclass_makes_of_them() -> None:
    class Parity:
        @tail_recursive
        def is_even(self, n: int) -> Any:
            return True if n == 0 else tail_call(self.is_odd, n - 1)

        @tail_recursive
        def is_odd(self, n: int) -> Any:
            return None if n == 0 else tail_call(self.is_even, n=n - 1)

    class Stubborn(Parity):
        def is_odd(self, n: int) -> Any:
            return "never odd"

    assert Parity().is_even(100_000) is True
    assert Parity().is_odd(100_000) is None
    assert Stubborn().is_even(3) == "never odd"


def test_a_guard_that_fails_does_not_hold() -> None:
    assert holds(lambda x: x > 0, 1)
    assert not holds(lambda x: x > 0, -1)
    assert not holds(lambda x: x > 0, "a")
    assert not holds(lambda x: x.missing, None)


def test_errors_of_choices_name_what_was_looked_for() -> None:
    assert str(no_match("f")) == "Error: Could not find a match for function: 'f'"
    assert "'(1)'" in str(unknown_key(List([1])))


class Account:
    def __init__(self) -> None:
        self.balance = 10

    def plus(self, n: int) -> int:
        return self.balance + n


def test_send_calls_a_method_or_composes_functions() -> None:
    assert send(Account(), "plus", 5) == 15
    assert send(lambda x: x * 2, "plus", 5, function=lambda x: x + 1) == 12
    assert send("a,b", "split", ",") == ["a", "b"]
    with pytest.raises(LispError, match="unknown instruction: 'minus'"):
        send(Account(), "minus", 5)
    with pytest.raises(LispError, match="unknown instruction: 'plus'"):
        send(lambda x: x, "plus", 5)


@pytest.mark.parametrize(
    "value",
    [
        {"top_k": 40, "seed": 1},
        {Symbol("top_k"): 40, "seed": 1},
        List([List(["top_k", 40]), List(["seed", 1])]),
        [("top_k", 40), [Symbol("seed"), 1]],
        List(["top_k", 40, Symbol("seed"), 1]),
    ],
)
def test_options_are_a_dictionary_in_any_spelling(value: Any) -> None:
    made = options(value)

    assert made == {"top_k": 40, "seed": 1}
    assert type(made) is dict
    assert all(type(key) is str for key in made)


@pytest.mark.parametrize("value", [None, False, List(), {}])
def test_nil_and_empty_lists_are_no_options(value: Any) -> None:
    assert options(value) == {}


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (12, "options are a dictionary or pairs, not the number 12"),
        ("top_k", "options are a dictionary or pairs, not the text 'top_k'"),
        (List(["top_k"]), "an option has no value: top_k"),
        (
            List([List(["top_k", 1, 2])]),
            r'a key and a value, not the list \("top_k" 1 2\)',
        ),
        (List([1]), "a key and a value, not the number 1"),
        ({1: 2}, "the name of an option is a text, not the number 1"),
    ],
)
def test_other_values_are_no_options(value: Any, reason: str) -> None:
    with pytest.raises(LispError, match=reason):
        options(value)
