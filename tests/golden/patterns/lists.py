"""Compiled from lists.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    Integers,
    LinkedList,
    List,
    Symbol,
    kinds,
    lists,
    no_match,
    patterns,
    println,
)


# The length of a list.
def length_of(items):
    match items:
        case []:
            return 0
        case [_, *b]:
            return 1 + length_of(b)
    raise no_match("length_of")


print(length_of(List([1, 2, 3])), length_of(List()))


# Rules may leave something to be said by their order.
def show(items):
    match items:
        case [x, y, *z]:
            println(x, y, z)
        case [x]:
            println(Symbol("unique"), x)
        case []:
            println(Symbol("empty"))
        case _:
            raise no_match("show")


show(List())
show(List([1, 2, 3, 4, 5]))
show(List([1, 2]))
show(List([1]))


# Two lists at once.
def merged(a, b):
    if not a:
        return b
    if not b:
        return a
    x, *xs = a
    y, *ys = b
    xs = List(xs)
    ys = List(ys)
    if x < y:
        return List([x, *merged(xs, List([y, *ys]))])
    return List([y, *merged(List([x, *xs]), ys)])


println(merged(List([1, 4, 6]), List([2, 3, 9])))


# A list within a list, constants in it, and a variable twice.
def command(items):
    match items:
        case ["move", [x, y], *_]:
            return List([Symbol("to"), x, y])
        case [x, x_2] if x == x_2:
            return List([Symbol("twice"), x])
        case [3.5, Symbol("here"), *rest]:
            return List(rest)
    raise no_match("command")


println(command(List(["move", List([1, 2]), 3])))
println(command(List([7, 7])), command(List([3.5, Symbol("here"), 1, 2])))


# The rest of a list is a list of the same kind.
def tail(items):
    match items:
        case [_, *_]:
            return patterns.rest(items, 1)
    raise no_match("tail")


println(
    kinds.type_of(tail(Integers([1, 2, 3]))),
    tail(LinkedList([1, 2, 3])),
    tail(List([1])),
)


def quicksort(items):
    match items:
        case []:
            return List()
        case [pivot, *rest]:
            return lists.concat(
                quicksort(List([item for item in rest if pivot < item])),
                List([pivot]),
                quicksort(List([item for item in rest if pivot >= item])),
            )
    raise no_match("quicksort")


println(quicksort(List([3, 1, 4, 1, 5, 9, 2, 6])))
