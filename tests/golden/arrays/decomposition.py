"""Compiled from decomposition.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    Failure,
    Integers,
    List,
    Numbers,
    apl,
    kinds,
    lists,
    matrices,
    numbers,
    printing,
    println,
    searching,
)

# Linear equations step by step, and walks through a matrix by its axes.
matrix = apl.rho(3, 3, [2, 1, 1, 4, 3, 3, 8, 7, 9])
println(
    kinds.type_of(matrix),
    kinds.type_of(apl.rho(2, 2, 2, Integers(range(1, 9)))),
    kinds.type_of(matrices.byte_matrix(1, 2, "a")),
)
exchanges = matrices.decompose(matrix)
println(
    matrices.substitute(matrix, exchanges, List([4, 10, 24])),
    matrices.substitute(matrix, exchanges),
)

table = apl.rho(2, 3, Integers(range(1, 7)))
for column in matrices.rank_loop(table, -1):
    printing.print_(lists.sum(column), " ")
for cell in matrices.rank_loop(table, 1):
    printing.print_(cell, " ")
print()
try:
    result = List(matrices.rank_loop(table, 1, 1, 1))
except Failure:
    result = "too many indexes"
try:
    result_2 = matrices.invert([List([1, 2]), List([2, 4])])
except Failure:
    result_2 = "singular"
println(result, result_2)
println(
    searching.member(table, [2, 3, 4]),
    matrices.to_tensor(List([List([1, 2]), List([3, 4])])),
    numbers.cosine(Numbers([1, 0]), Numbers([1, 1])),
)
