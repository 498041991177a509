"""Compiled from recursion.lsp by lisptorch-compile."""

from functools import reduce

from lisptorch_compile.runtime import (
    Integers,
    List,
    Symbol,
    add,
    higher_order,
    is_null,
    kinds,
    lists,
    ordering,
    println,
)


# Recursion of all kinds; functions that make functions.
def count_down(n):
    while n != 0:
        n = n - 1
    return Symbol("done")


println(count_down(100000))


def sum_to(n):
    return 0 if n == 0 else n + sum_to(n - 1)


print(sum_to(300))


def len(l):
    return 0 if not l else 1 + len(lists.rest(l))


print(len(Integers(range(1, 301))))


def flat(l):
    if is_null(l):
        return List()
    if kinds.is_list(lists.first(l)):
        return lists.concat(flat(lists.first(l)), flat(lists.rest(l)))
    return List([lists.first(l), *flat(lists.rest(l))])


println(flat(List([1, List([2, List([3, 4])]), List([List([5])]), 6])))


def power_set(l):
    return reduce(
        lambda acc, x: lists.concat(
            acc, higher_order.map_typed(lambda s: List([*s, x]), acc)
        ),
        l,
        List([List()]),
    )


println(power_set(List([1, 2, 3])))


def mapp(f, l):
    return List() if not l else List([f(l[0]), *mapp(f, lists.rest(l))])


println(mapp(lambda x: x * x, List([1, 2, 3])))


def compose(f, g):
    return lambda x: f(g(x))


def inc1(x):
    return x + 1


def dbl(x):
    return x * 2


println(compose(inc1, dbl)(5))


def curry(f, a):
    return lambda b: f(a, b)


println(higher_order.map(curry(add, 10), [1, 2]))


def make_counter():
    n = 0

    def counter():
        nonlocal n
        n += 1
        return n

    return counter


c1 = make_counter()
c1()
c1()
println(c1())


def fold(f, init, l):
    while True:
        if not l:
            return init
        init, l = f(init, l[0]), lists.rest(l)


println(
    fold(add, 0, Integers(range(1, 101))), fold(ordering.greatest, 0, List([3, 8, 2]))
)


def tree_map(f, tr):
    if kinds.is_list(tr):
        return higher_order.map_typed(lambda x: tree_map(f, x), tr, None)
    return f(tr)


println(tree_map(lambda x: 10 * x, List([1, List([2, 3]), List([4, List([5])])])))


def ycount(n):
    def f(self_f, k):
        return 0 if k == 0 else 1 + self_f(self_f, k - 1)

    return f(f, n)


println(ycount(5))


def queens(n):
    return defun_place(n, 0, List())


def ok_place(c, qs):
    d = 1
    for q in lists.reverse(qs, True):
        if q == c or abs(q - c) == d:
            return None
        d += 1
    return True


def defun_place(n, r, qs):
    if r == n:
        return 1
    return sum(
        [
            defun_place(n, r + 1, List([*qs, c])) if ok_place(c, qs) else 0
            for c in range(n)
        ]
    )


print(queens(6))
