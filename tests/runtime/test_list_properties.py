"""Laws of the list functions, on random lists."""

from __future__ import annotations

import operator
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from lisptorch_compile.runtime import (
    json_text,
    lists,
    ordering,
    parts,
    searching,
    sequences,
    strings,
)
from lisptorch_compile.runtime.operators import equal
from lisptorch_compile.runtime.values import Integers, LinkedList, List, Strings

NUMBERS = st.integers(-(2**40), 2**40)
KINDS = st.sampled_from([List, Integers, LinkedList])


@given(st.lists(NUMBERS), KINDS)
def test_sorting_with_a_function_is_sorting_natively(
    items: list[int], kind: Any
) -> None:
    native = ordering.sort(operator.lt, kind(items))
    assert list(native) == sorted(items)
    assert list(ordering.sort(lambda a, b: a < b, kind(items))) == sorted(items)


@given(st.lists(NUMBERS))
def test_a_heap_is_a_sorted_list(items: list[int]) -> None:
    assert list(ordering.heap(None, *items)) == sorted(items)


@given(st.lists(NUMBERS), KINDS, st.integers(0, 12), st.integers(1, 12))
def test_a_part_is_a_slice(items: list[int], kind: Any, start: int, stop: int) -> None:
    part = parts.extract(kind(items), start, stop)
    assert type(part) is kind
    assert list(part) == items[start:stop]


@given(st.lists(NUMBERS), KINDS, st.integers(-9, 9))
def test_rotating_back_restores(items: list[int], kind: Any, turn: int) -> None:
    turn = turn or 1
    assert list(lists.rotate(lists.rotate(kind(items), turn), -turn)) == items


@given(st.lists(NUMBERS), st.integers(1, 5))
def test_slices_join_to_the_whole(items: list[int], length: int) -> None:
    pieces = parts.slices(List(items), length)
    assert all(len(piece) == length for piece in pieces[:-1])
    assert list(lists.flatten(pieces)) == items


@given(NUMBERS, NUMBERS, st.integers(1, 2**36).map(lambda step: step | 2**33))
def test_a_range_runs_towards_its_end(start: int, stop: int, step: int) -> None:
    values = list(sequences.arange(start, stop, step))
    assert values == sorted(values, reverse=start > stop)
    assert all(min(start, stop) <= value <= max(start, stop) for value in values)
    assert stop not in values
    assert values[:1] == ([start] if start != stop else [])


@given(st.lists(st.integers(0, 5)), st.integers(0, 5))
def test_positions_are_where_the_element_is(items: list[int], value: int) -> None:
    expected = [index for index, item in enumerate(items) if item == value]
    assert list(searching.find_all(List(items), value)) == expected
    assert searching.find(List(items), value) == (expected[0] if expected else None)
    assert searching.find_last(List(items), value) == (
        expected[-1] if expected else None
    )
    assert searching.count(List(items), value) == len(expected)
    assert searching.contains(List(items), value) == bool(expected)


@given(st.lists(st.text(st.characters(exclude_characters=","), min_size=1)))
def test_joining_pieces_undoes_splitting(pieces: list[str]) -> None:
    assert list(strings.split(strings.join(Strings(pieces), ","), ",")) == pieces


@given(st.text(), st.text())
def test_the_edit_distance_is_a_distance(left: str, right: str) -> None:
    distance = strings.edit_distance(left, right)
    assert distance == strings.edit_distance(right, left)
    assert (distance == 0) == (left == right)
    assert distance <= max(len(left), len(right))


JSON_VALUES = st.recursive(
    st.none() | st.just(True) | NUMBERS | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner).map(List) | st.dictionaries(st.text(), inner),
    max_leaves=8,
).filter(lambda value: "inf" not in repr(value))


@given(JSON_VALUES)
def test_a_value_written_as_json_reads_back(value: object) -> None:
    assert equal(json_text.parse(json_text.dumps(value)), value)
