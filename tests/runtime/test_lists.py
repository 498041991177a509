"""The list functions against the examples of the language's description."""

from __future__ import annotations

import itertools
import operator

import pytest

from lisptorch_compile.runtime import (
    higher_order,
    kinds,
    lists,
    marks,
    operators,
    ordering,
    parts,
    searching,
    sequences,
)
from lisptorch_compile.runtime.errors import LispError
from lisptorch_compile.runtime.text import text
from lisptorch_compile.runtime.values import (
    ByteStrings,
    Floats,
    Integers,
    LinkedList,
    List,
    Numbers,
    Shorts,
    Strings,
    Symbol,
)


def atoms(names: str) -> List:
    return List([Symbol(name) for name in names.split()])


# --- construction -------------------------------------------------------------------------


def test_typed_lists_splice_lists_and_convert() -> None:
    assert text(lists.integers(Strings(["3", "4", "x"]))) == "(3 4 0)"
    assert text(lists.integers(1, List([2, List([3])]), 4.7)) == "(1 2 3 4)"
    assert isinstance(lists.shorts(1), Shorts)
    assert text(lists.numbers(1, "2.5")) == "(1 2.5)"
    assert isinstance(lists.floats(0.5), Floats)
    assert text(lists.strings(Symbol("a"), 1)) == '("a" "1")'


def test_byte_strings() -> None:
    strings = ByteStrings(["é", b"x", ["a"]])
    strings.append(1)

    assert list(strings) == [b"\xc3\xa9", b"x", b"a", b"1"]
    assert text(strings) == '("é" "x" "a" "1")'
    assert text(kinds.type_of(strings)) == "stringbytes_"


def test_cons_puts_an_item_in_front() -> None:
    assert text(lists.cons(1, List([2, 3]))) == "(1 2 3)"
    assert text(lists.cons(Symbol("a"), Symbol("b"))) == "(a . b)"
    assert text(lists.cons(1, None)) == "(1)"
    typed = lists.cons("1", Integers([2]))
    assert isinstance(typed, Integers)
    assert list(typed) == [1, 2]


def test_cons_leaves_the_list_alone() -> None:
    items = List([2])
    lists.cons(1, items)
    assert items == List([2])


def test_cons_back_puts_an_item_behind() -> None:
    assert text(lists.cons_back(atoms("a b"), atoms("c d"))) == "(a b (c d))"


def test_concat_in_place_changes_the_first_list() -> None:
    first = List([1])
    assert text(lists.concat_in_place(first, List([2, 3]), 4)) == "(1 2 3 4)"
    assert text(first) == "(1 2 3 4)"


def test_concat_makes_a_new_list() -> None:
    first = List([1])
    assert text(lists.concat(first, List([2, 3]))) == "(1 2 3)"
    assert text(first) == "(1)"


def test_clone_copies_inner_lists() -> None:
    inner = List([1])
    copied = lists.clone(List([inner]))
    inner.append(2)
    assert text(copied) == "((1))"


def test_clone_of_a_cyclic_list_is_cyclic() -> None:
    items = List([1])
    items.append(items)
    copied = lists.clone(items)
    assert copied[1] is copied
    assert copied is not items


def test_clone_keeps_the_kind_and_what_is_no_container() -> None:
    shared = object()
    copied = lists.clone(List([shared, {"a": List([1])}, Integers([1])]))
    assert copied[0] is shared
    assert isinstance(copied[2], Integers)
    heap = ordering.heap(lambda a, b: (b > a) - (b < a), 1, 2)
    assert text(lists.push(lists.clone(heap), 3)) == "(3 2 1)"
    assert text(heap) == "(2 1)"


# --- access -------------------------------------------------------------------------------


def test_first_rest_and_last() -> None:
    assert lists.first(List([1, 2])) == 1
    assert lists.first(List()) is None
    assert lists.first("hello") == "h"
    assert text(lists.rest(List([1, 2, 3]))) == "(2 3)"
    assert not lists.rest(List([1]))
    assert lists.rest("hello") == "ello"
    assert isinstance(lists.rest(Integers([1, 2])), Integers)
    assert lists.rest(LinkedList([1], 2)) == 2
    assert text(lists.rest(LinkedList([1, 2], 3))) == "(2 . 3)"


def test_a_linked_list_shares_its_cells_with_its_rest() -> None:
    items = LinkedList([1, 2, 3])
    lists.rest(items)[0] = 20
    assert text(items) == "(1 20 3)"
    assert lists.last("abc") == "c"
    assert lists.last(List()) is None


@pytest.mark.parametrize("function", [lists.first, lists.rest])
def test_a_number_has_no_first_and_no_rest(function: object) -> None:
    with pytest.raises(LispError, match="You can only apply 'car/cdr' to a list"):
        function(3)  # type: ignore[operator]


def test_the_empty_text_has_no_first() -> None:
    with pytest.raises(LispError, match="Error: Empty string"):
        lists.first("")


def test_accessors_read_from_right_to_left() -> None:
    nested = List([1, List([2, 3]), 4])
    assert text(lists.second(nested)) == "(2 3)"
    assert lists.third(nested) == 4
    assert text(lists.follow(nested, "dd")) == "(4)"
    assert lists.follow(nested, "aad") == 2
    assert lists.second(List([1, None])) is None


def test_accessors_past_the_end_raise() -> None:
    with pytest.raises(LispError, match="You can only apply 'car/cdr' to a list"):
        lists.second(List([1]))
    with pytest.raises(LispError, match="You can only apply 'car/cdr' to a list"):
        lists.follow(List([1]), "add")


def test_size() -> None:
    assert lists.size("été") == 3
    assert lists.size(Integers([1, 2])) == 2
    assert lists.size({"a": 1}) == 1
    assert lists.size(12) == lists.size(None) == 0


def test_tally_counts_leaves() -> None:
    assert lists.tally(List([List([1, 2]), List([3, 4])])) == 4


def test_extract_cuts_lists() -> None:
    items = List([1, 2, 3, 4, 5])
    assert text(parts.extract(items, 1, 3)) == "(2 3)"
    assert text(parts.extract(items, 0, -1)) == "(1 2 3 4)"
    assert text(parts.extract(items, 2, 0)) == "(3 4 5)"
    assert parts.extract(items, 1) == 2
    assert text(parts.extract(items, 3, 3)) == text(parts.extract(items, 9, 12)) == "()"
    assert isinstance(parts.extract(Integers([1, 2, 3]), 0, 2), Integers)


def test_extract_cuts_texts_at_positions() -> None:
    assert parts.extract("12345", 1, -1) == "234"
    assert parts.extract("12345", -2) == "4"
    assert parts.extract("abc", 1, 3) == "bc"
    assert parts.extract("abc", 5, 9) == ""


def test_set_range_replaces_a_part() -> None:
    items = List([1, 2, 3, 4, 5, 6])
    assert text(parts.set_range(items, 0, 3, 100)) == "(100 4 5 6)"
    assert text(items) == "(100 4 5 6)"
    assert text(parts.set_range(items, 1, List([7, 8]))) == "(100 7 8)"
    assert parts.set_range("abcdef", 1, 3, "-") == "a-def"


def test_at_shape_reads_a_flat_list_as_a_table() -> None:
    flat = sequences.arange(0, 60, 1)
    shape = Integers([3, 4, 5])
    assert parts.at_shape(flat, shape, 1, 2, 3) == 33
    parts.set_shape(flat, shape, 1, 2, 3, 99)
    assert flat[33] == 99
    assert text(parts.at_shape(flat, shape, 2, 3)) == "(55 56 57 58 59)"
    parts.set_shape(flat, shape, 2, 3, Integers([5, 4, 3, 2, 1]))
    assert text(parts.at_shape(flat, shape, 2, 3)) == "(5 4 3 2 1)"
    with pytest.raises(LispError, match="size of the values does not fit"):
        parts.set_shape(flat, shape, 2, 3, Integers([1]))
    with pytest.raises(LispError, match="index mismatch with shape"):
        parts.at_shape(flat, shape, 3, 0, 0)


# --- change -------------------------------------------------------------------------------


def test_push_appends_and_returns_the_container() -> None:
    items = List([1, 2])
    assert lists.push(items, 3) is items
    assert text(items) == "(1 2 3)"
    assert text(lists.push(List(), 1, 2)) == "(1 2)"


def test_push_converts_for_typed_lists() -> None:
    assert text(lists.push(Integers([1, 2]), "3")) == "(1 2 3)"
    assert text(lists.push(Integers([1]), 2.7)) == "(1 2)"
    assert text(lists.push(Strings(["a"]), 1)) == '("a" "1")'


def test_push_on_a_linked_list_goes_in_front() -> None:
    assert text(lists.push(LinkedList([1]), 2)) == "(2 1)"
    assert text(lists.push_last(LinkedList([1]), 2)) == "(1 2)"


def test_push_first_and_push_true() -> None:
    assert text(lists.push_first(List([1]), 0)) == "(0 1)"
    assert len(lists.push_true(List(), 0, None, "", List())) == 2


def test_push_into_nil_is_an_error() -> None:
    with pytest.raises(LispError):
        lists.push(None, 1)


def test_pop_removes_an_element() -> None:
    assert text(lists.pop(atoms("a b c"), 1)) == "(a c)"
    assert text(lists.pop(atoms("a b c"))) == "(a b)"
    assert text(lists.pop_first(atoms("a b c"))) == "(b c)"
    assert text(lists.pop_last(atoms("a b c"))) == "(a b)"
    assert lists.pop(List()) is None
    assert lists.pop(List([1]), 5) is None


def test_pop_of_other_containers() -> None:
    assert lists.pop("abc") == "ab"
    assert lists.pop("abc", 1) == "ac"
    assert lists.pop_first("abc") == "bc"
    assert lists.pop({"a": 1, "b": 2}, "a") == {"b": 2}
    assert lists.pop({"a": 1}, "z") is None
    assert lists.pop({1, 2}, 2) == {1}
    assert text(lists.pop(LinkedList([1, 2, 3]))) == "(2 3)"


def test_insert() -> None:
    assert text(lists.insert(List([1, 2, 3]), 4, 1)) == "(1 4 2 3)"
    assert lists.insert("abc", "-") == "a-b-c"
    assert lists.insert("abc", "-", 1) == "a-bc"
    assert text(lists.insert(List([10, 20, 30]), 15, operator.lt)) == "(10 15 20 30)"


def test_extend() -> None:
    assert text(lists.extend(List([1]), List([2, 3]))) == "(1 2 3)"
    assert text(lists.extend(List([1]), 2)) == "(1 2)"
    with pytest.raises(LispError, match="missing list in 'extend'"):
        lists.extend(1, List([2]))


@pytest.mark.parametrize("kind", [List, LinkedList])
def test_reverse_is_in_place_unless_told_otherwise(kind: type) -> None:
    items = kind([1, 2, 3])
    assert text(lists.reverse(items, True)) == "(3 2 1)"
    assert text(items) == "(1 2 3)"
    lists.reverse(items)
    assert text(items) == "(3 2 1)"


def test_reverse_of_other_values() -> None:
    assert lists.reverse("abc") == "cba"
    assert lists.reverse(5) == -5
    assert text(lists.reverse({"a": 1, "b": 1})) == '{"1":("a" "b")}'


def test_rotate() -> None:
    assert lists.rotate("abcde") == "eabcd"
    assert lists.rotate("abcde", True) == "bcdea"
    assert text(lists.rotate(sequences.iota(5), 2)) == "(3 4 5 1 2)"
    assert text(lists.rotate(sequences.iota(5), -2)) == "(4 5 1 2 3)"
    assert lists.rotate("") == ""


def test_swap() -> None:
    items = List([1, 2, 3])
    assert text(lists.swap(items, 0, 2)) == "(3 2 1)"
    assert text(lists.swap(items, 0)) == "(2 3 1)"
    with pytest.raises(LispError, match="index out of bounds"):
        lists.swap(items, 2)


# --- parts --------------------------------------------------------------------------------


def test_flatten() -> None:
    assert text(lists.flatten(List([List([1, List([2])]), 3]))) == "(1 2 3)"
    assert text(lists.flatten({"a": List([1, 2])})) == '("a" 1 2)'


def test_take_count() -> None:
    assert text(parts.take_count(-2, List([1, 2, 3]))) == "(2 3)"
    assert text(parts.take_count(2, List([1, 2, 3]))) == "(1 2)"
    assert text(parts.take_count(2, List([1, 2, 3]), None)) == "(2 3)"
    with pytest.raises(LispError, match="Expecting a list as second element"):
        parts.take_count(1, "abc")


def test_slices() -> None:
    assert text(parts.slices("abcdef", 4)) == '("abcd" "ef")'
    assert text(parts.slices(Integers([1, 2, 3]), 2)) == "((1 2) (3))"


def test_unique_compares_printed_texts() -> None:
    assert text(searching.unique(List([1, 2, 2, 3, 1]))) == "(1 2 3)"
    assert text(searching.unique(List([1, "1"]))) == "(1)"


def test_mask_and_shift() -> None:
    chosen = sequences.mask(List([1, 0, 1]), List([10, 20]), List([7]))
    assert text(chosen) == "(10 7 20)"
    assert text(sequences.mask(List([1, 0]), List([10]))) == "(10 nil)"
    odd = Integers([1, 3, 5, 7, 9])
    assert text(sequences.shift(operator.sub, odd, 2)) == "(-4 -4 -4)"
    assert text(sequences.shift(operator.sub, odd, -2)) == "(4 4 4)"
    assert sequences.shift(operator.sub, odd, 5) is None


# --- sequences ----------------------------------------------------------------------------


def test_ranges() -> None:
    assert text(sequences.arange(1, 5, 1)) == "(1 2 3 4)"
    assert text(sequences.arange(0, 3, 1)) == "(0 1 2)"
    assert text(sequences.arange_closed(0, 3, 1)) == "(0 1 2 3)"
    assert text(sequences.arange(5, 1, 1)) == "(5 4 3 2)"
    assert isinstance(sequences.arange(1, 5, 1), Integers)
    assert text(sequences.arange("a", "d", 1)) == '("a" "b" "c" "d")'


def test_ranges_of_reals_gather_no_rounding_errors() -> None:
    reals = sequences.arange_closed(0.0, 0.3, 0.1)
    assert isinstance(reals, Numbers)
    assert text(reals) == "(0 0.1 0.2 0.3)"
    assert len(sequences.arange(0, 1, 0.1)) == 10


def test_a_step_of_zero_is_an_error() -> None:
    with pytest.raises(LispError, match="increment cannot be 0"):
        sequences.arange(1, 5, 0)


def test_lazy_ranges() -> None:
    assert sequences.irange(0, 10, 3) == range(0, 10, 3)
    assert list(sequences.irange_closed(0, 9, 3)) == [0, 3, 6, 9]
    reals = sequences.irange(0, 1, 0.25)
    assert text(reals) == "(0 0.25 0.5 0.75)"
    assert len(reals) == 4
    assert text(reals[1:3]) == "(0.25 0.5)"
    assert reals[-1] == 0.75
    assert list(itertools.islice(sequences.endless(1, 2), 3)) == [1, 3, 5]


def test_iota() -> None:
    assert text(sequences.iota(3)) == "(1 2 3)"
    assert text(sequences.iota0(3)) == "(0 1 2)"
    assert isinstance(sequences.iota(5.0), Numbers)
    assert text(sequences.iota(2.1)) == "(1.1 2.1)"
    assert text(sequences.iotas(3, 4)) == "((1 2 3) (1 2 3 4))"


def test_replicate_copies_containers() -> None:
    copies = sequences.replicate(2, List([1]))
    copies[0].append(2)
    assert text(copies) == "((1 2) (1))"


def test_enum() -> None:
    assert text(sequences.enum(atoms("a b"))) == "((0 a) (1 b))"
    assert text(sequences.enum(atoms("a b"), 1)) == "((1 a) (2 b))"


def test_zip_lists() -> None:
    assert text(sequences.zip_lists(List([1, 2]), atoms("a b"))) == "((1 a) (2 b))"
    pairs = sequences.zip_lists(Integers([1]), Integers([2]))
    assert isinstance(pairs[0], Integers)
    with pytest.raises(LispError, match="should all have the same size in 'zip'"):
        sequences.zip_lists(List([1]), List([1, 2]))
    with pytest.raises(LispError, match="'zip' only accepts lists as arguments"):
        sequences.zip_lists(List([1]), 3)


# --- search -------------------------------------------------------------------------------


def test_contains() -> None:
    assert searching.contains(List([1, "a"]), "a")
    assert not searching.contains(List([1, "2"]), 2)
    assert searching.contains("hello", "ell")
    assert searching.contains({"a": 1, "b": 2}, 1)
    assert searching.contains({"a": 1, "b": 2}, "a")
    assert searching.contains({1, 2}, 2)


def test_inner_lists_are_the_same_only_as_one_object() -> None:
    inner = List([1])
    assert searching.contains(List([inner]), inner)
    assert not searching.contains(List([inner]), List([1]))
    assert searching.contains(List([List()]), None)


def test_find() -> None:
    assert searching.find("abc", "bd") is None
    assert searching.find("abcb", "b") == 1
    assert searching.find(List([1, 2, 1]), 1, 1) == 2
    assert searching.find({"a": 1, "b": 2}, 2) == "b"
    assert searching.find_last("abcb", "b") == 3
    assert searching.find_last(List([1, 2, 1]), 1) == 2
    assert searching.find_last(List([1]), 3) is None


def test_find_all_and_count() -> None:
    assert text(searching.find_all("abcdefabab", "ab")) == "(0 6 8)"
    assert text(searching.find_all(List([1]), 2)) == "()"
    assert searching.count(List([1, 2, 1]), 1) == 2
    assert searching.count("aaaa", "aa") == 2


def test_replace_all_counts() -> None:
    items = List([1, 2, 1])
    assert searching.replace_all(items, 1, 9) == 2
    assert text(items) == "(9 2 9)"


def test_set_operations_on_lists() -> None:
    assert text(searching.intersection(List([10, 20, 30, 30]), List([30, 10]))) == (
        "(10 30)"
    )
    assert text(searching.union(List([1, 2]), List([2, 3]))) == "(1 2 3)"
    assert text(searching.exclusive_union(List([1, 2]), List([2, 3]))) == "(1 3)"
    assert searching.union("ab", "bc") == "abc"
    assert searching.intersection({1, 2}, {2, 3}) == {2}


def test_member() -> None:
    assert text(searching.member(List([1, 2, 3]), List([1, 3]))) == "(1 0 1)"


# --- order --------------------------------------------------------------------------------


def test_sort_is_in_place() -> None:
    items = List([1, 7, 9, 4])
    assert ordering.sort(operator.gt, items) is items
    assert text(items) == "(9 7 4 1)"
    assert text(ordering.sort(operator.lt, Integers([3, 1, 2]))) == "(1 2 3)"


def test_sort_by_any_comparison() -> None:
    words = List(["bbb", "a", "cc"])
    ordering.sort(lambda x, y: len(x) < len(y), words)
    assert text(words) == '("a" "cc" "bbb")'


def test_extremes() -> None:
    assert text(ordering.minmax(List([3, 1, 2]))) == "(1 3)"
    assert ordering.greatest(1, 1.5) == 1.5
    assert ordering.smallest("b", "a") == "a"
    assert ordering.greatest(List([3, 9, 1])) == 9
    assert ordering.greatest(List()) is None


def test_sums_of_lists_are_numbers_and_of_integers_integers() -> None:
    assert text(lists.sum(List([600000, 600000]))) == "1.2e+06"
    assert text(lists.sum(Integers([600000, 600000]))) == "1200000"
    assert text(lists.sum(List([1, 2.5]))) == "3.5"
    assert lists.sum(Strings(["a", "b"])) == "ab"
    assert lists.product(Integers([2, 3])) == 6
    with pytest.raises(LispError, match="expecting a container as argument"):
        lists.sum(3)


def test_a_heap_stays_sorted() -> None:
    heap = ordering.heap(None, 12, 10, 19)
    assert text(heap) == "(10 12 19)"
    lists.push(heap, 11)
    lists.insert(heap, 20)
    assert text(heap) == "(10 11 12 19 20)"
    assert lists.first(heap) == 10
    assert text(lists.pop_first(heap)) == "(11 12 19 20)"
    assert text(lists.pop(heap, 12)) == "(11 19 20)"
    assert text(lists.pop_last(heap)) == "(11 19)"


def test_a_heap_follows_its_comparator() -> None:
    heap = ordering.heap(lambda a, b: (b > a) - (b < a), 1, 3, 2)
    assert text(heap) == "(3 2 1)"


def test_a_list_with_tensors_can_be_searched() -> None:
    torch = pytest.importorskip("torch")
    items = List([torch.tensor([1.0, 2.0]), "a", 3])
    assert searching.contains(items, 3)
    assert not searching.contains(items, 4)
    assert searching.find(items, "a") == 1
    assert searching.find(items, 4) is None


# --- marks ---------------------------------------------------------------------------------


def test_a_mark_belongs_to_one_list_not_to_its_equals() -> None:
    items, equal = List([1]), List([1])
    marks.set_mark(items, True)
    assert marks.is_marked(items)
    assert not marks.is_marked(equal)
    marks.set_mark(items, None)
    assert not marks.is_marked(items)


def test_resetting_reaches_the_lists_inside_even_in_a_circle() -> None:
    inner = List([1])
    outer = List([inner])
    inner.append(outer)
    for items in (inner, outer):
        marks.set_mark(items, True)
    marks.reset(outer)
    assert not marks.is_marked(inner)
    with pytest.raises(LispError, match="only lists have marks"):
        marks.is_marked(1)


# --- linked lists and sets ------------------------------------------------------------------


def test_a_linked_list_that_extends_itself_runs_in_a_circle() -> None:
    items = LinkedList([10, 20, 30])
    lists.extend(items, items)
    assert text(items) == "(10 20 30 ...)"
    assert text(lists.rest(items)) == "(20 30 10 ...)"
    assert items.is_cyclic


def test_the_rest_of_a_linked_list_shares_its_cells() -> None:
    items = LinkedList([1, 2, 3])
    rest = lists.rest(items)
    rest[0] = 20
    assert text(items) == "(1 20 3)"
    assert lists.rest(LinkedList([Symbol("a")], Symbol("b"))) is Symbol("b")


def test_sets_tell_lists_by_their_content() -> None:
    places = {1}
    lists.push(places, List([1, 2]), Integers([1, 2]), List([List([1]), "a"]))
    assert len(places) == 3
    assert searching.contains(places, List([1.0, 2]))
    assert searching.contains(places, List([List([1]), "a"]))
    assert not searching.contains(places, List([2, 1]))
    assert text(kinds.type_of(max(places, key=text))) == "integer_"
    lists.pop(places, List([1, 2]))
    assert text(places) == '{((1) "a") 1}'


def test_filters_of_a_text_give_its_characters() -> None:
    assert text(higher_order.filter_list(str.isupper, "aBCd")) == '("B" "C")'
    assert text(higher_order.take_list(str.islower, "aBCd")) == '("a")'
    assert text(higher_order.drop_list(str.isupper, "aBCd")) == '("B" "C" "d")'


def test_lists_of_different_sizes_equal_nowhere() -> None:
    assert operators.equal_each(List([1, 2]), List([1, 2, 3])) == 0
    assert text(operators.equal_each(List([1, 2]), List([1, 3]))) == "(1 0)"


def test_replacing_in_a_text_counts() -> None:
    assert searching.replace_all("banana", "an", "x") == 2
