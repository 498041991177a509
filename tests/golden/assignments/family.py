"""Compiled from family.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import List, ordering, println

# The ways to give a name a value.
a = 1
x, y = 3, 4
print(a, x, y)

# setqv and label hand the value on
b = 5
c = "text"
print(b, c, b, c)

# setg reaches the global from inside, setq does not
level = 1


def local_level():
    level = 2
    return level


def global_level():
    global level
    level = 3
    return level


print(local_level(), level, global_level(), level)

# setq= writes where the name lives
total = 0


def note_total(n):
    global total
    total = n
    own = n
    return own


print(note_total(9), total)


# a constant is there before anything runs
def area(r):
    return scale * r * r


scale = 2
print(area(3))


# the same name for all parts of a list
def minimum_and_maximum(l):
    low, high = ordering.minmax(l)
    return high - low


println(minimum_and_maximum(List([3, 9, 1])))
