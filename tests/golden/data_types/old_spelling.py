"""Compiled from old_spelling.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import Record, println


# `data` was once the spelling of `data@`
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
