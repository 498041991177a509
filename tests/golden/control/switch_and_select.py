"""Compiled from switch_and_select.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    Failure,
    List,
    Symbol,
    lists,
    println,
    text,
    unknown_key,
)


# switch compares the printed text; select takes the first true value.
def price(item):
    match text(item):
        case "apple":
            return 1
        case "pear":
            base = 2
            return base * 1.5
        case _:
            return 0


println(price("apple"), price("pear"), price("fig"), price(Symbol("apple")))


def number_name(n):
    match text(n):
        case "1":
            return "one"
        case "2":
            return "two"
        case _:
            return f"many: {n}"


print(number_name(1), number_name(2), number_name(9))
match text(Symbol("go")):
    case "stop":
        print("standing")
    case "go":
        print("moving")
    case key:
        raise unknown_key(key)
try:
    match text(5):
        case "1":
            result = Symbol("one")
        case key:
            raise unknown_key(key)
except Failure:
    result = "no case"
println(result)


def setting(options, key, default):
    return options.get(key) or default


println(setting({"rate": 3}, "rate", 1), setting({"rate": 0}, "rate", 1))
holds = None
if not holds:
    late = 3
    holds = late
    if not holds:
        holds = 4
println(7, holds)


# keys that are names of instructions and macros
def rule(form):
    match text(lists.first(form)):
        case "quote":
            return lists.second(form)
        case "if":
            return "a choice"
        case "λ":
            len(form)
            return "a function"
        case "twice":
            return "a macro"
        case "setq":
            name = lists.second(form)
            return name
        case _:
            return form


println(
    rule(List([Symbol("quote"), Symbol("a")])),
    rule(List([Symbol("if"), Symbol("b")])),
    rule(List([Symbol("lambda")])),
    rule(List([Symbol("twice"), 1])),
    rule(List([Symbol("setq"), Symbol("c"), 1])),
    rule(List([Symbol("+"), 1])),
)
