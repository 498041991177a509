"""Compiled from lambdas.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import Symbol, higher_order, println


# Lambdas close over the function they are written in.
def counter():
    n = 0

    def callback():
        nonlocal n
        n += 1
        return n

    return callback


c = counter()
println(c(), c(), c())


def compose2(f, g):
    return lambda x: f(g(x))


both = compose2(lambda x: x + 1, lambda x: x * 10)
println(both(4))


# A lambda whose body needs statements
def callback(x):
    y = x * x
    return Symbol("large") if y > 4 else Symbol("small")


println(higher_order.map_typed(callback, [1, 2, 3]))
