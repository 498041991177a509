"""Functions on functions against the examples of the language's description."""

from __future__ import annotations

import itertools
import operator

import pytest

from lisptorch_compile.runtime import (
    apl,
    characters,
    higher_order,
    kinds,
    matrices,
    sequences,
    strings,
)
from lisptorch_compile.runtime.errors import LispError
from lisptorch_compile.runtime.ordering import minmax
from lisptorch_compile.runtime.text import text
from lisptorch_compile.runtime.values import Integers, List, Numbers, Strings


def is_small(x: int) -> bool:
    return x < 10


def sign(x: int) -> int:
    return (x > 0) - (x < 0)


# --- maps ---------------------------------------------------------------------------------


def test_map() -> None:
    assert text(higher_order.map(lambda x: x + x, List([1, 2, 3]))) == "(2 4 6)"
    assert text(higher_order.map(str.upper, "ab")) == '("A" "B")'


def test_map_of_an_endless_range_is_lazy() -> None:
    squares = higher_order.map(lambda x: x * x, itertools.count(1))
    assert text(higher_order.take(3, squares)) == "(1 4 9)"  # the iterator is used up


def test_map_typed_follows_its_first_result() -> None:
    whole = higher_order.map_typed(sign, List([-3, 0, 5, 6]))
    assert isinstance(whole, Integers)
    assert text(whole) == "(-1 0 1 1)"
    halves = higher_order.map_typed(lambda x: x / 2, List([2, 3]))
    assert isinstance(halves, Numbers)
    assert text(halves) == "(1 1.5)"
    lines = strings.split("a b\nc d", "\n")
    words = higher_order.map_typed(lambda line: strings.split(line, " "), lines)
    assert text(words) == '(("a" "b") ("c" "d"))'
    assert isinstance(higher_order.map_typed(str, List([1])), Strings)
    assert type(higher_order.map_typed(sign, List([1]), False)) is List
    assert text(higher_order.map_typed(sign, List())) == "()"


def test_truth_values_become_numbers() -> None:
    assert text(higher_order.map_list(characters.is_vowel, "abc")) == "(1 0 0)"


def test_a_map_over_a_dictionary_walks_its_keys() -> None:
    assert text(higher_order.map_list(str.upper, {"a": 1})) == '("A")'


def test_zip_with() -> None:
    sums = higher_order.zip_with(operator.add, List([1, 2]), List([3, 4]))
    assert text(sums) == "(4 6)"
    assert isinstance(sums, Integers)
    pairs = higher_order.zip_with(lambda *row: List(row), List([1, 2]), List([2, 3]))
    assert text(pairs) == "((1 2) (2 3))"
    with pytest.raises(LispError, match="lists of same size as arguments"):
        higher_order.zip_with(operator.add, List([1]), List([1, 2]))


# --- selections ---------------------------------------------------------------------------


def test_filter() -> None:
    assert text(higher_order.filter(is_small, List([1, 11, 4]))) == "(1 4)"
    both = higher_order.filter_list(lambda x: 1 < x < 4, List([1, 2, 3, 4]))
    assert len(both) == 2


def test_filter_list_keeps_the_type() -> None:
    assert isinstance(higher_order.filter_list(is_small, Integers([1, 11])), Integers)


def test_takes_and_drops() -> None:
    items = List([1, 4, 5, 11, 9, 11, 20])
    assert text(higher_order.drop_list(lambda x: x > 10, items)) == "(11 9 11 20)"
    assert text(higher_order.take_list(is_small, items)) == "(1 4 5)"
    assert text(higher_order.take_while(is_small, items)) == "(1 4 5)"
    assert text(higher_order.drop_while(is_small, items)) == "(11 9 11 20)"
    assert text(higher_order.take(2, items)) == "(1 4)"
    assert text(higher_order.drop(5, items)) == "(11 20)"
    assert text(higher_order.take(9, List([1]))) == "(1)"


def test_endless_sources() -> None:
    assert text(higher_order.take(3, itertools.repeat(7))) == "(7 7 7)"
    assert text(higher_order.take(5, higher_order.cycle(List([1, 2])))) == "(1 2 1 2 1)"
    big = higher_order.filter(lambda x: x > 50, sequences.endless(1, 1))
    assert text(higher_order.take(2, big)) == "(51 52)"


def test_what_ends_is_a_list() -> None:
    squares = higher_order.map(lambda x: x * x, sequences.endless(1, 1))
    assert text(higher_order.take_while(lambda x: x < 20, squares)) == "(1 4 9 16)"
    halves = sequences.irange(0, 1.5, 0.5)
    assert text(higher_order.map(lambda x: x * 2, halves)) == "(0 1 2)"


def test_first_result() -> None:
    doubled = higher_order.first_result(
        lambda x: x * 2 if x > 1 else None, List([1, 2, 3])
    )
    assert doubled == 4
    assert higher_order.first_result(lambda _: None, List([1])) is None


# --- folds --------------------------------------------------------------------------------


def test_folds() -> None:
    items = List([1, 2, 3])
    assert higher_order.fold_left(operator.sub, 10, items) == 4
    assert higher_order.fold_left_1(operator.sub, items) == -4
    assert higher_order.fold_right(operator.sub, 10, items) == -8
    assert higher_order.fold_right_1(operator.sub, items) == 2
    assert higher_order.fold_left_1(operator.sub, List()) is None
    assert higher_order.fold_right_1(operator.sub, List()) is None


def test_scans() -> None:
    items = List([20, 30, 40])
    assert text(higher_order.scan_left(operator.sub, 10, items)) == "(10 -10 -40 -80)"
    assert text(higher_order.scan_left_1(operator.sub, items)) == "(20 -10 -50)"
    numbers = List([3, 5, 2, 1])
    assert text(higher_order.scan_right(operator.add, 0, numbers)) == "(11 8 3 1 0)"
    assert text(higher_order.scan_right_1(operator.add, numbers)) == "(11 8 3 1)"


def test_unfused_map_of_a_scan() -> None:
    sums = higher_order.scan_left_1(operator.add, List([10, 20, 30]))
    assert text(higher_order.map(lambda x: x * x, sums)) == "(100 900 3600)"


# --- calls --------------------------------------------------------------------------------


def test_apply() -> None:
    assert higher_order.apply(max, List([1, 3, 2])) == 3
    with pytest.raises(LispError, match="'apply' should be given as a list"):
        higher_order.apply(max, 3)


def test_over_works_in_place() -> None:
    items = List([1, 2])
    other = items
    result = higher_order.over(lambda l: higher_order.map(lambda x: x + 1, l), items)
    assert result is items
    assert text(other) == "(2 3)"


def test_flip() -> None:
    low, high = higher_order.flip(minmax(List([3, 9, 1])))
    assert low - high == 8
    assert higher_order.flip({"a": "x"}) == {"x": "a"}


# --- APL ----------------------------------------------------------------------------------


def test_rho() -> None:
    assert text(apl.rho(2, 2, sequences.iota(4))) == "((1 2) (3 4))"
    assert text(apl.rho(3, 3, sequences.iota(4))) == "((1 2 3) (4 1 2) (3 4 1))"
    assert text(apl.rho(2, 3, List([0]))) == "((0 0 0) (0 0 0))"
    assert text(apl.rho(apl.rho(2, 3, sequences.iota(6)))) == "(2 3)"


def test_the_rows_of_rho_are_independent() -> None:
    zeros = apl.rho(2, 2, List([0]))
    zeros[0][0] = 1
    assert text(zeros) == "((1 0) (0 0))"


def test_reductions_and_scans() -> None:
    items = List([1, 2, 3])
    assert apl.reduce(operator.sub, items) == -4
    assert text(apl.reduce(List([1, 0, 2]), items)) == "(1 3 3)"
    assert apl.back_reduce(operator.sub, items) == 0
    assert text(apl.scan(operator.add, items)) == "(1 3 6)"
    assert text(apl.scan(List([2, 0, 3]), List([45, 26]))) == "(45 45 0 26 26 26)"
    assert text(apl.back_scan(operator.sub, items)) == "(3 1 0)"


def test_products() -> None:
    table = apl.outer(operator.mul, List([2, 3]), List([1, 2]))
    assert text(table) == "((2 4) (3 6))"
    assert text(apl.outer(List([2, 3]), operator.mul, List([1, 2]))) == text(table)
    left, right = List([1, 2, 3]), List([4, 5, 6])
    assert apl.inner(operator.add, operator.mul, left, right) == 32
    assert apl.inner(left, operator.add, operator.mul, right) == 32
    matrix = apl.rho(2, 2, sequences.iota(4))
    assert text(apl.inner(operator.add, operator.mul, matrix, matrix)) == (
        "((7 10) (15 22))"
    )


def test_transpose_and_concatenate() -> None:
    matrix = apl.rho(2, 3, sequences.iota(6))
    assert text(apl.transpose(matrix)) == "((1 4) (2 5) (3 6))"
    pair = sequences.iotas(2, 2)
    assert text(apl.concatenate(pair, pair)) == "((1 2 1 2) (1 2 1 2))"


# --- matrices -----------------------------------------------------------------------------


def test_linear_equations() -> None:
    matrix = apl.rho(2, 2, sequences.iota(4))
    assert text(matrices.invert(matrix)) == "((-2 1) (1.5 -0.5))"
    assert matrices.determinant(matrix) == pytest.approx(-2)
    assert text(matrices.solve(matrix, List([5, 11]))) == "(1 2)"
    assert text(matrices.invert(matrix, List([5, 11]))) == "(1 2)"


def test_a_zero_on_the_diagonal_is_no_obstacle() -> None:
    swap = List([List([0, 1]), List([1, 0])])
    assert text(matrices.invert(swap)) == "((0 1) (1 0))"
    assert matrices.determinant(swap) == -1


def test_a_singular_matrix_has_no_inverse() -> None:
    singular = List([List([1, 2]), List([2, 4])])
    assert matrices.determinant(singular) == 0
    with pytest.raises(LispError, match="singular"):
        matrices.invert(singular)
    with pytest.raises(LispError, match="square"):
        matrices.determinant(List([List([1, 2])]))


def test_typed_matrices() -> None:
    zeros = matrices.integer_matrix(2, 3)
    assert text(zeros) == "((0 0 0) (0 0 0))"
    assert isinstance(zeros[0], Integers)
    assert text(matrices.number_matrix(2, 2, 1.5)) == "((1.5 1.5) (1.5 1.5))"
    assert text(matrices.integer_matrix(List([List(["1", 2.7])]))) == "((1 2))"
    assert text(matrices.tensor("short", 1, 2, 2)) == "(((0 0) (0 0)))"
    assert text(matrices.text_matrix(1, 2)) == '(("" ""))'


def test_matrices_know_their_types() -> None:
    def name(value: object) -> str:
        return text(kinds.type_of(value))

    assert name(apl.rho(2, 2, sequences.iota(4))) == "matrix_integer_"
    assert name(apl.rho(2, 2, 2, List([0.5]))) == "tensor_number_"
    assert name(matrices.byte_matrix(1, 1, "a")) == "matrix_stringbyte_"
    assert name(matrices.tensor("stringbyte", 1, 1, 1)) == "tensor_stringbyte_"
    assert name(matrices.to_tensor([[1, 2], [3, 4]])) == "matrix_integer_"
    assert name(matrices.to_tensor([[1, 2], [3]])) == "list_"
    assert name(apl.rho(2, 2, List([None, True]))) == "list_"


def test_a_decomposed_matrix_solves_and_inverts() -> None:
    matrix = apl.rho(3, 3, List([2, 1, 1, 4, 3, 3, 8, 7, 9]))
    exchanges = matrices.decompose(matrix)
    assert text(matrices.substitute(matrix, exchanges, [4, 10, 24])) == "(1 1 1)"
    assert text(matrices.substitute(matrix, exchanges)) == (
        "((1.5 -0.5 0) (-3 2.5 -0.5) (1 -1.5 0.5))"
    )
    with pytest.raises(LispError, match="singular"):
        matrices.decompose(List([List([1, 2]), List([2, 4])]))
    with pytest.raises(LispError, match="of the size of the matrix"):
        matrices.substitute(matrix, exchanges, [1])


def test_rank_loop_walks_the_next_axis() -> None:
    matrix = apl.rho(2, 3, sequences.iota(6))
    assert text(matrices.rank_loop(matrix, -1)) == "((1 4) (2 5) (3 6))"
    assert text(matrices.rank_loop(matrix, 1)) == "(4 5 6)"
    assert text(matrices.rank_loop(matrix, -1, 1)) == "((2 5))"
    with pytest.raises(LispError, match="cannot loop with 'irank' with these indexes"):
        matrices.rank_loop(matrix, 1, 1, 1)


def test_rank_takes_rows_and_columns() -> None:
    matrix = apl.rho(2, 3, sequences.iota(6))
    assert text(matrices.rank(matrix, 1)) == "(4 5 6)"
    assert text(matrices.rank(matrix, -1, 1)) == "(2 5)"
    assert matrices.rank(matrix, 1, 2) == 6
