"""Compiled from values.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import List, Symbol, printing, println

println(None, True, Symbol("atom"), "text", 1.0, 1.5, 1e20, -3)
println(
    List(["in", List([Symbol("quote"), Symbol("quote")]), None, True, 2.0]),
    {"k": "v"},
    {"a", "b"},
)
printing.print_(1, "a", None)
print()
l = List([1, 2])
println(l, "and", len(l))
println(println("inner"))
