"""Compiled from statistics.lsp by lisptorch-compile."""

import operator
from functools import reduce

from lisptorch_compile.runtime import (
    List,
    add,
    apl,
    at,
    dictionaries,
    higher_order,
    lists,
    numbers,
    ordering,
    println,
    searching,
    strings,
    text,
)

# statistics, histogram, random walk with fixed counts
data = List([3, 7, 7, 2, 9, 4, 7, 1, 5, 5])


def mean(l):
    return lists.sum(l) / len(l)


def variance(l):
    m = mean(l)
    return mean(higher_order.map_typed(lambda x: (x - m) ** 2, l))


def median(l):
    s = List(sorted(l))
    n = len(s)
    if n % 2:
        return s[int(n / 2)]
    return (at(s, n / 2 - 1) + at(s, n / 2)) / 2


def mode(l):
    d = dictionaries.integer_dictionary()
    for x in l:
        d[x] = d.get(x, 0) + 1
    m = ordering.greatest(dictionaries.values(d))
    return searching.find(d, m)


println("mean", mean(data), "var", variance(data), "sd", numbers.sqrt(variance(data)))
println("median", median(data), median(List([3, 1, 2])), "mode", mode(data))
println(
    "minmax",
    ordering.minmax(data),
    "range",
    reduce(operator.sub, higher_order.flip(ordering.minmax(data))),
)
h = dictionaries.integer_tree_dictionary()
for x in data:
    h[x] = h.get(x, 0) + 1
for k, value in h.items():
    print(strings.padded(text(k), " ", 3), "*" * value)
println(h)
xs = List([1, 2, 3, 4, 5])
ys = List([2, 4, 5, 4, 5])
mx = mean(xs)
my = mean(ys)
b = lists.sum((xs - mx) * (ys - my)) / lists.sum((xs - mx) * (xs - mx))
println("slope", b, "intercept", my - b * mx)
walk = List([1, 1, -1, 1, -1, -1, -1, 1, 1, 1])
println(apl.scan(add, walk), ordering.greatest(apl.scan(add, walk)))
table = List(
    [List(["apple", 1.5, 10]), List(["banana", 0.25, 150]), List(["cherry", 12.125, 3])]
)
for r in table:
    n, p, q = r
    print(
        strings.padded(n, " ", 10),
        strings.formatted(p, "%8.2f"),
        strings.formatted(q, "%5d"),
        strings.formatted(p * q, "%9.2f"),
    )
