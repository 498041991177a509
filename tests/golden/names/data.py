"""Compiled from data.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import List, Record, println


# the old spelling of `data@` is a name like any other, too
class Pair(Record):
    first: object
    second: object


data = List([1, 2])


def twice(data):
    return data + data


def applied(data):
    return data(3)


println(data, twice(2), applied(lambda x: x + 1), Pair(1, 2))
