"""Compiled from literals.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import LinkedList, List, Symbol, println

# Every way to write a number, a text, a list.
print(31, "5", "1000", "-2.5", "0.0025", -7)
print("a\tb", "a\\tb", 'say "hi"', len("été"), "")
println(
    List([Symbol("a"), List([1, 2])]),
    LinkedList([Symbol("x")], Symbol("y")),
    "quoted",
    List([Symbol("quote"), Symbol("z")]),
)
println({"a": 1, "b": 1 + 2}, {1, 2, 3}, {})
println(None, List(), True, List())
