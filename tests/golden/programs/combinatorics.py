"""Compiled from combinatorics.lsp by lisptorch-compile."""

import math
from functools import reduce

from lisptorch_compile.runtime import (
    UNSET,
    Integers,
    List,
    Symbol,
    at,
    greater_equal,
    higher_order,
    less_equal,
    lists,
    no_match,
    numbers,
    parts,
    println,
    sequences,
)


# Permutations, subsets, combinations, products, partitions, numbers of Catalan and Bell
def permutations(l):
    if not l:
        return List([List()])
    r = List()
    for i in range(len(l)):
        rest = lists.clone(l)
        lists.pop(rest, i)
        for p in permutations(rest):
            r.append(List([l[i], *p]))
    return r


println(permutations(List([1, 2, 3])))
print(len(permutations(List([1, 2, 3, 4, 5]))))


def powerset(l):
    return reduce(
        lambda acc, x: lists.concat(
            acc, higher_order.map_typed(lambda s: List([*s, x]), acc, None)
        ),
        l,
        List([List()]),
    )


println(powerset(List([Symbol("a"), Symbol("b"), Symbol("c")])))


def pow2(l):
    return higher_order.map_typed(
        lambda m: List(
            [
                x
                for x in higher_order.map_typed(
                    lambda i: l[i] if m & 1 << i else Symbol("_no"),
                    Integers(range(len(l))),
                    None,
                )
                if x != Symbol("_no")
            ]
        ),
        Integers(range(1 << len(l))),
        None,
    )


println(pow2(List([Symbol("a"), Symbol("b"), Symbol("c")])))


def combos(k, items):
    if k == 0:
        return List([List()])
    match items:
        case []:
            return List()
        case [x, *r]:
            return lists.concat(
                higher_order.map_typed(lambda c: List([x, *c]), combos(k - 1, r), None),
                combos(k, r),
            )
    raise no_match("combos")


println(combos(3, Integers(range(5))))


def cartesian(ls):
    if not ls:
        return List([List()])
    r = List()
    for x in lists.first(ls) or ():
        for y in cartesian(lists.rest(ls)):
            r.append(List([x, *y]))
    return r


println(cartesian(List([List([1, 2]), List([3, 4]), List([5])])))


def partitions(n, mx=UNSET):
    if mx is UNSET:
        mx = n
    if n == 0:
        return List([List()])
    r = List()
    for k in sequences.towards(min(n, mx), 0, -1):
        for p in partitions(n - k, k):
            r.append(List([k, *p]))
    return r


println(partitions(5))
print(
    len(
        [
            p
            for p in permutations(Integers(range(4)))
            if not Integers([i for i in range(4) if p[i] == i])
        ]
    )
)


def next_perm(l):
    i = lists.size(l) - 2
    while i >= 0 and greater_equal(at(l, i), at(l, i + 1)):
        i -= 1
    if i < 0:
        return None
    j = lists.size(l) - 1
    while less_equal(at(l, j), at(l, i)):
        j -= 1
    lists.swap(l, i, j)
    tail = lists.reverse(parts.extract(l, i + 1, lists.size(l)), True)
    return lists.concat(parts.extract(l, 0, i + 1), tail)


p = List([1, 2, 3, 4])
c = 0
while p:
    c += 1
    p = next_perm(p)
println(c, next_perm(List([1, 3, 2, 4])), next_perm(List([1, 4, 3, 2])))


def catalan(n):
    return int(
        numbers.factorial(2 * n) / (numbers.factorial(n + 1) * numbers.factorial(n))
    )


println(Integers([catalan(item) for item in range(10)]))


def choose(n, k):
    return int(math.prod(sequences.arange(n, n - k, -1)) / numbers.factorial(k))


print(choose(5, 3), choose(10, 5))


def bell(n):
    row = List([1])
    r = List([1])
    for _ in range(n - 1):
        next = List([row[-1]])
        for x in row:
            next.append(next[-1] + x)
        row = next
        r.append(row[0])
    return r


println(bell(9))
