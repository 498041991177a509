"""Compiled from called_by_name.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    Instance,
    List,
    Record,
    Symbol,
    called_by_name,
    higher_order,
    no_match,
    println,
)


# Atoms that are made of texts call what has their name.
@called_by_name("foo")
def foo(x):
    return x * 10


@called_by_name("bar-baz")
def bar_baz(x):
    return x * 100


@called_by_name("day-1")
def day_1(items):
    match items:
        case [first, *_]:
            return first
    raise no_match("day-1")


class Circle(Record):
    first: object
    second: object


@called_by_name("counter")
class counter(Instance):
    def __init__(self, n=1):
        self.n = n

    def bump(self):
        self.n += 1
        return self.n


for name in ["foo", "bar-baz"]:
    println(
        Symbol(name)(3),
        higher_order.apply(Symbol(name), [4]),
        higher_order.map_typed(Symbol(name), [1, 2]),
    )
part = 1
solve_day = Symbol(f"day-{part}")
println(solve_day(List([7, 8, 9])))
shape = "Circle"
println(Symbol(shape)(1, 2), Circle(3, 4))
second = Symbol("counter")(5)
println(second.bump())
# A constant is the quoted name.
println(
    higher_order.map_typed(foo, [1, 2]),
    len([Symbol("a"), Symbol("b")]),
    Symbol("hello world"),
)
