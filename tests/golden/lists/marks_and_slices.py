"""Compiled from marks_and_slices.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    Integers,
    List,
    apl,
    marks,
    matrices,
    printing,
    println,
)

# Marks, and the matrices of a tensor one by one.
visited = List([1, 2])
marks.set_mark(visited, True)
println(marks.is_marked(visited))
marks.reset(visited)
println(marks.is_marked(visited))
cube = apl.rho(2, 2, 2, Integers(range(1, 9)))
for part in matrices.rank_loop(cube, 0):
    printing.print_(part, " ")
print()
println(matrices.tensor("stringbyte", 1, 1, 2))
