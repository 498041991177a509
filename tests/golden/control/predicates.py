"""Compiled from predicates.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    Failure,
    LinkedList,
    LispError,
    List,
    Maybe,
    Symbol,
    is_null,
    kinds,
    message,
    println,
)

# Questions about values, in both spellings.
one = 1
none = 0
println(
    is_null(List()), is_null(None), is_null(0), not "", not [1], none == 0, one == 0
)
println(
    one > 0,
    one < 0,
    kinds.is_number(1.5),
    kinds.is_number("1"),
    kinds.is_integer(1),
    isinstance(1.5, float),
)
println(
    kinds.is_text("a"),
    kinds.is_text(Symbol("a")),
    kinds.is_atom(Symbol("a")),
    kinds.is_atom(1),
    kinds.is_list(List([1])),
    kinds.is_list("a"),
    kinds.is_list(List([1])),
)
println(
    isinstance({"a": 1}, dict),
    kinds.is_container(List([1])),
    kinds.is_cyclic(LinkedList([1, 2])),
    kinds.is_cyclic(LinkedList([])),
)
try:
    raise LispError("no")
except Failure as error:
    result = Maybe(message(error))
println(
    isinstance(result, Maybe),
    not False,
    not True,
    one != 2,
    Symbol("a") != Symbol("b"),
    Symbol("a") == Symbol("a"),
)
