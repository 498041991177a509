"""Compiled from of_lists.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    List,
    at,
    dictionaries,
    kinds,
    lists,
    println,
    searching,
)

# A set holds lists, told by their content.
seen = set()
for step in [List([1, 2]), List([3, 4]), List([1, 2])]:
    lists.insert(seen, step)
println(
    seen,
    len(seen),
    searching.contains(seen, List([3, 4])),
    searching.contains(seen, List([4, 3])),
    at(seen, List([1, 2])),
)
println(
    lists.pop(seen, List([3, 4])),
    kinds.type_of(dictionaries.make_set(List([1]))),
    kinds.type_of({"a"}),
    kinds.type_of({1}),
    kinds.type_of({1.5}),
)
