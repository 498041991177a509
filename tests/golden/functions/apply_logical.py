"""Compiled from apply_logical.lsp by lisptorch-compile."""

import operator
from functools import reduce

from lisptorch_compile.runtime import (
    Integers,
    List,
    Symbol,
    higher_order,
    lists,
    println,
)


# `apply` of `and` and `or` to any number of values
def safe(levels):
    steps = lists.rest(levels) - levels
    return all(int(x >= 1 and x <= 3) for x in steps) or all(
        int(x >= -3 and x <= -1) for x in steps
    )


println(
    Integers(
        [
            int(bool(safe(item)))
            for item in [
                List([7, 6, 4, 2, 1]),
                List([1, 2, 7, 8, 9]),
                List([1, 3, 6, 7, 9]),
            ]
        ]
    )
)
println(all([1, 1, 1]), any([None, None, 3]), any([0, "", List()]))
all_ = List([1, 2])


def every(l):
    return Symbol("all") if all(l) else Symbol("some")


println(
    every(all_),
    every(List([1, None])),
    reduce(operator.and_, [7, 3, 1]),
    reduce(operator.sub, [10, 1, 2]),
)


# All are asked before the first false one decides
def transform(x):
    print(f"{x} ", end="")
    return x < 2


println(all(higher_order.map_typed(transform, [1, 2, 3])))


def transform_2(x):
    global seen
    seen = x
    return x > 1


println(any(higher_order.map_typed(transform_2, [1, 2, 3])), seen)
