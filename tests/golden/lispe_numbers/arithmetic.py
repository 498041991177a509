"""Compiled from arithmetic.lsp by lisptorch-compile."""

import math
from functools import reduce

from lisptorch_compile.runtime import (
    List,
    Numbers,
    kinds,
    lispe_numbers,
    lists,
    println,
    update_at,
)
from lisptorch_compile.runtime.lispe_numbers import add, multiply, remainder, subtract

# An integer on the left cuts a real, after each step.
print(
    add(10, 2.5),
    f"{2.5 + 10:g}",
    multiply(2, 1.5),
    subtract(1, 0.5),
    add(1, 0.6, 0.6),
    add(0, 7 / 2),
)


# Operators of Python where both have the same meaning.
def area(width, height):
    return width * height


print(area(3, 4), area(5, 6))


def mean(numbers):
    return lispe_numbers.fold_add(numbers) / len(numbers)


print(f"{mean(Numbers([1, 2.5])):g}", f"{mean(List([1, 2.5])):g}")

# Lists: each element decides.
println(
    add(List([1, 2]), 0.5),
    add(0.5, List([1, 2])),
    subtract(10, List([1.5, 2])),
    Numbers([1, 2]) + 0.5,
)
println(
    lispe_numbers.fold_add([1, 2.5]), reduce(multiply, [2.5, 2]), lists.sum([1, 2.5])
)

# The quotient and the power are reals.
println(
    kinds.type_of(10 / 5),
    kinds.type_of(math.pow(2, 10)),
    kinds.type_of(10**2),
    remainder(7.9, 3),
    remainder(7, 2.5),
)

# Updates.
total = 10
for x in [0.6, 0.6, 2.5]:
    total = add(total, x)
print(total)
counts = {"a": 1}
update_at(counts, "a", add, 1.5)
grid = List([List([1, 2]), List([3, 4])])
update_at(grid, (1, 0), multiply, 1.5)
println(counts, grid)
println(
    multiply(2, "3"), lispe_numbers.bit_and(12, 10.7), lispe_numbers.shift_left(1, 2.9)
)
