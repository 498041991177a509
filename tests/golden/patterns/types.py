"""Compiled from types.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    Failure,
    List,
    Strings,
    Symbol,
    kinds,
    no_match,
    println,
)

PLUS = Symbol("plus")
TIMES = Symbol("times")
MINUS = Symbol("minus")


# Rules with a type come first, wherever they stand.
def fact(n):
    if n > 0:
        return n * fact(n - 1)
    if n == 0:
        return 1
    raise no_match("fact")


print(fact(5))


def kind(x):
    if type(x) is int:
        return "integer"
    match x:
        case str():
            return f"text of {len(x)}"
        case list() if not isinstance(x, Strings):
            return f"list of {len(x)}"
        case _ if kinds.type_of(x) is Symbol("dictionary_"):
            return "dictionary"
    return "other"


for value in [
    1,
    "abc",
    List([1, 2]),
    2.5,
    {"a": 1},
    True,
    Symbol("atom"),
    Strings(["x"]),
]:
    print(kind(value))


# An expression and what it is worth.
def worth(n):
    match n:
        case float():
            return n
        case int() if not isinstance(n, bool):
            return n
        case [head, a, b] if head is PLUS:
            return worth(a) + worth(b)
        case [head, a, b] if head is TIMES:
            return worth(a) * worth(b)
        case [head, a] if head is MINUS:
            return 0 - worth(a)
    raise no_match("worth")


println(
    worth(
        List(
            [
                Symbol("plus"),
                1,
                List([Symbol("times"), 2, List([Symbol("minus"), 3.5])]),
            ]
        )
    )
)
try:
    result = worth(List([Symbol("power"), 1, 2]))
except Failure:
    result = "no rule"
println(result)


# Types within lists.
def pair(items):
    match items:
        case [int() as a, str() as b]:
            return List([a, b])
        case [str() as b, int() as a] if a < 10:
            return List([Symbol("turned"), a, b])
    return Symbol("none")


println(
    pair(List([1, "a"])),
    pair(List(["b", 2])),
    pair(List(["b", 20])),
    pair(List([1, 2])),
)
