"""Compiled from apl.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    Integers,
    List,
    add,
    apl,
    equal_each,
    lists,
    matrices,
    multiply,
    println,
    subtract,
)

# The APL family, with the names and with the signs.
m = apl.rho(2, 3, Integers(range(1, 7)))
println(
    m,
    apl.rho(m),
    apl.rho(2, 2, [0]),
    apl.rho(4, [1, 2]),
    apl.transpose(m),
    apl.transpose(m),
)
println(
    apl.reduce(subtract, [1, 2, 3]),
    apl.reduce(subtract, [1, 2, 3]),
    apl.reduce(add, [1, 2, 3]),
)
println(
    apl.back_reduce(subtract, [1, 2, 3]),
    apl.back_reduce(subtract, [1, 2, 3]),
    apl.back_reduce(add, m),
)
println(
    apl.scan(add, [1, 2, 3]),
    apl.scan(add, [1, 2, 3]),
    apl.scan(multiply, [1, 2, 3]),
    apl.scan(List([2, 0, 3]), [45, 26]),
)
println(
    apl.back_scan(subtract, [1, 2, 3]),
    apl.back_scan(subtract, [1, 2, 3]),
    apl.back_scan(add, [1, 2, 3]),
)
println(
    apl.outer(multiply, [2, 3], [1, 2]),
    apl.outer(multiply, [2, 3], [1, 2]),
    apl.outer(equal_each, [1, 2], [1, 2]),
)
println(
    apl.inner(add, multiply, [1, 2, 3], [4, 5, 6]),
    apl.inner(add, multiply, [1, 2, 3], [4, 5, 6]),
)
println(apl.concatenate([1, 2], [3]), apl.concatenate([1, 2], [3, 4]), lists.flatten(m))
println(matrices.rank(m, 0), matrices.rank(m, -1, 1), matrices.rank(m, 1, 2))
println(
    equal_each(List([1, 2, 3]), List([1, 0, 3])), List([item + item for item in [1, 2]])
)
