"""Compiled from rewriting.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    UNSET,
    Failure,
    List,
    Record,
    Strings,
    Symbol,
    characters,
    greater_equal,
    higher_order,
    less_equal,
    no_match,
    patterns,
    println,
    remainder,
    text,
    to_integer,
)


# Terms that are simplified and derived; lists, commands and records taken apart
class Expr(Record):
    pass


class Num(Expr):
    n: float


class Var(Expr):
    v: Symbol


class Add(Expr):
    a: Expr
    e: Expr


class Mul(Expr):
    a: Expr
    e: Expr


class Neg(Expr):
    e: Expr


try:
    result = Add(1, 2)
except Failure:
    result = Symbol("bad")
println(result)


def simp(value):
    while True:
        match value:
            case Add(Num(0), e):
                value = e
            case Add(e, Num(0)):
                value = e
            case Mul(Num(0), _):
                return Num(0.0)
            case Mul(Num(1), e):
                value = e
            case Mul(e, Num(1)):
                value = e
            case Add(e, e_2) if e == e_2:
                return Mul(Num(2.0), simp(e))
            case Add(a, b):
                return Add(simp(a), simp(b))
            case Mul(a, b):
                return Mul(simp(a), simp(b))
            case Neg(Neg(e)):
                value = e
            case _:
                return value


println(simp(Add(Mul(Num(1.0), Var(Symbol("x"))), Num(0.0))))
println(simp(Add(Var(Symbol("y")), Var(Symbol("y")))))
println(simp(Neg(Neg(Num(4.5)))))


def deriv(value, other):
    match value:
        case Num(_):
            return Num(0.0)
        case Var(v) if v == other:
            return Num(1.0)
        case Var(_):
            return Num(0.0)
        case Add(a, b):
            return Add(deriv(a, other), deriv(b, other))
        case Mul(a, b):
            return Add(Mul(deriv(a, other), b), Mul(a, deriv(b, other)))
    raise no_match("deriv")


def show(value):
    match value:
        case Num(n):
            return text(n)
        case Var(v):
            return text(v)
        case Add(a, b):
            return f"({show(a)}+{show(b)})"
        case Mul(a, b):
            return f"{show(a)}*{show(b)}"
        case Expr(_):
            return "?"
    raise no_match("show")


print(show(Add(Mul(Num(2.0), Var(Symbol("x"))), Num(1.0))), show(Neg(Num(1.0))))


def nest(items):
    match items:
        case [[x, y], x_2, *r] if x == x_2:
            return List([Symbol("same"), x, y, List(r)])
        case [[x, y], *r]:
            return List([Symbol("diff"), x, y, List(r)])
        case [x]:
            return List([Symbol("one"), x])
    raise no_match("nest")


println(
    nest(List([List([1, 2]), 1, 3])), nest(List([List([1, 2]), 5])), nest(List([9]))
)


def num(x):
    if x > 10:
        return Symbol("big")
    if not remainder(x, 2):
        return Symbol("even")
    return Symbol("odd")


println(higher_order.map_typed(num, [12, 4, 3], None))


def sumints(items):
    while True:
        match items:
            case []:
                return 0
            case [int() as x, *r]:
                return x + sumints(r)
            case [_, *r]:
                items = r
            case _:
                raise no_match("sumints")


print(sumints(List([1, Symbol("a"), "b", 2, List([3]), 4.5, 7])))


def cmd(x, d=UNSET, n=UNSET):
    if d is UNSET:
        match x:
            case "stop":
                return Symbol("stopped")
            case Symbol("quit"):
                return Symbol("bye")
            case 10:
                return Symbol("ten")
        return List([Symbol("what"), x])
    if n is UNSET:
        if x == "go":
            return List([d, 1])
        raise no_match("cmd")
    if x == "go" and isinstance(d, str):
        return List([d, n])
    raise no_match("cmd")


println(
    cmd("go", "north", 3),
    cmd("go", Symbol("up")),
    cmd("stop"),
    cmd(Symbol("quit")),
    cmd(10),
    cmd(11),
)


def tk(items):
    while True:
        match items:
            case [first, *_] if characters.is_alpha(first):
                w, r = patterns.span(characters.is_alpha, items)
                return List(["".join(w), *tk(r)])
            case [first, *_] if characters.is_digit(first):
                n, r = patterns.span(characters.is_digit, items)
                return List([to_integer("".join(n)), *tk(r)])
            case [" ", *r]:
                items = r
            case [x, *r]:
                return List([x, *tk(r)])
            case []:
                return List()
            case _:
                raise no_match("tk")


println(tk(Strings("let x1 = 42;")))


def between(items):
    match patterns.take(
        items, patterns.Several("*"), Symbol("x"), patterns.Several("*"), Symbol("y")
    ):
        case [a, _, b, _, c]:
            return List([a, b, c])
    return Symbol("nomatch")


println(
    between(List([1, 2, Symbol("x"), 3, Symbol("y"), 4])),
    between(List([Symbol("x"), Symbol("y")])),
    between(List([1, 2])),
)


def plus(l):
    match patterns.take(l, patterns.Several("+"), Symbol("end")):
        case [a, _, []]:
            return a
    return List([Symbol("no"), l])


println(plus(List([1, 2, Symbol("end")])), plus(List([Symbol("end")])))


def conf(entries):
    match entries:
        case {"host": h, "port": int() as p, **rest} if p > 1000:
            return List([h, p, rest])
        case {"host": h}:
            return List([h, Symbol("default")])
        case _ if not entries:
            return Symbol("empty")
    raise no_match("conf")


println(
    conf({"host": "a", "port": 8080, "x": 1}), conf({"host": "b", "port": 80}), conf({})
)


def findk(entries):
    match patterns.entries(entries, [(patterns.Name("k"), "target")]):
        case [{"k": k}, _]:
            return k
    return None


println(findk({"a": 1, "b": "target"}), findk({"a": 1}))


def hasone(elements):
    match patterns.take_elements(elements, ["one"], 0):
        case [r]:
            return r
    return Symbol("none")


println(hasone({"one", "two"}), hasone({"x"}))


def m(x):
    if x > 0:
        return List([Symbol("pos"), x])
    return List([Symbol("neg"), x])


println(m(3), m(-3))


def inrange(lo, hi, v):
    return bool(greater_equal(v, lo) and less_equal(v, hi))


def grade(v):
    if inrange(90, 100, v):
        return Symbol("A")
    if inrange(50, 89, v):
        return Symbol("B")
    return Symbol("F")


println(grade(95), grade(60), grade(10), grade("x"))


def both(x, y):
    if isinstance(x, int) and isinstance(y, str):
        return Symbol("is")
    if isinstance(x, str) and isinstance(y, int):
        return Symbol("si")
    return Symbol("other")


println(both(1, "a"), both("a", 1), both(1, 1))
print(
    len(
        [
            List(
                [
                    Symbol("defpat"),
                    Symbol("num"),
                    List(
                        [
                            List(
                                [
                                    Symbol("integer_"),
                                    List([Symbol(">"), Symbol("x"), 10]),
                                ]
                            )
                        ]
                    ),
                    List([Symbol("quote"), Symbol("big")]),
                ]
            ),
            List(
                [
                    Symbol("defpat"),
                    Symbol("num"),
                    List(
                        [
                            List(
                                [
                                    Symbol("integer_"),
                                    List(
                                        [
                                            Symbol("not"),
                                            List([Symbol("%"), Symbol("x"), 2]),
                                        ]
                                    ),
                                ]
                            )
                        ]
                    ),
                    List([Symbol("quote"), Symbol("even")]),
                ]
            ),
            List(
                [
                    Symbol("defpat"),
                    Symbol("num"),
                    List([List([Symbol("integer_"), Symbol("x")])]),
                    List([Symbol("quote"), Symbol("odd")]),
                ]
            ),
        ]
    )
)
