"""Compiled from parallel.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    List,
    Symbol,
    lists,
    loops,
    printing,
    println,
    sequences,
)

# lloop stops at the shortest, mloop walks by keys; loops over every container.
for name, age in zip(["Ann", "Bob", "Cid"], [31, 42]):
    print(name, age)
for a, b in loops.parallel_values([1, 2], [10, 20]):
    print(f"{a * b} ", end="")
print()
for a, b in loops.parallel_values({"x": 1, "y": 2}, {"x": 3, "y": 4}):
    print(f"{a + b} ", end="")
print()
# … a list and a dictionary by places
for a, b in loops.parallel_values([1, 2], {"x": 10, "y": 20}):
    print(f"{a}{b} ", end="")
for a, b in loops.parallel_values({"x": 10, "y": 20}, [1, 2]):
    print(f"{a}{b} ", end="")
print()
for u in sequences.enum([Symbol("a"), Symbol("b")], 1):
    printing.print_(lists.first(u), lists.second(u), ";")
print()
for k in {"one": 1}:
    print(k)
for c in "héo":
    print(f"{c}.", end="")
for e in sorted({3, 1, 2}):
    print(f"{e}.", end="")
print()

# The list may change while the loop runs
l = List([1, 2, 3])
for x in l:
    if len(l) < 5:
        l.append(x * 10)
println(l)


# Nested, with the loop variables afterwards
def pairs(n):
    result = []
    for i in range(n):
        for j in sequences.towards(i, n, 1):
            result.append(List([i, j]))
    return List([i, j, len(result)])


println(pairs(3))
