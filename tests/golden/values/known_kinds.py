"""Compiled from known_kinds.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    Floats,
    Integers,
    List,
    Shorts,
    add,
    higher_order,
    kinds,
    lists,
    loops,
    negation,
    ordering,
    println,
    searching,
    set_at,
    text,
)


# What is known of values decides how they are written in Python, not what is printed.
def shifted(a):
    return a + List([1, 2])


print(
    "reals "
    + text(shifted(List([1.5, 2.5]))[0])
    + " integers "
    + text(shifted(30000000)[0])
)

counts = {"a": 1, "b": 2}
println(
    loops.fold_add(counts),
    higher_order.filter(lambda count: count == "a", counts),
    lists.first(counts),
)
println(loops.fold_add({1: 10, 3: 20}))

truths = negation(List([1, 0]))
for t in truths:
    print(f"truth {text(t)}")

println(
    kinds.type_of(lists.rest(Integers([4, 5, 6]))),
    kinds.type_of(lists.rotate(Shorts([1, 2]))),
    kinds.type_of(lists.flatten(Floats([1.5]))),
)
println(
    kinds.type_of(searching.union(Integers([1, 2]), [2, 3])),
    kinds.type_of(ordering.greatest(Integers([1, 2]), Integers([3, 4]))),
)

grown = set_at(List([1, 2]), 0, "x")
println(f"set {grown[0]}", add("extended ", lists.extend(List([1]), List([2.5]))[-1]))
