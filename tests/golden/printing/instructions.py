"""Compiled from instructions.lsp by lisptorch-compile."""

from lisptorch_compile import evaluate
from lisptorch_compile.runtime import (
    List,
    Symbol,
    at,
    kinds,
    lists,
    println,
    strings,
    text,
)

# an instruction prints by the first of its names, wherever it stands as data
println(
    List([Symbol("not"), Symbol("a")]),
    List([Symbol("and"), Symbol("a"), List([Symbol("not"), Symbol("b")])]),
    Symbol("sum", lists.sum),
    List([Symbol("@", at), Symbol("l"), 1]),
    List([Symbol("atom?", kinds.is_atom), Symbol("a")]),
)
println(
    List(
        [
            Symbol("lambda"),
            List([Symbol("x")]),
            List([Symbol("*"), Symbol("x"), Symbol("x")]),
        ]
    ),
    List([Symbol("lambda"), List([Symbol("x")]), Symbol("x")]),
)
println(
    text(Symbol("not")),
    Symbol("lambda"),
    "a " + text(Symbol("rotate", lists.rotate)),
    strings.join([Symbol("sum", lists.sum), Symbol("note")], "-"),
)
match text(lists.first([Symbol("not"), Symbol("a")])):
    case "¬":
        choice = "negation"
    case _:
        choice = "something else"
print(choice)

code = List([Symbol("lambda"), List([Symbol("x")]), List([Symbol("not"), Symbol("x")])])
println(code, evaluate(code, globals())(None), lists.sum([1, 2]))
