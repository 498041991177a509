"""Compiled from options.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import List, Symbol, apl, higher_order, lists, println


# a flag or a width behind the list is none of the elements that the function gets
def total(x):
    if type(x) is int:
        return x
    if type(x) is List:
        return lists.sum(higher_order.map_typed(total, x, None))
    return 0


println(total(List([1, Symbol("a"), List([2, "x", List([3])])])))


def both(a, b):
    return a + b


pairs = higher_order.zip_with(both, [1, 2], [10, 20], None)
pairs.append("end")
halves = higher_order.map_typed(lambda x: x * 2, [1, 2], None)
halves.append(Symbol("end"))
println(pairs, halves, apl.reduce(both, [1, 2, 3, 4], 2))
