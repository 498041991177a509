"""Compiled from imports_where_needed.lsp by lisptorch-compile."""

import xml.etree.ElementTree as ET
from os import path
from os.path import basename, join

from lisptorch_compile.runtime import (
    Failure,
    List,
    iterate,
    lists,
    message,
    parts,
    println,
)

# Imports at the top, in a function, where only some runs need them, and what is missing.
println(basename(join("a", "b.txt")), path.splitext("b.txt"))
println(path.dirname("a/b"))


def mean(values):
    import statistics

    return statistics.mean(values)


println(mean(List([1, 2, 6])))


def quick_sum(l):
    try:
        import quick_numbers

        return quick_numbers.total(l)
    except Failure as error:
        e = message(error)
        print(parts.extract(e, "", ", line"))
        return lists.sum(l)


println(quick_sum(List([1, 2, 3])))
try:
    from sklearn_missing.colours import nearest

    result = nearest("blue")
except Failure:
    result = "grey"
colour = result
println(colour)
tree = ET.fromstring("<a><b/></a>")
println(tree.tag, lists.size(tree))
for child in iterate(tree):
    println(child.tag)
