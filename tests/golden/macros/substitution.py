"""Compiled from substitution.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import println

# A macro is a template: its arguments are put in unevaluated.
n = 3
print(n * n * n, (n + 1) * (n + 1) * (n + 1))
if not n > 5:
    print("small")
    print("really")
println("never" if not n > 1 else None)
