"""Compiled from growing.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    ByteStrings,
    Integers,
    List,
    Symbol,
    higher_order,
    less,
    lists,
    ordering,
    parts,
    println,
    searching,
    sequences,
    strings,
    subtract,
    to_list,
)

# Lists that grow, shrink and change in place.
items = List([3, 1, 2])
items.append(4)
items.insert(0, 0)
lists.push_last(items, 5, 6)
lists.push_true(items, None, 7, List())
println(items)
println(
    lists.pop(items), lists.pop_first(items), lists.pop_last(items), lists.pop(items, 0)
)
lists.insert(items, 9, 1)
lists.insert(items, 8)
println(items)
println(ordering.insert_sorted(List([10, 20, 30]), 15, less))
items.extend([4, 4])
println(items, searching.replace_all(items, 4, 40), items)
println(
    lists.concat_in_place(List([1]), List([2, 3]), 4),
    lists.concat(List([1]), List([2]), List([3])),
)
first = List([1, 2])
both = lists.concat(first, List([3]))
println(first, both)
lists.concat_in_place(first, List([3]))
println(first)
lists.swap(first, 0, 2)
lists.swap(first, 0)
println(first)
println(
    List([1, 2, 3]),
    lists.cons(Symbol("a"), Symbol("b")),
    List([Symbol("a"), Symbol("b"), List([Symbol("c"), Symbol("d")])]),
)
println(
    lists.reverse(List([1, 2, 3])),
    "abc"[::-1],
    lists.rotate(List([1, 2, 3])),
    lists.rotate(Integers(range(1, 6)), 2),
    lists.rotate("abcde", True),
)
println(
    lists.flatten(List([List([1, List([2])]), 3])),
    searching.unique([1, 2, 2, 3, 1]),
    parts.take_count(2, List([1, 2, 3])),
    parts.take_count(-2, List([1, 2, 3])),
)
println(
    parts.slices("abcdef", 4),
    parts.slices([1, 2, 3, 4, 5], 2),
    sequences.shift(subtract, Integers([1, 3, 5, 7, 9]), 2),
)
println(
    sequences.replicate(3, Symbol("x")),
    to_list("ab"),
    to_list(Integers([1, 2])),
    lists.to_linked([1, 2]),
    lists.clone(items),
    lists.clone(first),
)
println(
    sequences.mask([1, 0, 1], [Symbol("a"), Symbol("b")], [Symbol("c")]),
    sequences.mask([1, 0], [Symbol("a")]),
    lists.tally([List([1, 2]), List([3, 4])]),
    lists.tally([List([1]), List([2])]),
)
println(strings.explode("abc"), ByteStrings(["a", 1]))
higher_order.over(lambda l: higher_order.map_typed(lambda x: x * x, l), items)
println(items)
