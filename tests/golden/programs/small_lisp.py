"""Compiled from small_lisp.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    Failure,
    List,
    Symbol,
    add,
    as_error,
    higher_order,
    kinds,
    lists,
    message,
    parts,
    println,
    same,
    tail_recursive,
    truth,
)


# lisp in lisp
def assoc_(k, env):
    for e in env:
        if same(k, lists.first(e)):
            return e
    return None


@tail_recursive
def ev(e, env):
    if kinds.is_number(e):
        return e
    if kinds.is_text(e):
        return e
    if kinds.is_atom(e):
        b = assoc_(e, env)
        if truth(b):
            return lists.second(b)
        raise as_error(add("unbound ", e))
    if lists.first(e) == Symbol("si"):
        if truth(ev(lists.second(e), env)):
            return ev.tail(lists.third(e), env)
        return ev.tail(lists.follow(e, "addd"), env)
    if lists.first(e) == Symbol("fn"):
        return List([Symbol("closure"), lists.second(e), lists.third(e), env])
    if lists.first(e) == Symbol("soit"):
        return ev.tail(
            lists.third(lists.rest(e)),
            lists.cons(List([lists.second(e), ev(lists.third(e), env)]), env),
        )
    return app.tail(
        ev(lists.first(e), env),
        higher_order.map_typed(lambda x: ev(x, env), lists.rest(e)),
    )


@tail_recursive
def app(f, args):
    if kinds.is_list(f) and lists.first(f) == Symbol("closure"):
        return ev.tail(
            lists.third(f),
            lists.concat(
                higher_order.zip_with(
                    lambda *items: List([*items]), lists.second(f), args
                ),
                lists.follow(f, "addd"),
            ),
        )
    return higher_order.apply(f, args)


base = List(
    [
        List([Symbol("plus"), Symbol("+")]),
        List([Symbol("fois"), Symbol("*")]),
        List([Symbol("moins"), Symbol("-")]),
        List([Symbol("egal"), Symbol("=")]),
    ]
)
println(ev(List([Symbol("plus"), 1, List([Symbol("fois"), 2, 3])]), base))
println(
    ev(
        List(
            [
                List(
                    [
                        Symbol("fn"),
                        List([Symbol("x")]),
                        List([Symbol("fois"), Symbol("x"), Symbol("x")]),
                    ]
                ),
                7,
            ]
        ),
        base,
    )
)
println(
    ev(
        List(
            [
                Symbol("soit"),
                Symbol("a"),
                5,
                List(
                    [
                        Symbol("si"),
                        List([Symbol("egal"), Symbol("a"), 5]),
                        "cinq",
                        "autre",
                    ]
                ),
            ]
        ),
        base,
    )
)
println(
    ev(
        List(
            [
                List(
                    [
                        List(
                            [
                                Symbol("fn"),
                                List([Symbol("f")]),
                                List(
                                    [
                                        Symbol("fn"),
                                        List([Symbol("n")]),
                                        List(
                                            [
                                                Symbol("f"),
                                                List([Symbol("f"), Symbol("n")]),
                                            ]
                                        ),
                                    ]
                                ),
                            ]
                        ),
                        List(
                            [
                                Symbol("fn"),
                                List([Symbol("z")]),
                                List([Symbol("plus"), Symbol("z"), 10]),
                            ]
                        ),
                    ]
                ),
                1,
            ]
        ),
        base,
    )
)
try:
    result = ev(List([Symbol("plus"), 1, Symbol("zz")]), base)
except Failure as error:
    e = message(error)
    result = parts.extract(e, 0, 10)
println(result)
Y = List(
    [
        Symbol("fn"),
        List([Symbol("f")]),
        List(
            [
                List(
                    [
                        Symbol("fn"),
                        List([Symbol("x")]),
                        List(
                            [
                                Symbol("f"),
                                List(
                                    [
                                        Symbol("fn"),
                                        List([Symbol("v")]),
                                        List(
                                            [
                                                List([Symbol("x"), Symbol("x")]),
                                                Symbol("v"),
                                            ]
                                        ),
                                    ]
                                ),
                            ]
                        ),
                    ]
                ),
                List(
                    [
                        Symbol("fn"),
                        List([Symbol("x")]),
                        List(
                            [
                                Symbol("f"),
                                List(
                                    [
                                        Symbol("fn"),
                                        List([Symbol("v")]),
                                        List(
                                            [
                                                List([Symbol("x"), Symbol("x")]),
                                                Symbol("v"),
                                            ]
                                        ),
                                    ]
                                ),
                            ]
                        ),
                    ]
                ),
            ]
        ),
    ]
)
fact = List(
    [
        Y,
        List(
            [
                Symbol("fn"),
                List([Symbol("self_")]),
                List(
                    [
                        Symbol("fn"),
                        List([Symbol("n")]),
                        List(
                            [
                                Symbol("si"),
                                List([Symbol("egal"), Symbol("n"), 0]),
                                1,
                                List(
                                    [
                                        Symbol("fois"),
                                        Symbol("n"),
                                        List(
                                            [
                                                Symbol("self_"),
                                                List([Symbol("moins"), Symbol("n"), 1]),
                                            ]
                                        ),
                                    ]
                                ),
                            ]
                        ),
                    ]
                ),
            ]
        ),
    ]
)
println(ev(List([fact, 10]), base))
