"""Compiled from old_spelling.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import List, Record, println


# `data` was once the spelling of `data@`; it is also a name like any other
class Pair(Record):
    first: object
    second: object


class Colour(Record):
    pass


class Red(Colour):
    pass


class Mixed(Colour):
    first: int
    second: int


println(Pair(1, 2), Red(), Mixed(1, 2))
data = List([1, 2])


def twice(data):
    return data + data


println(data, twice(2))
