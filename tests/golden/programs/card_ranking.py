"""Compiled from card_ranking.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    List,
    dictionaries,
    greater,
    higher_order,
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

# camel cards: ranking hands with a lambda
input_ = """32T3K 765
T55J5 684
KK677 28
KTJJT 220
QQQJA 483"""
order = "23456789TJQKA"


def counts(hand):
    d = {}
    for c in hand or ():
        key = text(c)
        d[key] = d.get(key, 0) + 1
    return ordering.sort(greater, dictionaries.values(d))


def kind(hand):
    c = counts(hand)
    if c == List([5]):
        return 6
    if c == List([4, 1]):
        return 5
    if c == List([3, 2]):
        return 4
    if c == List([3, 1, 1]):
        return 3
    if c == List([2, 2, 1]):
        return 2
    return 1 if lists.first(c) == 2 else 0


def ranks(hand):
    return higher_order.map_typed(lambda c: searching.find(order, c), hand)


def lower_(a, b):
    ka = kind(a)
    kb = kind(b)
    if ka != kb:
        return ka < kb
    for x, y in zip(ranks(a), ranks(b)):
        if x != y:
            return less(x, y)
    return None


hands = higher_order.map_typed(
    lambda item: strings.split(item, " "), strings.split(input_, "\n")
)
ordering.sort(lambda a, b: lower_(lists.first(a), lists.first(b)), hands)
total = 0
for e in sequences.enum(hands, 1):
    println(lists.first(e), lists.second(e), kind(lists.follow(e, "aad")))
    total = total + lists.first(e) * to_integer(lists.follow(e, "adad"))
println(total)
