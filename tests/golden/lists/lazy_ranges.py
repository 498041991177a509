"""Compiled from lazy_ranges.lsp by lisptorch-compile."""

from itertools import count, islice, repeat

from lisptorch_compile.runtime import (
    List,
    Symbol,
    equal,
    higher_order,
    lists,
    printing,
    println,
    sequences,
)

# The Haskell family fuses; infinite sources end with take or takewhile.
println(List(islice((item for item in (x * x for x in count(1)) if item > 50), 5)))
println(
    higher_order.take_while(lambda item: item < 20, (item * 3 for item in count(1)))
)
println(
    List(islice(higher_order.cycle(List([Symbol("a"), Symbol("b"), Symbol("c")])), 4)),
    List(islice(repeat(5), 3)),
)
println(
    higher_order.drop(2, [1, 2, 3, 4]),
    higher_order.drop_while(lambda item: item < 3, [1, 2, 3, 4]),
)
println(
    sum([item for item in [1, 2, 3, 4] if item > 2]),
    lists.sum([item * 2 for item in range(1, 5)]),
)
println(List([x * 10 for x in [1, 2, 3]]), List([x * 10 for x in [1, 2, 3] if x > 1]))


def squares(n):
    return List(islice((x * x for x in count(1)), n))


println(squares(4))
for x in [x + 1 for x in [1, 2]]:
    print(f"{x} ", end="")
print()


# The sign of the step decides the direction of a lazy range.
def up_to(a, b):
    return List([item * 1 for item in range(a, b)])


def down_to(a, b):
    return List([item * 1 for item in range(a, b - 1, -1)])


println(up_to(2, 5), up_to(5, 2), down_to(3, 0), down_to(0, 3))
for i in sequences.irange(3, 1.5, 0.5):
    printing.print_(i)
for i in sequences.irange_closed(2, 1, -0.5):
    printing.print_(i, " ")
print()


# A source that may be lazy or a list
def numbers_from(endless):
    return count(1) if endless else List([1, 2, 3])


println(
    List(islice((item * 2 for item in numbers_from(True)), 3)),
    List([item * 2 for item in numbers_from(None)]),
)
println(
    List(islice((item for item in numbers_from(True) if item > 1), 2)),
    List([item for item in numbers_from(None) if item > 1]),
)


# of which the compiler knows nothing
def folded(op, init, l):
    return init if not l else op(l[0], folded(op, init, lists.rest(l)))


def longer(l):
    return higher_order.map_list(
        lists.size,
        higher_order.filter_list(
            lambda item: not equal(List(), item), folded(lists.concat, List(), l)
        ),
    )


println(longer(List([List([List([1]), List()]), List([List([1, 2])])])))
