"""Compiled from synonyms.lsp by lisptorch-compile."""

from time import perf_counter

from lisptorch_compile.runtime import Integers, loops, println

for i in range(2):
    print(f"{i} ", end="")
for a, b in loops.parallel_values([1, 2], [3, 4]):
    print(f"{a + b} ", end="")
for a, b in loops.parallel_values([1, 2], [5, 6]):
    print(f"{a + b} ", end="")
print()
x = 4
value = x * x
x_2 = 4
println(value, x_2 - 1, Integers([x + 1 for x in [1, 2]]))
print(10 + 2 * 3, 2 * 3, 8 - 1, 1 + 1)
start = perf_counter()
Integers(range(1, 11))
milliseconds = (perf_counter() - start) * 1000
println(milliseconds < 1000)
