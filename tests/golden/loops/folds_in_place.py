"""Compiled from folds_in_place.lsp by lisptorch-compile."""

from functools import reduce

from lisptorch_compile.runtime import (
    Failure,
    Integers,
    List,
    higher_order,
    iterate,
    lists,
    println,
    remainder,
)


# Folds, scans and takewhile with a function in place are loops.
def squares_sum(values):
    total = 0
    for x in values:
        total += x * x
    return total


def longest(words):
    best = ""
    for w in words:
        best = w if len(w) > len(best) else best
    return best


# the map and the filter become parts of each round
def alternating(values):
    t = 0
    for y in values:
        if y % 2 == 0:
            x = y * 3
            t = x - t
    return 1 + t


def running(values):
    total = 0
    results = List([total])
    for x in values:
        total += x
        results.append(total)
    return results


def right(values):
    total = 0
    for x in reversed(values):
        total = x - total
    return total


def taken(values):
    results = List()
    for value in values:
        if not value < 3:
            break
        results.append(value)
    return results


print(
    squares_sum(List([1, 2, 3])),
    longest(List(["a", "bcd", "ef"])),
    alternating(List([1, 2, 3, 4])),
)
println(running(List([1, 2, 3])), right(List([1, 2, 3])), taken(List([1, 2, 3])))


# the variable that is set serves as the total, unless the old value is still read
def twice(values):
    total = 0
    for x in values:
        total += 2 * x
    return total + 1


def times(values):
    total = 3
    a = total
    for x in values:
        a *= x
    total = a
    return total


print(twice(List([1, 2])), times(List([2, 3])))
try:
    t = 1
    a = 5
    for x in [1, 0]:
        a += remainder(1, x)
    t = a
except Failure:
    print("still", t)

# an operator on the two parameters needs no loop
foldl_result = sum([1, 2], start=10)
a = 10
for b in [1, 2]:
    a -= b
print(foldl_result, a)


# inside of a map
def weights(m):
    results = List()
    for row in m:
        acc = 0
        for x in row:
            acc += 2 * x
        results.append(acc)
    return results


def typed_weights(m):
    results = []
    for row in m:
        acc = 0
        for x in row:
            acc += 2 * x
        results.append(acc)
    return Integers(results)


println(
    weights(List([List([1, 2]), List([3])])),
    typed_weights(List([List([1, 2]), List([3])])),
)


# any container, any function
def with_(f, l):
    acc = 0
    for x in iterate(l):
        acc = acc + f(x)
    return acc


println(
    with_(lambda x: x * 2, List([1, 2])),
    with_(lambda x: x, {1: 2, 3: 4}),
    with_(lambda x: x, None),
    with_(lists.size, {"ab", "c"}),
)


def later(l):
    return reduce(lambda f, x: lambda y: x + f(y), l, lambda y: y)


println(later(List([1, 2]))(10))


def found(l):
    def combine(seen, x):
        if x > 2:
            return seen
        return seen + 1

    return higher_order.fold_left(combine, 0, l)
