"""Compiled from false.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import List, equal, greater, less, println, same

# False of Python is LispE's nil: it equals nil and the empty list, but not 0.
n = 2
smaller = n < 1
none = None
println(
    equal(0, smaller),
    equal(smaller, 0.0),
    not equal(smaller, 0),
    equal(0, smaller) and equal(smaller, 0),
)
println(same(0, smaller), not same(smaller, 0))
println(
    equal(none, smaller),
    equal(smaller, none),
    not equal(none, smaller),
    smaller == List(),
)
println(smaller == "", equal(1 < n, smaller))
println(less(smaller, 1), greater(1, smaller))


def is_zero(x):
    return equal(x, 0)


println(is_zero(smaller), is_zero(0))


def name(value):
    if equal(value, 0):
        return "zero"
    return "nil"


print(name(smaller), name(0))
