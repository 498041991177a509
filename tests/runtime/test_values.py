"""Lists, typed lists, linked lists, atoms: construction, change, operators, equality."""

from __future__ import annotations

import copy
import math
import operator
import pickle
import struct
from array import array
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lisptorch_compile.runtime import (
    EMPTY,
    UNSET,
    Floats,
    Integers,
    LinkedList,
    LispError,
    List,
    Numbers,
    Shorts,
    Strings,
    Symbol,
    text,
    to_float,
    to_integer,
    to_list,
    vectors,
)
from lisptorch_compile.runtime.values import TypedList

# With numpy there, long typed lists are handed to it: the properties below hold for both.
pytest.importorskip("numpy")

# --- atoms ------------------------------------------------------------------------------------


def test_there_is_one_atom_of_a_name() -> None:
    assert Symbol("a") is Symbol("a")
    assert operator.ne(Symbol("a"), "a")
    assert {Symbol("a"): 1}[Symbol("a")] == 1


def test_atoms_are_ordered_by_name() -> None:
    assert sorted([Symbol("b"), Symbol("a")]) == [Symbol("a"), Symbol("b")]
    with pytest.raises(TypeError):
        _ = Symbol("a") < "b"


def test_an_atom_cannot_be_changed() -> None:
    with pytest.raises(AttributeError, match="cannot set 'name' of an atom"):
        Symbol("a").name = "b"


def test_copies_of_an_atom_are_the_atom() -> None:
    atom = Symbol("a")

    assert copy.deepcopy(List([atom]))[0] is atom
    assert pickle.loads(pickle.dumps(atom)) is atom


def test_an_atom_is_a_class_pattern() -> None:
    match Symbol("go"):
        case Symbol("stop"):
            found = "stop"
        case Symbol("go"):
            found = "go"
    assert found == "go"


def test_empty_is_true_and_unset_survives_pickling() -> None:
    assert EMPTY
    assert pickle.loads(pickle.dumps(UNSET)) is UNSET


# --- lists --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("result", "printed"),
    [
        (List([1, 2, 3]) + List([4, 5, 6]), "(5 7 9)"),
        (List([1, 2, 3]) + List([10, 20]), "(11 22 3)"),
        (List([10, 9]) - 4, "(6 5)"),
        (1 + List([1, 2]), "(2 3)"),
        (List([1, 2]) + 0.5, "(1.5 2.5)"),
        (Numbers([1, 2]) + 0.5, "(1.5 2.5)"),
        (Integers([5, 6]) - Integers([1, 2, 3]), "(4 4)"),
        (List([List([1, 2]), 3]) * 2, "((2 4) 6)"),
        (List([List([1, 2]), List([3, 4])]) + List([10, 20]), "((11 12) (23 24))"),
        (List([7, -7]) % 3, "(1 -1)"),
        (List([1, 2, 3]) ** 2, "(1 4 9)"),
        (List([1, 4]) ** 0.5, "(1 2)"),
        (2 ** List([3, 4]), "(8 16)"),
        (7 % List([4, 5]), "(3 2)"),
        (List([6, 5]) & 4, "(4 4)"),
        (6 & List([4, 3]), "(4 2)"),
        (List([6, 5]) | 1, "(7 5)"),
        (1 | List([6, 5]), "(7 5)"),
        (List([6, 5]) ^ 1, "(7 4)"),
        (1 ^ List([6, 5]), "(7 4)"),
        (List([1, 2]) << 1, "(2 4)"),
        (1 << List([1, 2]), "(2 4)"),
        (List([4, 2]) >> 1, "(2 1)"),
        (8 >> List([1, 2]), "(4 2)"),
        (10 - List([1, 2]), "(9 8)"),
        (3 * List([1, 2]), "(3 6)"),
        (1 / List([2, 4]), "(0.5 0.25)"),
        (List([1, 2]) / 2, "(0.5 1)"),
        (-List([1, -2]), "(-1 2)"),
        (~Integers([10]), "(-11)"),
        (LinkedList([1, 2]) + 1, "(2 3)"),
        (List(["a", "b"]) + "c", '("ac" "bc")'),
        ("a" + List(["b", "c"]), '("ab" "ac")'),
        ("a" + Strings(["b"]), '("ab")'),
        ("a" + Integers([1, 2]), '("a1" "a2")'),
        ([1, 2] + List([10, 20]), "(11 22)"),
    ],
)
def test_operators_work_element_by_element(result: Any, printed: str) -> None:
    assert text(result) == printed


@pytest.mark.parametrize(
    ("result", "kind"),
    [
        (Integers([1]) + List([0.5]), Integers),
        (List([1]) + Integers([2]), List),
        (2.5 * Integers([1]), Integers),
        (Shorts([1]) + Integers([1]), Shorts),
        (Floats([1]) + Numbers([1]), Floats),
        (Strings(["a"]) + "b", Strings),
        ("a" + Integers([1]), List),
        ([1] + Integers([2]), List),
        (LinkedList([1]) + List([2]), LinkedList),
    ],
)
def test_the_left_list_gives_the_type(result: Any, kind: type) -> None:
    assert type(result) is kind


@pytest.mark.parametrize("kind", [List, Integers, Numbers, Floats, Shorts, LinkedList])
def test_assigning_operators_leave_the_shared_list_alone(kind: Any) -> None:
    shared = kind([1, 2])
    items = shared
    items += 1
    items *= 2
    assert (items == [4, 6], shared == [1, 2]) == (True, True)


def test_a_list_is_everything_that_python_lists_are() -> None:
    items = List([3, 1, 2])
    items.sort()

    assert isinstance(items, list)
    assert items[0] == 1
    assert type(items[1:]) is list
    assert repr(items) == "List([1, 2, 3])"


def test_a_list_with_a_wrong_element_is_an_error() -> None:
    with pytest.raises(TypeError):
        _ = List([1, None]) + 1
    with pytest.raises(ZeroDivisionError):
        _ = List([1, 2]) / 0


# --- equality -----------------------------------------------------------------------------------

_ONE_TWO = [
    List([1, 2]),
    Integers([1, 2]),
    Shorts([1, 2]),
    Numbers([1, 2]),
    Floats([1, 2]),
    LinkedList([1, 2]),
    [1.0, 2],
]


@pytest.mark.parametrize("left", _ONE_TWO)
@pytest.mark.parametrize("right", _ONE_TWO)
def test_lists_of_any_type_are_equal_by_their_elements(left: Any, right: Any) -> None:
    assert operator.eq(left, right)
    assert not operator.ne(left, right)


@pytest.mark.parametrize("left", _ONE_TWO[:-1])
@pytest.mark.parametrize("right", [[1, 3], [1], "12", 12, None, Integers([2, 1])])
def test_lists_with_other_elements_are_not_equal(left: Any, right: Any) -> None:
    assert operator.ne(left, right)
    assert not operator.eq(left, right)


@pytest.mark.parametrize("kind", [List, Strings, Integers, Numbers, LinkedList])
def test_an_empty_list_equals_nil(kind: Any) -> None:
    assert operator.eq(kind(), None)
    assert operator.eq(None, kind())
    assert List([kind()]) == [None]
    assert operator.ne(kind([1]), None)


def test_dotted_pairs_differ_by_their_end() -> None:
    assert LinkedList([1], 2) == LinkedList([1], 2)
    assert LinkedList([1], 2) != LinkedList([1], 3)
    assert LinkedList([1], 2) != LinkedList([1])


@pytest.mark.parametrize("kind", [List, Integers, Strings, LinkedList])
def test_lists_cannot_be_keys(kind: Any) -> None:
    with pytest.raises(TypeError, match="unhashable"):
        hash(kind())


# --- typed lists --------------------------------------------------------------------------------


def test_the_elements_have_the_sizes_of_lispe() -> None:
    sizes = [kind([1]).itemsize for kind in (Integers, Shorts, Floats, Numbers)]
    assert sizes == [8, 2, 4, 8]


@pytest.mark.parametrize(
    ("made", "elements"),
    [
        (Integers([1, "3", 2.7, True, None]), [1, 3, 2, 1, 0]),
        (Integers("12"), [1, 2]),
        (Integers(b"ab"), [97, 98]),
        (Integers(range(3)), [0, 1, 2]),
        (Integers(x for x in (1, 2.5)), [1, 2]),
        (Integers([1, [2, [3, "4"]], Integers([5])]), [1, 2, 3, 4, 5]),
        (Integers(Numbers([1.5, 2.5])), [1, 2]),
        (Integers(["3", "4", "x"]), [3, 4, 0]),
        (Shorts([-32768, 32767]), [-32768, 32767]),
        (Numbers(["1e3", 1]), [1000.0, 1.0]),
        (Floats([0.5, [1]]), [0.5, 1.0]),
        (Numbers(), []),
    ],
)
def test_constructors_convert_and_flatten(made: TypedList, elements: list[Any]) -> None:
    assert made.tolist() == elements


def test_what_is_put_into_a_typed_list_is_converted() -> None:
    items = Integers([1, 2])
    items.append("3")
    items.append(2.7)
    items.extend([4.5, "5"])
    items.insert(0, "0x10")
    items[1] = "7"
    items[2:3] = [8.9, "9"]
    assert items == [16, 7, 8, 9, 3, 2, 4, 5]


def test_texts_hold_texts_only() -> None:
    items = Strings([Symbol("a"), 1, ["b", 2.50]])
    items.append(None)
    items.insert(0, 3)
    items.extend([True])
    items[1] = 0.1
    items[2:3] = [5, 6]
    assert list(items) == ["3", "0.1", "5", "6", "b", "2.5", "nil", "true"]


@pytest.mark.parametrize(
    "fail",
    [
        lambda: Integers([2**63]),
        lambda: Shorts([32768]),
        lambda: Integers([2**62]) * 4,
        lambda: Integers([1]).append(2**70),
        lambda: Shorts([1]).insert(0, -40000),
        lambda: operator.setitem(Shorts([1]), 0, 99999),
        lambda: Integers([1]).extend([2**64]),
        lambda: Integers([1, "99999999999999999999"]),
        lambda: Integers([math.inf]),
        lambda: Shorts([1] * 100) * 40000,
        lambda: Integers([2**62] * 100) + Integers([2**62] * 100),
    ],
)
def test_a_number_beyond_the_range_is_lispes_error(fail: Callable[[], Any]) -> None:
    with pytest.raises(LispError, match=r"out of range|cannot convert"):
        fail()


def test_copies_keep_the_type_and_are_independent() -> None:
    for kind in (Integers, Shorts, Floats, Numbers):
        items = kind([1, 2])
        for duplicate in (
            copy.copy(items),
            copy.deepcopy(items),
            pickle.loads(pickle.dumps(items)),
        ):
            duplicate[0] = 9
            assert type(duplicate) is kind
            assert items == [1, 2]
            assert duplicate == [9, 2]


def test_a_typed_list_offers_its_buffer() -> None:
    assert memoryview(Integers([1, 2])).nbytes == 16
    assert struct.unpack("2f", memoryview(Floats([0.5, 2])).tobytes()) == (0.5, 2.0)


#: Where a sum, a product or a quotient ceases to fit: 16, 32, 53 and 64 bits.
_EDGES = [
    sign * 2**bits + beside
    for sign in (-1, 1)
    for bits in (14, 15, 16, 31, 32, 52, 53, 62, 63)
    for beside in (-1, 0, 1)
]
_INTEGERS = st.one_of(
    st.integers(-(2**63), 2**63 - 1),
    st.sampled_from([edge for edge in _EDGES if -(2**63) <= edge < 2**63]),
)
_SHORTS = st.one_of(
    st.integers(-(2**15), 2**15 - 1),
    st.sampled_from([edge for edge in _EDGES if -(2**15) <= edge < 2**15]),
)
_REALS = st.floats(allow_nan=False, width=32)
_CODES: dict[Any, str] = {Integers: "q", Shorts: "h", Floats: "f", Numbers: "d"}


@st.composite
def _operands(draw: st.DrawFn) -> tuple[TypedList, Any]:
    """A typed list, and another or a number; long enough for numpy half of the time."""
    kinds = st.sampled_from([Integers, Shorts, Floats, Numbers])
    left, right = draw(kinds), draw(kinds)
    length = draw(st.sampled_from([3, 70]))
    first = draw(_typed(left, length))
    if draw(st.booleans()):
        return first, draw(st.one_of(st.integers(-9, 9), _INTEGERS, _REALS))
    return first, draw(_typed(right, draw(st.sampled_from([2, 70]))))


def _typed(kind: Any, length: int) -> st.SearchStrategy[Any]:
    """Lists of one type whose few different values are repeated."""
    values = {Integers: _INTEGERS, Shorts: _SHORTS}
    elements = st.one_of(st.integers(-3, 3), values.get(kind, _REALS))
    seeds = st.lists(elements, min_size=1, max_size=5)
    return seeds.map(lambda seed: kind((seed * length)[:length]))


def _model(operation: Callable[[Any, Any], Any], left: Any, right: Any) -> list[Any]:
    """The elements that ``left operation right`` shall have, one by one."""
    others = list(right) if isinstance(right, array) else [right] * len(left)
    combined = [operation(a, b) for a, b in zip(left, others, strict=False)]
    combined += list(left)[len(combined) :]
    if isinstance(left, Integers | Shorts):
        combined = [int(value) for value in combined]
    return array(_CODES[type(left)], combined).tolist()


@given(
    _operands(),
    st.sampled_from([operator.add, operator.sub, operator.mul, operator.truediv]),
    st.sampled_from([2**22, 128]),
)
def test_typed_lists_calculate_like_their_elements(
    operands: tuple[Any, Any], operation: Callable[[Any, Any], Any], portion: int
) -> None:
    left, right = operands

    def calculated() -> Any:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(vectors, "_PORTION", portion)
            return operation(left, right)

    try:
        expected = _model(operation, left, right)
    except (ZeroDivisionError, OverflowError, ValueError) as error:
        with pytest.raises((LispError, type(error))):
            calculated()
    else:
        result = calculated()
        assert type(result) is type(left)
        assert text(result) == text(expected)
        assert [math.isnan(x) or x for x in result] == [
            math.isnan(x) or x for x in expected
        ]


def test_long_typed_lists_are_handed_to_numpy() -> None:
    items = Numbers([1.5] * 100)

    assert vectors.combine(operator.mul, items, 2) == [3.0] * 100
    assert vectors.combine(operator.mul, Numbers(items[:10]), 2) is None
    assert vectors.combine(operator.truediv, items, 0) is None
    assert vectors.combine(operator.truediv, items, Numbers([2.0] * 100)) == (
        [0.75] * 100
    )


@pytest.mark.parametrize("number", [math.inf, math.nan])
def test_what_has_no_end_is_not_divided_by_zero(number: float) -> None:
    items = Numbers([number] * 100)

    with pytest.raises(ZeroDivisionError):
        items / Numbers([0.0] * 100)
    assert text(items / Numbers([2.0] * 100)) == text(items)


@given(_typed(Integers, 70), st.integers(-9, 9))
def test_a_number_on_the_left_meets_each_element(items: Integers, number: int) -> None:
    try:
        expected = array("q", [number - item for item in items]).tolist()
    except OverflowError:
        with pytest.raises(LispError):
            _ = number - items
    else:
        assert (number - items).tolist() == expected


_CHANGES = st.one_of(
    st.tuples(st.just("append"), st.integers(-99, 99)),
    st.tuples(st.just("insert"), st.integers(-3, 9), st.integers(-99, 99)),
    st.tuples(st.just("extend"), st.lists(st.integers(-99, 99), max_size=4)),
    st.tuples(st.just("reverse")),
)


@given(
    st.sampled_from([Integers, Shorts, Numbers, Floats, LinkedList]),
    st.lists(_CHANGES, max_size=12),
)
def test_changes_are_those_of_a_list(kind: Any, changes: list[Any]) -> None:
    items, model = kind([1, 2]), [1, 2]
    for name, *arguments in changes:
        getattr(items, name)(*arguments)
        getattr(model, name)(*arguments)
    assert list(items) == model
    assert items == model
    assert len(items) == len(model)
    assert list(items[1:-1]) == model[1:-1]


# --- linked lists -------------------------------------------------------------------------------


def test_a_linked_list_grows_in_front_without_walking() -> None:
    items = LinkedList()
    for number in range(100_000):
        items.insert(0, number)
    assert (items[0], len(items)) == (99_999, 100_000)


def test_the_rest_of_a_linked_list_is_shared() -> None:
    items = LinkedList([1, 2, 3])
    items.rest[0] = 20
    assert items == [1, 20, 3]


def test_elements_of_a_linked_list_are_set_and_deleted() -> None:
    items = LinkedList([1, 2, 3, 4])
    items[-1] = 40
    del items[0]
    del items[-2]
    items.remove(2)
    assert items == [40]
    assert 40 in items
    with pytest.raises(IndexError):
        _ = items[1]
    with pytest.raises(IndexError):
        del items[5]


def test_a_linked_list_is_extended_before_its_end() -> None:
    pair = LinkedList([1], "end")
    pair.extend([2, 3])
    empty = LinkedList()
    empty.extend([1])

    assert (text(pair), text(empty)) == ('(1 2 3 . "end")', "(1)")


def test_a_cyclic_list_is_walked_once() -> None:
    items = LinkedList([1, 2])
    items.head.following.following = items.head
    assert (list(items), items.is_cyclic) == ([1, 2], True)
    assert not LinkedList([1, 2]).is_cyclic
    assert not LinkedList().is_cyclic


# --- conversions ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "integer", "real"),
    [
        ("12abc", 12, 12.0),
        ("abc", 0, 0.0),
        ("", 0, 0.0),
        ("0x1F", 31, 31.0),
        ("-0x1F", -31, -31.0),
        ("0b101", 5, 5.0),
        (" -7.9", -7, -7.9),
        ("1e3", 1000, 1000.0),
        (".5", 0, 0.5),
        (b"12", 12, 12.0),
        (2.7, 2, 2.7),
        (-2.7, -2, -2.7),
        (True, 1, 1.0),
        (None, 0, 0.0),
    ],
)
def test_values_become_numbers_by_their_content(
    value: Any, integer: int, real: float
) -> None:
    assert (to_integer(value), to_float(value)) == (integer, real)


@pytest.mark.parametrize("value", [List([1]), {}, Symbol("a"), object()])
def test_what_has_no_number_is_an_error(value: Any) -> None:
    with pytest.raises(LispError, match="cannot convert this value into a number"):
        to_integer(value)
    with pytest.raises(LispError, match="cannot convert this value into a number"):
        to_float(value)


def test_to_list_takes_containers_apart() -> None:
    assert to_list([1, 2]) == List([1, 2])
    assert type(to_list([1, 2])) is List
    assert to_list("ab") == ["ab"]
    assert to_list(None) == []
    assert to_list({"a": 1}) == ["a"]
