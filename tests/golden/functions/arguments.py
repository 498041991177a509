"""Compiled from arguments.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import UNSET, List, Symbol, add, println


# Optional, rest and named arguments.
def greet(name, greeting="Hello", ending="!"):
    return f"{greeting}, {name}{ending}"


print(greet("Ann"))
print(greet("Bob", "Hi"))
print(greet("Cid", ending="?"))


def log_line(level, tags=None, *parts):
    parts = List(parts)
    println(level, tags, parts)


log_line("info")
log_line("info", Symbol("net"))
log_line("info", Symbol("net"), 1, 2)


def total(first, *others):
    others = List(others)
    for x in others:
        first = add(first, x)
    return first


println(total(1), total(1, 2, 3))
println(total(1, 2, 3, 4))


def scaled(x, factor=UNSET, items=UNSET):
    if factor is UNSET:
        factor = 1 + 1
    if items is UNSET:
        items = List([1, 2])
    return factor * (x + len(items))


print(scaled(1), scaled(1, 3), scaled(1, 3, List()))
