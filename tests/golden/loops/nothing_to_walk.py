"""Compiled from nothing_to_walk.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    Integers,
    List,
    Symbol,
    dictionaries,
    higher_order,
    iterate,
    kinds,
    lists,
    parts,
    println,
)

# a loop over nil, or over what is no container, runs no round
friends = {"ann": List(["bob", "cid"])}
for name in ["ann", "bob"]:
    for friend in friends.get(name) or ():
        print(name, friend)


def around(x):
    return List([x - 1, x + 1]) if x > 0 else None


for n in around(5) or ():
    print(n)
last = None
for n in around(-1) or ():
    last = n
println(
    last,
    Integers([2 * item for item in around(-1) or ()]),
    List([n * n for n in around(1) or ()]),
)


def leaves(x):
    if kinds.is_list(x):
        for y in iterate(x):
            leaves(y)
    else:
        for y in iterate(x):
            println("never", y)
    return x


leaves_result = leaves(List([1, List([Symbol("a")])]))
for x in ():
    pass
last = None
println(leaves_result, last, higher_order.filter_list(kinds.is_zero, None))
println(
    lists.last(None),
    lists.reverse(None),
    parts.extract(None, 0, 2),
    dictionaries.keys(None),
)
