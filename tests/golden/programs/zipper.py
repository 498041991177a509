"""Compiled from zipper.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import List, Symbol, lists, no_match, println


# zipper on lists
def zipper(l):
    return List([List(), l])


def right_(z):
    match z:
        case [l, [x, *r]]:
            return List([List([x, *l]), List(r)])
    return z


def left_(z):
    match z:
        case [[x, *l], r]:
            return List([List(l), List([x, *r])])
    return z


def focus(items):
    match items:
        case [_, [x, *_]]:
            return x
    return None


def edit(items, v):
    match items:
        case [l, [_, *r]]:
            return List([l, List([v, *r])])
    raise no_match("edit")


def insert_(items, v):
    match items:
        case [l, r]:
            return List([l, List([v, *r])])
    raise no_match("insert_")


def remove_(items):
    match items:
        case [l, [_, *r]]:
            return List([l, List(r)])
    raise no_match("remove_")


def whole(items):
    match items:
        case [l, r]:
            return lists.concat(lists.reverse(l, True), r)
    raise no_match("whole")


z = zipper(List([Symbol("a"), Symbol("b"), Symbol("c"), Symbol("d")]))
println(z, focus(z))
z = right_(right_(z))
println(z, focus(z))
println(whole(edit(z, Symbol("X"))))
println(whole(insert_(z, List([Symbol("new"), Symbol("one")]))))
println(whole(remove_(left_(z))))
println(focus(right_(right_(right_(z)))))
