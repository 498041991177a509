"""Compiled from arrays.lsp by lisptorch-compile."""

import math

from lisptorch_compile.runtime import (
    Integers,
    List,
    Symbol,
    add,
    apl,
    equal_each,
    higher_order,
    lists,
    loops,
    matrices,
    multiply,
    ordering,
    println,
    remainder,
    searching,
    set_at,
    subtract,
)

# The array family under its signs.
println(
    Integers(range(1, 4)),
    lists.rotate(Integers(range(1, 5)), 1),
    apl.transpose([List([1, 2]), List([3, 4])]),
)
m = apl.rho(3, 3, Integers(range(1, 10)))
println(apl.reduce(add, m), higher_order.map_typed(loops.fold_add, m))
println(
    apl.reduce(add, Integers(range(1, 5))), apl.scan(multiply, Integers(range(1, 5)))
)
println(apl.outer(add, [1, 2], [10, 20, 30]))
println(apl.outer(lambda x, y: x - y, [5, 6], [1, 2]))
println(equal_each(m, apl.transpose(m)))
println(apl.back_reduce(subtract, [1, 2, 3]), apl.back_scan(subtract, [1, 2, 3]))
println(Integers([x * x for x in [1, 2, 3]]), Integers([1 + item for item in [1, 2]]))
println(Integers([x + 1 for x in [1, 2]]))  # as in older programs
println(apl.concatenate([1, 2], [3]), lists.flatten(m))
print(lists.tally(m), len(m))
println(searching.member([1, 9], Integers(range(1, 4))))
println(matrices.invert([List([2, 0]), List([0, 4])]))
println(matrices.rank(m, 1), matrices.rank(m, -1, 0), matrices.rank(m, 0, 1))
println(lists.sum([1, 2]), lists.product([2, 3]), math.sqrt(16), not False)
print(apl.reduce(lambda a, b: a + 2 * b, [3, 9, 2]))
println(
    apl.scan(add, [1, 2, 3]),
    apl.back_scan(add, [1, 2, 3]),
    apl.reduce(multiply, [1, 2, 3, 4]),
    apl.back_reduce(subtract, [1, 2, 3]),
)
println(m + 1, m * m, m - apl.transpose(m))
println(lists.sum(lists.flatten(m)), ordering.greatest(lists.flatten(m)))
println(apl.rho(2, 2, ["a", "b"]), apl.rho(5, [Symbol("x"), Symbol("y")]))
board = apl.rho(3, 3, [0])
set_at(board[1], 1, 5)
println(board, board[1])
println(higher_order.map_typed(lambda r: apl.reduce(add, r), apl.transpose(m)))
println(Integers([x for x in range(1, 11) if x % 2 == 0]))
print(len([item for item in remainder(Integers(range(1, 11)), 2) if item == 0]))
println(loops.fold_add(equal_each(remainder(Integers(range(1, 11)), 3), 0)))
println(
    apl.rho(apl.rho(2, 3, 4, Integers(range(1, 25)))),
    lists.tally(apl.rho(2, 3, 4, Integers(range(1, 25)))),
)
