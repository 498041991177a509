"""Compiled from bits.lsp by lisptorch-compile."""

import math
import operator
from functools import reduce

from lisptorch_compile.runtime import (
    List,
    Strings,
    add,
    apl,
    lists,
    println,
    strings,
    to_integer,
)


# Bits: counted, shifted, written and read in base 2.
def popcount(n):
    return 0 if n == 0 else (n & 1) + popcount(n >> 1)


print(popcount(255), popcount(1023))


def gray(n):
    return n ^ n >> 1


println(
    Strings.of(
        [strings.padded(strings.convert_in_base(gray(i), 2), " ", 4) for i in range(8)]
    )
)
mask = 0
for i in [0, 3, 5]:
    mask |= 1 << i
print(mask, strings.convert_in_base(mask, 2))
mask &= ~1
print(mask)
mask ^= 8
print(mask)
mask <<= 2
print(mask)
mask >>= 1
print(mask)
xs = List([5, 1, 5, 2, 1])
println(
    reduce(operator.xor, xs, 0),
    apl.reduce(operator.or_, xs),
    reduce(operator.and_, [7, 6, 14]),
)


def bin_to_dec(s):
    acc = 0
    for b in s:
        acc = 2 * acc + to_integer(b)
    return acc


print(bin_to_dec("101101"), strings.convert_in_base("101101", 2, True))
packet = "C0FFEE"
b = "".join(
    [
        add(
            lists.reverse(
                strings.convert_in_base(strings.convert_in_base(c, 16, True), 2)
            ),
            "0000",
        )[:4][::-1]
        for c in packet
    ]
)
print(b, len(b))
print(255 & 15, 1 | 2 | 4, 5 ^ 5, to_integer("0b101"))
print(f"{math.pow(2, 16):g}", f"{math.pow(2, 0.5):g}", 1 << 20)
