"""Compiled from kinds.lsp by lisptorch-compile."""

for x in [1, 2, 3]:
    print(f"{x} ", end="")
print()
for i in range(3):
    print(f"{i} ", end="")
for i in range(2, -1, -1):
    print(f"{i} ", end="")
print()
for a, b in zip([1, 2, 3], [10, 20]):
    print(f"{a + b} ", end="")
print()
for i in range(0, 10, 3):
    print(f"{i} ", end="")
print(i)
n = 0
while n < 3:
    n += 1
print(n)
for c in "héo":
    print(f"{c}.", end="")
print()
