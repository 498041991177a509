"""Compiled from mini_prolog.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    List,
    Symbol,
    equal,
    higher_order,
    is_null,
    iterate,
    kinds,
    lists,
    println,
    same,
    text,
    truth,
)


# unification and a mini prolog
def varp(x):
    return bool(kinds.is_atom(x) and "?" == text(x)[0])


def walk(x, s):
    for b in iterate(s):
        if same(lists.first(b), x):
            return walk(lists.second(b), s)
    return x


def unify(a, b, s):
    while True:
        a = walk(a, s)
        b = walk(b, s)
        if s == Symbol("fail"):
            return Symbol("fail")
        if equal(a, b):
            return s
        if varp(a):
            return lists.cons(List([a, b]), s)
        if varp(b):
            return lists.cons(List([b, a]), s)
        if (
            kinds.is_list(a)
            and kinds.is_list(b)
            and truth(a)
            and truth(b)
            and lists.size(a) == lists.size(b)
        ):
            a, b, s = (
                lists.rest(a),
                lists.rest(b),
                unify(lists.first(a), lists.first(b), s),
            )
            continue
        return Symbol("fail")


def subst(x, s):
    x = walk(x, s)
    if kinds.is_list(x) and truth(x):
        return lists.cons(subst(lists.first(x), s), subst(lists.rest(x), s))
    return x


counter = 0


def rename(x, n):
    if varp(x):
        return Symbol(f"{text(x)}_{n}")
    if kinds.is_list(x) and truth(x):
        return higher_order.map_typed(lambda y: rename(y, n), x, None)
    return x


rules = List(
    [
        List([List([Symbol("parent"), Symbol("tom"), Symbol("bob")])]),
        List([List([Symbol("parent"), Symbol("bob"), Symbol("ann")])]),
        List([List([Symbol("parent"), Symbol("bob"), Symbol("pat")])]),
        List(
            [
                List([Symbol("grand"), Symbol("?x"), Symbol("?z")]),
                List([Symbol("parent"), Symbol("?x"), Symbol("?y")]),
                List([Symbol("parent"), Symbol("?y"), Symbol("?z")]),
            ]
        ),
        List([List([Symbol("append"), List(), Symbol("?l"), Symbol("?l")])]),
        List(
            [
                List(
                    [
                        Symbol("append"),
                        List([Symbol("?h"), Symbol("?t")]),
                        Symbol("?l"),
                        List([Symbol("?h"), Symbol("?r")]),
                    ]
                ),
                List([Symbol("append"), Symbol("?t"), Symbol("?l"), Symbol("?r")]),
            ]
        ),
    ]
)


def search(goals, s, depth):
    global counter
    if is_null(goals):
        return List([s])
    res = List()
    for r in rules:
        counter += 1
        r2 = rename(r, counter)
        s2 = unify(lists.first(goals), lists.first(r2), s)
        if s2 != Symbol("fail"):
            res.extend(
                search(lists.concat(lists.rest(r2), lists.rest(goals)), s2, depth + 1)
            )
    return res


def query(g):
    sols = search(List([g]), List(), 0)
    println(g, ":", len(sols))
    for s in sols:
        println("  ", subst(g, s))


query(List([Symbol("parent"), Symbol("bob"), Symbol("?who")]))
query(List([Symbol("grand"), Symbol("tom"), Symbol("?g")]))
query(
    List(
        [
            Symbol("append"),
            List([Symbol("a"), List([Symbol("b"), List()])]),
            List([Symbol("c"), List()]),
            Symbol("?r"),
        ]
    )
)
query(
    List(
        [
            Symbol("append"),
            Symbol("?x"),
            Symbol("?y"),
            List([Symbol("a"), List([Symbol("b"), List()])]),
        ]
    )
)
