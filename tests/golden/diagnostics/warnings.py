"""Compiled from warnings.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import println


# Doubtful, but not wrong
def bump(n):
    return n + 2


println(bump(1))
