"""Compiled from reductions.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    Integers,
    List,
    Symbol,
    add,
    apl,
    equal_each,
    greater_equal,
    less,
    lists,
    ordering,
    println,
    set_at,
    subtract,
)

# reductions and scans of matrices, of lists of lists, by slices, with comparisons
m = apl.rho(2, 3, Integers(range(1, 7)))
println(
    apl.reduce(add, m),
    apl.back_reduce(add, m),
    apl.reduce(ordering.greatest, m),
    apl.reduce(subtract, m),
)
println(apl.scan(add, m), apl.back_scan(add, m))
println(
    apl.reduce(add, [List([1, 2]), List([3, 4])]),
    apl.scan(add, [List([1, 2]), List([3, 4])]),
)
println(
    apl.reduce(add, apl.rho(2, 2, 2, Integers(range(1, 9)))),
    apl.back_reduce(add, apl.rho(2, 2, 2, Integers(range(1, 9)))),
)

println(
    apl.reduce(add, [1, 2, 3, 4, 5], 2),
    apl.back_reduce(subtract, [1, 2, 3, 4, 5], 2),
    apl.scan(add, [1, 2, 3, 4], 2),
    apl.back_scan(subtract, [1, 2, 3, 4], 2),
)
println(
    apl.reduce(less, [1, 2, 3]),
    apl.reduce(less, [1, 3, 2]),
    apl.scan(less, [1, 3, 2]),
    apl.back_scan(greater_equal, [1, 2, 3]),
    apl.reduce(equal_each, [4, 4, 4]),
)
println(
    apl.reduce(add, []),
    apl.scan(add, []),
    apl.back_scan(add, []),
    apl.reduce(add, [5]),
    apl.back_scan(List([0, 2, 1]), [Symbol("a"), Symbol("b")]),
)

copy = lists.clone(m)
set_at(copy, 0, 0, 100)
println(m, copy)
