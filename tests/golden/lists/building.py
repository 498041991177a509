"""Compiled from building.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    Integers,
    List,
    Numbers,
    Symbol,
    lists,
    parts,
    println,
    sequences,
)

l = List([1, 2, 3])
alias = l
l.append(4)
println(l, alias, List([0, *l]), len(l))
println(l + 1, l * l, List([1, 2, 3]) + List([4, 5, 6]))
println(
    lists.first(l),
    lists.rest(l),
    lists.second(l),
    lists.last(l),
    l[-1],
    parts.extract(l, 1, 3),
)
println(
    List([Symbol("a"), Symbol("b"), List([Symbol("c"), 1, "d"])]),
    List(),
    Integers([1, 2]),
    Numbers([1, 2.5]),
)
println(
    List(sorted([3, 1, 2])),
    lists.reverse(List([1, 2])),
    lists.flatten(List([List([1, List([2])]), 3])),
)
println(
    sequences.zip_lists([1, 2], [Symbol("a"), Symbol("b")]),
    sequences.enum([Symbol("a"), Symbol("b")]),
    sequences.arange(1, 5, 1),
    Integers(range(1, 4)),
)
