"""Compiled from functions.lsp by lisptorch-compile."""

from functools import reduce

from lisptorch_compile import evaluate
from lisptorch_compile.runtime import (
    Integers,
    List,
    Symbol,
    higher_order,
    lispe_numbers,
    ordering,
    println,
)
from lisptorch_compile.runtime.lispe_numbers import add, equal_each, less, multiply

# Operators as values, and templates of them.
println(
    List([add(item, 0.5) for item in [1, 2]]),
    List([item for item in [1, 2.5] if item < 2]),
    Integers([add(x, 1.5) for x in [1, 2]]),
)
println(
    reduce(add, [0.5, 0.7], 0),
    sum([0.5, 0.7]),
    reduce(lispe_numbers.bit_and, [3.5], 7),
    reduce(multiply, [2, 1.5]),
)
println(
    higher_order.zip_with(add, [1, 2], [0.5, 0.7]),
    equal_each(List([1, 2]), List([1.5, 3])),
)

values = List([3, 1.5, 2])
ordering.sort(less, values)
println(values)

code = List([Symbol("+"), 1, 0.5])
println(evaluate(code, globals(), numbers="lispe"))
