"""Compiled from interpreter.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    Failure,
    LispError,
    List,
    Symbol,
    add,
    is_null,
    kinds,
    lists,
    message,
    println,
    same,
    strings,
    tail_recursive,
    text,
    truth,
)


# a mini lisp interpreter in LispE (meta-circular), old fashioned
def lookup(v, env):
    while True:
        if not env:
            raise LispError(f"unbound: {text(v)}")
        if same(lists.follow(env, "aa"), v):
            return lists.follow(env, "ada")
        env = lists.rest(env)


def evlis(l, env):
    if is_null(l):
        return List()
    return List([my_eval(lists.first(l), env), *evlis(lists.rest(l), env)])


def pairs(a, b):
    if is_null(a):
        return List()
    return List(
        [List([lists.first(a), lists.first(b)]), *pairs(lists.rest(a), lists.rest(b))]
    )


@tail_recursive
def evcond(c, env):
    while True:
        if is_null(c):
            return None
        if truth(my_eval(lists.follow(c, "aa"), env)):
            return my_eval.tail(lists.follow(c, "ada"), env)
        c = lists.rest(c)


@tail_recursive
def my_apply(f, args, env):
    while True:
        if kinds.is_atom(f):
            if f == Symbol("first"):
                return lists.follow(args, "aa")
            if f == Symbol("rest"):
                return lists.follow(args, "da")
            if f == Symbol("kons"):
                return lists.cons(lists.first(args), lists.second(args))
            if f == Symbol("same"):
                return same(lists.first(args), lists.second(args))
            if f == Symbol("nil?"):
                return is_null(lists.first(args))
            if f == Symbol("plus"):
                return add(lists.first(args), lists.second(args))
            if f == Symbol("times"):
                return lists.first(args) * lists.second(args)
            if f == Symbol("minus"):
                return lists.first(args) - lists.second(args)
            f = my_eval(f, env)
            continue
        if lists.first(f) == Symbol("fn"):
            return my_eval.tail(
                lists.third(f), lists.concat(pairs(lists.second(f), args), env)
            )
        if lists.first(f) == Symbol("rec"):
            f, env = lists.third(f), List(
                [List([lists.second(f), lists.third(f)]), *env]
            )
            continue
        return None


@tail_recursive
def my_eval(e, env):
    if kinds.is_number(e):
        return e
    if kinds.is_text(e):
        return e
    if e == Symbol("tt"):
        return True
    if kinds.is_atom(e):
        return lookup(e, env)
    if lists.first(e) == Symbol("quot"):
        return lists.second(e)
    if lists.first(e) == Symbol("choose"):
        return evcond.tail(lists.rest(e), env)
    if lists.first(e) == Symbol("fn"):
        return e
    if lists.first(e) == Symbol("rec"):
        return e
    return my_apply.tail(lists.first(e), evlis(lists.rest(e), env), env)


fact = List(
    [
        Symbol("rec"),
        Symbol("fac"),
        List(
            [
                Symbol("fn"),
                List([Symbol("n")]),
                List(
                    [
                        Symbol("choose"),
                        List([List([Symbol("same"), Symbol("n"), 0]), 1]),
                        List(
                            [
                                Symbol("tt"),
                                List(
                                    [
                                        Symbol("times"),
                                        Symbol("n"),
                                        List(
                                            [
                                                Symbol("fac"),
                                                List([Symbol("minus"), Symbol("n"), 1]),
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
println(my_eval(List([fact, 10]), List()))
println(
    my_eval(
        List(
            [
                List(
                    [
                        Symbol("fn"),
                        List([Symbol("x"), Symbol("y")]),
                        List(
                            [
                                Symbol("kons"),
                                Symbol("x"),
                                List(
                                    [
                                        Symbol("kons"),
                                        Symbol("y"),
                                        List([Symbol("quot"), List()]),
                                    ]
                                ),
                            ]
                        ),
                    ]
                ),
                1,
                List([Symbol("plus"), 2, 3]),
            ]
        ),
        List(),
    )
)
println(
    my_eval(
        List(
            [
                List(
                    [
                        Symbol("rec"),
                        Symbol("app"),
                        List(
                            [
                                Symbol("fn"),
                                List([Symbol("a"), Symbol("b")]),
                                List(
                                    [
                                        Symbol("choose"),
                                        List(
                                            [
                                                List([Symbol("nil?"), Symbol("a")]),
                                                Symbol("b"),
                                            ]
                                        ),
                                        List(
                                            [
                                                Symbol("tt"),
                                                List(
                                                    [
                                                        Symbol("kons"),
                                                        List(
                                                            [
                                                                Symbol("first"),
                                                                Symbol("a"),
                                                            ]
                                                        ),
                                                        List(
                                                            [
                                                                Symbol("app"),
                                                                List(
                                                                    [
                                                                        Symbol("rest"),
                                                                        Symbol("a"),
                                                                    ]
                                                                ),
                                                                Symbol("b"),
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
                ),
                List([Symbol("quot"), List([1, 2])]),
                List([Symbol("quot"), List([3, 4])]),
            ]
        ),
        List(),
    )
)
try:
    result = my_eval(List([Symbol("plus"), Symbol("x"), 1]), List())
except Failure as error:
    e = message(error)
    result = lists.first(strings.split(e, ","))
println(result)
