"""Instances of classes, and records of data types, as the runtime makes them."""

import copy
import gc

import pytest

from lisptorch_compile.runtime import Instance, LispError, Symbol, at, set_at, text
from lisptorch_compile.runtime.classes import fields_of, to_clean
from lisptorch_compile.runtime.kinds import type_of
from lisptorch_compile.runtime.records import Kind, Nested, Record


class Point(Instance):
    lisp_names = (("Point", "a-point"), ("y", "the-y"))

    def __init__(self, x: object, y: object = None) -> None:
        self.x = x
        self.y = y


def test_instance_prints_its_class_and_fields_by_their_lisp_names() -> None:
    assert (
        text(Point("a", Point(1)))
        == '(a-point "x":"a" "the-y":(a-point "x":1 "the-y":nil))'
    )


def test_fields_are_found_by_name_and_by_position() -> None:
    point = Point(1, 2)
    set_at(point, Symbol("the-y"), 5)
    assert (at(point, Symbol("the-y")), at(point, 0), fields_of(point)) == (
        5,
        1,
        {"x": 1, "the-y": 5},
    )
    with pytest.raises(LispError, match="index out of bounds"):
        at(point, Symbol("z"))


def test_type_of_an_instance_is_its_class() -> None:
    assert type_of(Point(1)) is Symbol("a-point")


def test_method_runs_when_the_instance_is_gone() -> None:
    seen = []

    class Watched(Instance):
        def __init__(self) -> None:
            self.state = 1

        def leave(self) -> None:
            seen.append(self.state)

    watched = Watched()
    to_clean(watched, "leave")
    watched.state = 2
    assert seen == []
    del watched
    gc.collect()
    assert seen == [2]


class Pair(Record):
    left: int
    right: float


class Box(Record):
    content: Nested(Pair, object, int)  # type: ignore[valid-type]  # made by a call
    names: Kind("strings_")  # type: ignore[valid-type]


def test_record_is_a_list_with_its_name_in_front() -> None:
    pair = Pair(1, 2)
    assert (list(pair), pair.right, text(pair)) == (
        [Symbol("Pair"), 1, 2],
        2,
        "(Pair 1 2)",
    )
    assert type_of(pair) is Symbol("data_")
    assert type(copy.deepcopy(pair)) is Pair


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ((1,), "Size mismatch between argument list and data structure definition"),
        (("a", 2), r"Mismatch on argument: 1 \(integer_ required\)"),
        ((True, 2), r"Mismatch on argument: 1 \(integer_ required\)"),
        ((1, "b"), r"Mismatch on argument: 2 \(number_ required\)"),
    ],
)
def test_record_takes_what_it_declares(
    values: tuple[object, ...], message: str
) -> None:
    with pytest.raises(LispError, match=message):
        Pair(*values)


def test_nested_fields_are_looked_into() -> None:
    with pytest.raises(LispError, match=r"argument: 1 \(Pair required\)"):
        Box(Pair(1, 2.5), ["a"])
    with pytest.raises(LispError, match=r"argument: 2 \(strings_ required\)"):
        Box(Pair(1, 2), ["a"])


def test_match_takes_a_record_apart() -> None:
    match Pair(3, 4.5):
        case Pair(left, right):
            assert (left, right) == (3, 4.5)
        case _:
            pytest.fail("no match")
