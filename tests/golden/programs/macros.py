"""Compiled from macros.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import List, Symbol, printing, println

# Macros by pattern: rest, constants, nested lists.
i = 0
for _w in range(1000000):
    if not i < 6:
        break
    print(f"{i} ", end="")
    i += 2
print()
v = 5
println(1 < v < 10, 6 < v < 10)
z = 5
z *= 2
print(z + 1)
if 1 + 2 == 3:
    print("ok")
else:
    println("FAIL", List([Symbol("+"), 1, 2]), 1 + 2, 3)
if 2 * 2 == 5:
    print("ok")
else:
    println("FAIL", List([Symbol("*"), 2, 2]), 2 * 2, 5)
v += 3
print(v)
for q in [Symbol("a"), Symbol("b")]:
    printing.print_(q)
print()
if v > 1:
    choice = Symbol("two")
else:
    choice = None
println(choice)
m = 1
n = 2
m, n = n, m
print(m, n)
print("!", end="")
print("!", end="")
print("!", end="")
print()
two = 2
nine = 9
print(
    "a" if two == 1 else "b" if two == 2 else "c",
    "a" if nine == 1 else "b" if nine == 2 else "c",
)
