"""Compiled from comparison.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import List, lispe_numbers, println
from lisptorch_compile.runtime.lispe_numbers import (
    compare,
    equal,
    greater_equal,
    less,
    same,
)

# An integer on the left compares with the real cut to an integer.
whole = 1
half = 1.5
println(
    less(whole, half),
    greater_equal(whole, half),
    equal(whole, half),
    half == whole,
    same(whole, half),
)
println(half < whole, compare(whole, half), whole < 2)
println(
    lispe_numbers.greatest(1, 1.5),
    lispe_numbers.greatest(1.5, 1),
    lispe_numbers.smallest(1, 0.5),
    lispe_numbers.minmax([1, 1.5]),
    max(3, 7, 5),
)

# A number reads what it is compared with as one.
digit = "1"
println(
    equal(whole, digit),
    digit == whole,
    equal(0, None),
    whole == digit,
    less(1, "2"),
    equal(List([1]), List([1.5])),
)


def countdown(n):
    return 0 if n < 1 else 1 + countdown(n - 1)


print(countdown(5))


def within(x, limit):
    return bool(x > 0 and less(x, limit))


println(within(0.5, 1), within(1, 1.5))


def missing(x):
    return equal(x, None)


println(missing(0), missing(List()), missing("a"))
