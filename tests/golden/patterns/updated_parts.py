"""Compiled from updated_parts.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import List, Record, Symbol, no_match, println


# What a pattern binds may only be changed by its rule
class Pair(Record):
    r: object
    s: object


def of_pair(pair):
    match pair:
        case Pair(r, s) if r > 2:
            s += r
            return Symbol("added")
        case Pair(_, s):
            s += 1
            return s
    raise no_match("of-pair")


println(of_pair(Pair(3, 4)), of_pair(Pair(1, 4)))


def of_list(items):
    match items:
        case [_, *rest]:
            rest = List(rest)
            rest = rest + List([1])
            return rest
    raise no_match("of-list")


println(of_list(List([1, 2, 3])))


def count_up(items):
    match items:
        case [_, *rest]:
            rest = List(rest)
            rest = rest + 1
            return rest
    raise no_match("count-up")


println(count_up(List([5, 6, 7])))
