"""Compiled from kinds.lsp by lisptorch-compile."""

import math

from lisptorch_compile.runtime import (
    List,
    kinds,
    lists,
    numbers,
    ordering,
    println,
    remainder,
    to_float,
    to_integer,
)

# Integers, reals, complex numbers; how they print and convert.
println(5, 5.0, -2.5, 31, 1000.0, 12 + 3j)
print(f"{10 / 4:g}", f"{10 / 5:g}", f"{10 + 2.5:g}", f"{3 * 0.5:g}", f"{1 - 0.5:g}")
print(
    remainder(-7, 3), 7 % 3, f"{remainder(7.9, 3):g}", f"{math.pow(2, 10):g}", 1000**2
)
print(
    to_integer("12abc"),
    int(3.9),
    to_integer(True),
    f"{to_float('1.5'):g}",
    "2",
    to_integer(None),
)
print(
    f"{math.sqrt(2):g}",
    f"{float(math.floor(2.7)):g}",
    f"{numbers.round(3.14159 * 100, 100):g}",
    abs(-3),
    f"{math.fabs(-2.5):g}",
)
println(
    lists.sum([1, 2.5]),
    max(1, 1.5),
    ordering.minmax([3, 1, 2]),
    lists.product([1, 2, 3, 4]),
)
print(~10, 12 & 10, 12 | 10, 12 ^ 10, 1 << 4, 16 >> 2)
n_five = 5
println(numbers.factorial(n_five), math.gcd(12, 18), n_five - 5 == 0, kinds.sign(-4))


def mean(values):
    return lists.sum(values) / len(values)


print(f"{mean(List([1, 2, 4])):g}")


def average(total, rounds):
    return 0 if rounds == 0 else total / rounds


println(average(7, 2), average(1, 0))


def remainder_of(n):
    return remainder(n, 10)


print(remainder_of(123), remainder_of(-123))
