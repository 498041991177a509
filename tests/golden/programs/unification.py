"""Compiled from unification.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    List,
    Symbol,
    dictionaries,
    equal,
    is_null,
    kinds,
    lists,
    println,
    text,
    truth,
)


# unification
def varp(x):
    return bool(kinds.is_atom(x) and not kinds.is_list(x) and text(x).startswith("?"))


def walk(x, s):
    while varp(x) and truth(dictionaries.key(s, text(x))):
        x = dictionaries.key(s, text(x))
    return x


def unify(a, b, s):
    while True:
        if s:
            a = walk(a, s)
            b = walk(b, s)
            if equal(a, b):
                return s
            if varp(a):
                return bind(a, b, s)
            if varp(b):
                return bind(b, a, s)
            if (
                kinds.is_list(a)
                and kinds.is_list(b)
                and lists.size(a)
                and lists.size(b)
            ):
                a, b, s = (
                    lists.rest(a),
                    lists.rest(b),
                    unify(lists.first(a), lists.first(b), s),
                )
                continue
            return None
        return None


def bind(v, x, s):
    s2 = lists.clone(s)
    s2[text(v)] = x
    return s2


def subst(x, s):
    x = walk(x, s)
    if kinds.is_list(x) and not is_null(x):
        return lists.cons(subst(lists.first(x), s), subst(lists.rest(x), s))
    return x


empty = {"_": True}
for p in [
    List(
        [
            List([Symbol("f"), Symbol("?x"), Symbol("b")]),
            List([Symbol("f"), Symbol("a"), Symbol("?y")]),
        ]
    ),
    List(
        [
            List([Symbol("f"), Symbol("?x"), Symbol("?x")]),
            List([Symbol("f"), Symbol("a"), Symbol("b")]),
        ]
    ),
    List(
        [
            List([Symbol("g"), List([Symbol("h"), Symbol("?x")]), Symbol("?z")]),
            List([Symbol("g"), Symbol("?y"), List([Symbol("k"), Symbol("?y")])]),
        ]
    ),
    List(
        [
            List(
                [
                    Symbol("p"),
                    Symbol("?a"),
                    List([Symbol("q"), Symbol("?b"), Symbol("c")]),
                ]
            ),
            List(
                [
                    Symbol("p"),
                    List([Symbol("r"), Symbol("?b")]),
                    List([Symbol("q"), Symbol("d"), Symbol("?e")]),
                ]
            ),
        ]
    ),
]:
    s = unify(p[0], p[1], empty)
    if s:
        println(p[0], "~", p[1], "=>", subst(p[0], s))
    else:
        println(p[0], "~", p[1], "fails")
