"""Compiled from zipwith_in_place.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    Failure,
    Integers,
    List,
    Strings,
    higher_order,
    message,
    println,
)


# zipwith with a function in place is a comprehension.
def prods(a, b):
    return Integers([x * y for x, y in higher_order.zipped(a, b)])


println(
    prods(List([1, 2]), List([3, 4])),
    Strings.of(
        [f"{x}{y}/{z}" for x, y, z in higher_order.zipped(["a", "b"], [1, 2], [3, 4])]
    ),
)
try:
    result = prods(List([1]), List([3, 4]))
except Failure as error:
    e = message(error)
    result = e[:61]
println(result, Integers([int(x > y) for x, y in higher_order.zipped([1, 5], [3, 4])]))
println(Strings.of([w.upper() for w in ["a"]]))
