"""Compiled from logic.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import List, greater, println

# and, or, not, xor, andvalue: as tests and as values.
a = 3
b = None
if a and not b:
    print("a without b")
if b or a > 5:
    print("never")
else:
    print("neither")
println(
    bool(a and b),
    bool(a and True),
    bool(b or a),
    bool(b or False),
    not a,
    not b,
    bool(a) != bool(b),
)
println(a and 5, b and 5)


def between(x, low, high):
    return x >= low and x < high


println(between(3, 1, 5), between(9, 1, 5))


def outside(x, low, high):
    return not between(x, low, high)


println(outside(3, 1, 5), outside(9, 1, 5))


def blank(l):
    return not l or len(l) == 0


println(blank(List()), blank(List([1])))

# Operands that need statements
log = List()


def note(x):
    log.append(x)
    return x


holds = bool(note(1))
if holds:
    c = note(2)
    holds = bool(greater(c, 1))
    if holds:
        holds = bool(note(None))
        if holds:
            holds = bool(note(4))
println(holds)
println(log)
while a > 0 and a != 1:
    a -= 1
print(a)
