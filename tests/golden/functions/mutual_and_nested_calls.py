"""Compiled from mutual_and_nested_calls.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    Integers,
    List,
    Symbol,
    higher_order,
    lists,
    println,
    tail_recursive,
)


# Tail calls: to itself, to one another, under every form that passes the tail on.
def count_down(n):
    while n != 0:
        if n % 2 == 0:
            n = n - 1
            continue
        m = n - 1
        n = m
    return Symbol("done")


println(count_down(5000))


def gcd_of(a, b):
    while b != 0:
        a, b = b, a % b
    return a


print(gcd_of(1071, 462))


@tail_recursive
def state_a(l):
    return state_b.tail(lists.rest(l)) if l else Symbol("end-a")


@tail_recursive
def state_b(l):
    return state_a.tail(lists.rest(l)) if l else Symbol("end-b")


println(state_a(Integers(range(1, 3002))), state_a(Integers(range(1, 3001))))


def collatz(n, steps=0):
    while n != 1:
        if n % 2 == 0:
            n, steps = int(n / 2), steps + 1
            continue
        n, steps = 1 + 3 * n, steps + 1
    return steps


print(collatz(27))


# A lambda in the body keeps its own round
def keepers(n, kept):
    if n == 0:
        return higher_order.map_typed(lambda f: f(), kept)
    return keepers(n - 1, List([lambda: n, *kept]))


println(keepers(3, List()))
