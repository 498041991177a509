"""Compiled from numbers.lsp by lisptorch-compile."""

import math

from lisptorch_compile.runtime import println, remainder


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


print(fib(20))
print(
    f"{10 + 2.5:g}",
    f"{7 / 2:g}",
    7 % 3,
    remainder(-7, 3),
    f"{math.pow(2, 10):g}",
    10 - 2 - 3,
)
one = 1
two = 2
println(
    one < two < 3, one == 1.0, one != two, bool(one and two), bool(two or one), not one
)


def abs_of(x):
    return 0 - x if x < 0 else x


print(max(1, 5, 3), min(1, 5, 3), abs_of(-3), 6 & 3, 1 << 4)
print("1e+06", "1.23457e+06", "0.1", 100000000000, f"{1 / 3:g}", f"{math.sqrt(16):g}")
n = 5
n += 2
n -= 1
n *= 3
print(n)
