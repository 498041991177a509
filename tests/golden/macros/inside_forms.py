"""Compiled from inside_forms.lsp by lisptorch-compile."""

import math

from lisptorch_compile.runtime import List, Symbol, println


# LispE defines macros while it reads, wherever a definition stands
def area(radius):
    print("area of", radius)
    return math.pi * (radius * radius)


print(f"{area(2):g}")
print("again")
print("again")
total = 3
print(total * total)
# a quoted definition is a list
println(List([Symbol("defmacro"), Symbol("square"), List([Symbol("side")]), 0]))
