"""Compiled from clashes.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import println

# Names that Python has for itself, and names that become the same.
class_ = 1
list_size = 2
list_size_2 = 3
print = "p"


def is_ready(x):
    return x > 0


def def_(lambda_value):
    return lambda_value + 1


θ = 5
println(class_, list_size, list_size_2, print, is_ready(1), def_(1), θ)
