"""Compiled from unknown.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import Integers, List, add, less, println, remainder


# Nothing is known of the operands: the runtime decides.
def mix(row):
    return add(row[0], row[1])


println(mix(List([1, 2])), mix(List(["a", 2])), mix(List([List([1, 2]), List([3, 4])])))


def smaller(a, b):
    return less(a, b)


def smaller_than_two(x):
    return x < 2


println(
    smaller(1, 2),
    smaller("a", "b"),
    Integers([int(bool(smaller_than_two(item))) for item in [1, 2, 3]]),
)


def rest_of(a, b):
    return remainder(a, b)


println(rest_of(-7, 3), rest_of(7.5, 2))
