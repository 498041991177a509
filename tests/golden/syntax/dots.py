"""Compiled from dots.lsp by lisptorch-compile."""

import math

from lisptorch_compile.runtime import Integers, List, lists, println, strings

# Composition by dots, in every place.
print(f"{math.sqrt(sum(range(1, 11))):g}")
w = List([1, 2, 3])
println(List([lists.rotate(w, x) for x in [1, 2]]))
println(Integers([item for item in [2 * x for x in range(1, 11)] if 10 < item]))
println(6 % 3 == 0, [1][0] / 5)


def g():
    return 21


def f(x):
    return x * 2


print(f(g()), f(f(g())))
text_of = str(1 + 2)
print(text_of, len(strings.split("a b", " ")))
if 4 % 2 == 0:
    print("even".upper())
