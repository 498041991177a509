"""Compiled from haskell_family.lsp by lisptorch-compile."""

from functools import reduce
from itertools import islice, repeat

from lisptorch_compile.runtime import (
    Integers,
    List,
    Numbers,
    Strings,
    Symbol,
    add,
    characters,
    higher_order,
    println,
    sequences,
    subtract,
)

# Folds and scans from both sides, and the forms without fusion.
println(
    reduce(subtract, [1, 2, 3], 10),
    higher_order.fold_left_1(subtract, [1, 2, 3]),
    higher_order.fold_right(subtract, 10, [1, 2, 3]),
    higher_order.fold_right_1(subtract, [1, 2, 3]),
)
println(
    higher_order.scan_left(subtract, 10, [20, 30, 40]),
    higher_order.scan_left_1(subtract, [20, 30, 40]),
    higher_order.scan_right(add, 0, [3, 5, 2, 1]),
    higher_order.scan_right_1(add, [1, 2, 3]),
)
println(
    sum([1, 2]),
    higher_order.fold_left_1(add, [1, 2]),
    higher_order.fold_right(add, 0, [1, 2]),
    higher_order.fold_right_1(add, [1, 2]),
)
println(
    higher_order.scan_left(add, 0, [1, 2]),
    higher_order.scan_left_1(add, [1, 2]),
    higher_order.scan_right(add, 0, [1, 2]),
    higher_order.scan_right_1(add, [1, 2]),
)
println(
    List([item * item for item in higher_order.scan_left_1(add, [10, 20, 30])]),
    List([item for item in [1, 2, 3] if item > 1]),
)
println(
    higher_order.take(2, List([1, 2, 3])),
    higher_order.drop(2, [1, 2, 3]),
    higher_order.take_while(lambda item: item < 3, [1, 2, 3]),
    higher_order.drop_while(lambda item: item < 3, [1, 2, 3]),
)
println(
    List(islice(repeat(Symbol("x")), 3)),
    List(islice(higher_order.cycle(List([1, 2])), 5)),
)
println(
    List(islice(repeat(Symbol("x")), 3)),
    List(islice(higher_order.cycle(List([1, 2])), 5)),
    higher_order.drop(1, [1, 2]),
)
println(
    higher_order.take_while(lambda item: item < 3, [1, 2, 3, 1]),
    higher_order.drop_while(lambda item: item < 3, [1, 2, 3, 1]),
)
println(List([x * x for x in [1, 2, 3]]))
println(
    Strings.of([word.upper() for word in ["a", "b"]]),
    Integers([1 + item for item in [1, 2]]),
    Numbers([x / 2 for x in [2, 3]]),
    List([int(bool(characters.is_vowel(char))) for char in "abc"]),
)
println(
    List([item for item in [1, 2, 3] if item < 3]),
    List([item for item in [1, 2, 3] if 1 < item]),
)
println(
    higher_order.take_list(lambda item: 3 > item, List([1, 2, 3, 1])),
    higher_order.take_list(lambda item: 3 > item, List([1, 2, 3])),
    higher_order.drop_list(lambda item: 10 < item, List([1, 11, 2])),
    higher_order.drop_list(lambda item: 1 < item, List([1, 2])),
)
println(higher_order.first_result(lambda x: 10 * x if x > 1 else None, [1, 2, 3]))
println(
    higher_order.zip_with(add, [1, 2], [3, 4]),
    sequences.zip_lists([1, 2], [Symbol("a"), Symbol("b")]),
    sum([1, 2, 3]),
    2 - 10,
)
