"""Compiled from virtual_axes.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import Failure, Integers, apl, parts, println, sequences

# A flat list that is read as an array: negative indexes stand for all of an axis
cube = sequences.arange(0, 60, 1)
shape = Integers([3, 4, 5])
println(parts.at_shape(cube, shape, -1, -1, 1))
println(parts.at_shape(cube, shape, -1, -2, 1))
println(parts.extract(parts.at_shape(cube, shape, -1, -2), 0, 12))
println(parts.at_shape(cube, shape, 1, -1, 2), parts.at_shape(cube, shape, -1, 3, 4))
try:
    result = parts.at_shape(cube, shape, -1, 4)
except Failure:
    result = "out"
try:
    result_2 = parts.at_shape(cube, shape, -1, 0, 0, 0)
except Failure:
    result_2 = "too many"
println(result, result_2)
# What a matrix is joined with goes to its rows
m = apl.rho(2, 2, Integers(range(1, 5)))
println(
    apl.concatenate(m, 9),
    apl.concatenate(m, [5, 6]),
    apl.concatenate(Integers(range(1, 4)), 4),
)
try:
    result = apl.concatenate(m, [1, 2, 3])
except Failure:
    result = "three rows"
println(result)
