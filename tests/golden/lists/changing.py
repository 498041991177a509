"""Compiled from changing.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    LinkedList,
    List,
    Symbol,
    less,
    lists,
    ordering,
    parts,
    println,
    searching,
    sequences,
    set_at,
    to_list,
)

# Functions that change their list, and those that make a new one.
l = List([3, 1, 2])
l.append(4)
lists.push(l, 5, 6)
l.insert(0, 0)
println(l)
del l[-1:]
lists.pop(l, 0)
println(l, lists.pop_first(lists.clone(l)), l)
ordering.sort(less, l)
println(l, lists.reverse(lists.clone(l)))
lists.insert(l, 99, 1)
set_at(l, 0, -1)
l.extend([7, 8])
println(l)
lists.swap(l, 0, 1)
println(l, lists.concat(l, List([9])), len(l))
println(List([0, *l]), List([*l, 0]), lists.rest(l), parts.extract(l, 1, -1), l[-1])
println(
    searching.unique([1, 2, 2]),
    lists.flatten(List([List([1, List([2])]), 3])),
    lists.rotate(List([1, 2, 3])),
    parts.slices([1, 2, 3], 2),
)
println(
    searching.find([Symbol("a"), Symbol("b"), Symbol("c")], Symbol("b")),
    searching.contains([Symbol("a"), Symbol("b"), Symbol("c")], Symbol("z")),
    searching.count([1, 2, 1], 1),
    sequences.enum([Symbol("a"), Symbol("b")]),
)
println(
    LinkedList([1, 2]), lists.push(LinkedList([1, 2]), 0), to_list(LinkedList([1, 2]))
)


def append_all(target, items):
    for x in items:
        target.append(x)
    return target


println(append_all(List([1]), List([2, 3])))


# A literal is made anew at each call
def fresh():
    x = List()
    x.append(1)
    return x


fresh()
println(fresh())
