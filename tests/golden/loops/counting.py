"""Compiled from counting.lsp by lisptorch-compile."""

from itertools import count

from lisptorch_compile.runtime import List, println

# loopcount, ranges, while, whilein.
for _ in range(2):
    print("x", end="")
for i in range(3):
    print(f"{i} ", end="")
for i in range(1, -1, -1):
    print(f"{i} ", end="")
print()
n = 3
for i in range(n):
    print(i, end="")
print()
for i in range(0, 6, 2):
    print(f"{i} ", end="")
for i in range(3, 0, -1):
    print(f"{i} ", end="")
for i in range(1, 4):
    print(f"{i} ", end="")
for i in range(1, 4):
    print(f"{i} ", end="")
print()


def fill_up(limit):
    total = 0
    while total < limit:
        total += 5
        if total > 12:
            break
    return total


print(fill_up(3), fill_up(100))
for v in [1, 2, 5, 1]:
    if not v < 3:
        break
    print(f"{v} ", end="")
print(v)


def squares_below(limit):
    found = List()
    i = 1
    while i * i < limit:
        found.append(i * i)
        i += 1
    return found


println(squares_below(30))

total = 0
for i in count(1):
    if i > 4:
        break
    total += i
print(total, i)
