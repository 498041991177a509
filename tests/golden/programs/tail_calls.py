"""Compiled from tail_calls.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    UNSET,
    Integers,
    List,
    Symbol,
    add,
    higher_order,
    lists,
    parts,
    println,
    remainder,
    tail_recursive,
)


# Calls in last place, and some that are not.
def loop_sum(l, acc=0):
    while True:
        if not l:
            return acc
        l, acc = lists.rest(l), acc + l[0]


print(loop_sum(Integers(range(1, 101))))


def gcd_(a, b):
    while b != 0:
        a, b = b, a % b
    return a


print(gcd_(1071, 462))


def rev(l, acc=UNSET):
    if acc is UNSET:
        acc = List()
    while True:
        if not l:
            return acc
        l, acc = lists.rest(l), List([l[0], *acc])


println(rev(List([1, 2, 3])))


def pow(b, e):
    while e != 0:
        if remainder(e, 2) == 0:
            b, e = b * b, e / 2
            continue
        return b * pow(b, e - 1)
    return 1


print(pow(2, 10), pow(3, 5))


@tail_recursive
def ping(n):
    return "ping" if n == 0 else pong.tail(n - 1)


@tail_recursive
def pong(n):
    return "pong" if n == 0 else ping.tail(n - 1)


print(ping(10000), ping(10001))


def to_bin(n, s=""):
    while n != 0:
        n, s = int(n / 2), f"{n % 2}{s}"
    return "0" if s == "" else s


print(to_bin(10), to_bin(0), to_bin(255))


def interleave(a, b):
    if not a:
        return b
    if not b:
        return a
    return List([a[0], b[0], *interleave(lists.rest(a), lists.rest(b))])


println(interleave(List([1, 2, 3]), List([Symbol("a"), Symbol("b")])))


def combos(l, k):
    if k == 0:
        return List([List()])
    if not l:
        return List()
    return lists.concat(
        higher_order.map_typed(
            lambda c: List([lists.first(l), *c]), combos(lists.rest(l), k - 1), None
        ),
        combos(lists.rest(l), k),
    )


println(combos(List([Symbol("a"), Symbol("b"), Symbol("c"), Symbol("d")]), 2))


def partition(n, m):
    if n == 0:
        return 1
    if n < 0 or m == 0:
        return 0
    return partition(n - m, m) + partition(n, m - 1)


print(partition(10, 10))


def coins(amount, l):
    if amount == 0:
        return 1
    if amount < 0 or not l:
        return 0
    return coins(amount - l[0], l) + coins(amount, lists.rest(l))


print(coins(100, List([50, 25, 10, 5, 1])))


def lcs(a, b):
    if a == "" or b == "":
        return ""
    if lists.first(a) == lists.first(b):
        return add(lists.first(a), lcs(cdr2(a), cdr2(b)))
    return longest(lcs(cdr2(a), b), lcs(a, cdr2(b)))


def cdr2(s):
    return parts.extract(s, 1, len(s))


def longest(a, b):
    return a if len(a) > len(b) else b


print(lcs("AGCAT", "GAC"))


def josephus(n, k):
    return 0 if n == 1 else remainder(josephus(n - 1, k) + k, n)


print(1 + josephus(41, 3))
