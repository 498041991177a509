"""Compiled from lambdas.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import List, Symbol, higher_order, lists, println


# Lambdas close over the function they are written in.
def counter():
    n = 0

    def inner():
        nonlocal n
        n += 1
        return n

    return inner


c = counter()
println(c(), c(), c())


def compose2(f, g):
    return lambda x: f(g(x))


both = compose2(lambda x: x + 1, lambda x: x * 10)
println(both(4))


# A lambda whose body needs statements
def transform(x):
    y = x * x
    return Symbol("large") if y > 4 else Symbol("small")


println(higher_order.map_typed(transform, [1, 2, 3]))
# Functions given to others are called for their values.
seen = 0


def noted(x):
    global seen
    seen = x * 2
    return True


def grown(l):
    return lists.push(l, 1)


def last_double(l):
    last = None
    for y in l:
        last = 2 * y
    return last


println(
    List([noted(item) for item in [1, 2]]),
    higher_order.map_typed(grown, [List([1]), List([2])]),
)
println(seen, List([last_double(item) for item in [List([1]), List([2, 3])]]))
