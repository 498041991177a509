"""Compiled from card_hands.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    List,
    at,
    dictionaries,
    equal,
    greater,
    higher_order,
    iterate,
    less,
    lists,
    ordering,
    println,
    searching,
    sequences,
    strings,
    text,
    to_integer,
)

# camel cards with counts and sort by lambda
mains = higher_order.map_typed(
    lambda item: strings.split(item, " "),
    strings.split("32T3K 765\nT55J5 684\nKK677 28\nKTJJT 220\nQQQJA 483", "\n"),
)
order = "23456789TJQKA"


def signature(hand):
    cnt = {}
    for c in iterate(hand):
        key = text(c)
        cnt[key] = cnt.get(key, 0) + 1
    return ordering.sort(greater, dictionaries.values(cnt))


def value(hand, ord):
    return higher_order.map_typed(
        lambda c: searching.find(ord, c), strings.split(hand, "")
    )


def joker(hand):
    best = List()
    for c in "23456789TQKA":
        s = signature(strings.replace(hand, "J", c))
        if not best or precede(best, s):
            best = s
    return best


def precede(a, b):
    for x, y in zip(iterate(a), iterate(b)):
        if less(x, y):
            return True
        if greater(x, y):
            return None
    return None


def solve_(sigf, ord):
    ranked = higher_order.map_typed(
        lambda m: List(
            [
                sigf(lists.first(m)),
                value(lists.first(m), ord),
                to_integer(lists.second(m)),
                lists.first(m),
            ]
        ),
        mains,
    )
    ordering.sort(
        lambda a, b: (
            precede(a[0], b[0]) if not equal(a[0], b[0]) else precede(a[1], b[1])
        ),
        ranked,
    )
    println(higher_order.map_typed(lambda r: r[-1], ranked))
    tot = 0
    for e in sequences.enum(ranked, 1):
        tot = tot + lists.first(e) * at(lists.second(e), 2)
    return tot


println(solve_(signature, order))
println(solve_(joker, "J23456789TQKA"))
