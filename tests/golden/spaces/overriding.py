"""Compiled from overriding.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import Integers, List, Strings, println


# Functions of the same names, for three kinds of shapes.
def name():
    return "thing"


def describe(x):
    return f"{name()} {x}"


def circle_name():
    return "circle"


def circle_area(r):
    return 3 * r * r


def circle_describe(r):
    return f"{circle_name()} of area {circle_area(r)}"


def square_name():
    return "square"


def square_area(side):
    return side * side


print(describe(2))
print(circle_describe(2))
println(describe(2), List([square_name(), square_area(2)]))
print(circle_name(), name(), square_name())
println(Integers([circle_area(item) for item in [1, 2, 3]]))
println(Strings.of([circle_describe(r) for r in [1, 2]]))


# One more definition for a space that is there.
def square_volume(side):
    return side * square_area(side)


volumes = Integers([square_volume(item) for item in [1, 2, 3]])
println(volumes)
