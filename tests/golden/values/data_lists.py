"""Compiled from data_lists.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    LinkedList,
    List,
    Symbol,
    is_null,
    kinds,
    println,
    same,
)

# Lists that are data without a quote, and what quotes protect.
rate = 0.5
options = List([List(["max_length", 50]), List(["rate", rate]), List(["name", "ab"])])
println(options, options[1][1])
println(
    List([Symbol("a"), "b", 1, None, True, List([Symbol("c")])]),
    Symbol("x"),
    List([Symbol("quote"), Symbol("x")]),
    List(),
    List([1, 2]),
    LinkedList([1, 2], List([3, 4])),
    LinkedList([Symbol("a")], Symbol("b")),
)
println(
    {"k": Symbol("v")},
    List([Symbol("a"), "a"]),
    kinds.type_of(Symbol("a")),
    kinds.type_of("a"),
)
println(
    Symbol("a") == Symbol("a"),
    Symbol("a") == "a",
    List([1, List([2])]) == List([1, List([2])]),
    same(List([1]), List([1])),
    rate == 0.5,
    rate != 2,
)
println(
    is_null(List()),
    is_null(0),
    kinds.is_list(List()),
    not "",
    kinds.is_atom(Symbol("a")),
    kinds.is_text("a"),
    kinds.is_number(1),
)
println(
    kinds.type_of(5),
    kinds.type_of(5.0),
    kinds.type_of(List([1])),
    kinds.type_of({"a": 1}),
    kinds.type_of(lambda x: x),
    kinds.type_of(None),
)
