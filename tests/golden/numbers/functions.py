"""Compiled from functions.lsp by lisptorch-compile."""

import math

from lisptorch_compile.runtime import (
    List,
    kinds,
    numbers,
    println,
    remainder,
    to_float,
    to_integer,
)

# Numbers and what is done with them.
bits = 80
x = 10
x = remainder(x, 4)
x = math.pow(x, 3)
x = x**2
println(
    x,
    math.pow(2, 3),
    10 & ~2,
    x <= bits <= 99,
    x >= 1,
    int(x == 1),
    numbers.factorial(5),
    ~10,
)
bits = 14
bits = bits & ~2
print(
    bits,
    f"{math.pi:g}",
    f"{math.pi:g}",
    f"{math.tau:g}",
    f"{math.tau:g}",
    f"{math.e:g}",
    f"{math.e:g}",
    "1.61803",
    "1.61803",
)
print(
    f"{math.acos(1):g}",
    f"{math.acosh(1):g}",
    f"{math.asin(0):g}",
    f"{math.asinh(0):g}",
    f"{math.atan(0):g}",
    f"{math.atanh(0):g}",
    f"{math.cos(0):g}",
    f"{math.cosh(0):g}",
)
print(
    f"{math.sin(0):g}",
    f"{math.sinh(0):g}",
    f"{math.tan(0):g}",
    f"{math.tanh(0):g}",
    f"{math.erf(0):g}",
    f"{math.erfc(0):g}",
    f"{math.exp(0):g}",
    f"{math.exp2(3):g}",
    f"{math.expm1(0):g}",
)
print(
    f"{math.lgamma(1):g}",
    f"{math.gamma(5):g}",
    f"{math.log(1):g}",
    f"{math.log10(1000):g}",
    f"{math.log1p(0):g}",
    f"{math.log2(8):g}",
    f"{numbers.logb(10):g}",
    f"{math.sqrt(16):g}",
    f"{math.sqrt(2):g}",
)
print(
    f"{math.cbrt(27):g}",
    f"{math.cbrt(8):g}",
    f"{float(math.floor(2.7)):g}",
    f"{float(math.ceil(2.2)):g}",
    f"{float(math.trunc(-2.7)):g}",
    f"{numbers.round(2.5):g}",
    f"{float(round(2.5)):g}",
    f"{float(round(3.2)):g}",
)
print(
    f"{math.radians(180):g}",
    f"{math.degrees(math.pi):g}",
    f"{math.fabs(-2.5):g}",
    abs(-3),
    abs(-4),
    -5,
    kinds.sign(-5),
    kinds.sign(0),
)
print(
    math.gcd(12, 18),
    math.gcd(12, 18),
    f"{numbers.cosine(List([1, 0]), List([1, 1])):g}",
    f"{numbers.round(3.14159, 100):g}",
)
println(
    to_integer("12abc"),
    to_float("2.5"),
    2.0,
    numbers.real_part(12 + 3j),
    numbers.imaginary_part(12 + 3j),
    complex(1, -1),
)
print(numbers.to_short(7), numbers.to_short(8), int(2.9), to_integer(True))
println((12 + 3j) * 2, 1 + 1j + (1 - 1j), numbers.sin(List([0, 0])))
