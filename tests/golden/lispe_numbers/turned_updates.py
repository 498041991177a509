"""Compiled from turned_updates.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import println
from lisptorch_compile.runtime.lispe_numbers import add

# An update adds on the right: a literal on the left cuts the real that it is added to.
x = 2.5
x = add(2, x)
y = 2.5
y += 2
println(x, y)
