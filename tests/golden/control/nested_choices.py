"""Compiled from nested_choices.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import List, println

# Conditionals in conditionals, where one line would hide them.
cells = List()
for n in [1, 2, 3, 4]:
    if n < 3:
        cells.append("one" if n == 1 else "two")
    else:
        cells.append("three" if n == 3 else "many")
println(cells)
for n in [0, 5]:
    if n == 0:
        print("zero")
    else:
        print("large" if n > 3 else "small")
# a test with an effect runs once, and after what stands before it
log = List()


def note(x):
    log.append(x)
    return True


cells.append(("a" if note(2) else "b") if note(1) else "c")
println(cells, log)
# a value that is set from itself
i = 1
i += 1
i -= 5
i = 5 - i
s = "a"
s += "bc"
s += str(i)
s = f"<{s}"
print(i, s)


def sum_to(n):
    total = 0
    for k in range(n):
        total += k
    return total


print(sum_to(5))
