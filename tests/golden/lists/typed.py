"""Compiled from typed.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    Floats,
    Integers,
    List,
    Numbers,
    Shorts,
    less,
    lists,
    ordering,
    println,
    sequences,
)

ids = Integers([3, 1, 2])
ids.append(7.9)
println(ids, ids + 1, Numbers([0.5, 1.5]) * 2, sum(ids), ordering.sort(less, ids))
println(
    Shorts([1, 0]),
    Floats([0.1, 2]),
    lists.strings("a", 1),
    lists.integers(1, Integers(range(1, 4)), 9),
)
println(
    List([1, 2]) == Integers([1, 2]), sequences.iota(5.0), Integers(range(3)), len([])
)
for x in ids:
    print(f"{x},", end="")
print()
