"""Compiled from constant_code.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import println

# Code that is known when compiling stands where it is evaluated.
a = 5
value = a + 1
b = a * 2
print(value, a, b - 1, b)


def area(w, h):
    size = w * h
    return size


print(area(3, 4))


def half(x):
    return x / 2


println(half(5))
