"""Compiled from super_bracket.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import List, Symbol, println

# One ] closes all brackets but the outermost.
x = List([Symbol("e")])
println(x)
