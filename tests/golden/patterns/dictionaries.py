"""Compiled from dictionaries.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import List, no_match, patterns, println


def shown(entries):
    match entries:
        case {"a": x, "b": y, **others} if not others:
            print("both", x, y)
            return
        case {"a": x, **r}:
            println("a", x, r)
            return
    match patterns.all_entries(entries, [(patterns.Name("x"), 3)]):
        case {"x": x}:
            println("three:", x)
            return
    if not entries:
        print("empty")
        return
    raise no_match("shown")


shown({"a": 1, "b": 2})
shown({"a": 1, "c": 2})
shown({"z": 3})
shown({})


# The same value under two keys, and the rest.
def twins(entries):
    match patterns.entries(
        entries,
        [
            (patterns.ANYTHING, patterns.Name("y")),
            (patterns.ANYTHING, patterns.Name("y")),
        ],
    ):
        case [{"y": y}, z]:
            println(y, z)
        case _:
            raise no_match("twins")


twins({"12": "machine", "truc": "machin", "bidule": "machine"})


def nested(entries):
    match entries:
        case {"size": [w, h]}:
            return w * h
    raise no_match("nested")


println(nested({"name": "box", "size": List([3, 4])}))


# Sets: constants belong to it, names take the others in order.
def members(elements):
    match patterns.take_elements(elements, [1], 1):
        case [x, r]:
            println(x, r)
            return
    print("others")


members({3, 1, 2})
members({5, 6})
