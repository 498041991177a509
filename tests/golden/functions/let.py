"""Compiled from let.lsp by lisptorch-compile."""

import math

# let: names for a while.
a = 100
a_2 = 1
b = a_2 + 1
print(a_2 + b, a)
width = 3
height = 4
print("area", width * height)
print("edge", 2 * (width + height))


def hypotenuse(x, y):
    xx = x * x
    yy = y * y
    return math.sqrt(xx + yy)


print(f"{hypotenuse(3, 4):g}")


def nested(n):
    n_2 = n + 1
    n_3 = n_2 * 2
    print(n_3)
    print(n_2)
    return n


print(nested(1))
x = 2
y = x * x
print(1 + (x + y))
