"""Compiled from lambda_calculus.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    Failure,
    LispError,
    List,
    Record,
    Symbol,
    add,
    kinds,
    less,
    lists,
    message,
    no_match,
    println,
    strings,
    tail_recursive,
    text,
    truth,
)


# A type checker and evaluator for a small lambda calculus
class Type(Record):
    pass


class TInt(Type):
    pass


class TBool(Type):
    pass


class TFun(Type):
    a: Type
    b: Type


class Expr(Record):
    pass


class Lit(Expr):
    n: int


class Flag(Expr):
    b: object


class Var(Expr):
    x: Symbol


class Lam(Expr):
    x: Symbol
    t: Type
    body: Expr


class App(Expr):
    f: Expr
    a: Expr


class Add(Expr):
    a: Expr
    b: Expr


class Less(Expr):
    a: Expr
    b: Expr


class Cond(Expr):
    c: Expr
    a: Expr
    b: Expr


def same(value, other):
    match value:
        case TInt():
            match other:
                case TInt():
                    return True
    match value:
        case TBool():
            match other:
                case TBool():
                    return True
    match value:
        case TFun(a, b):
            match other:
                case TFun(c, d):
                    return bool(same(a, c) and same(b, d))
    return None


def show(value):
    match value:
        case TInt():
            return "int"
        case TBool():
            return "bool"
        case TFun(TFun(a, b), c):
            return f"({show(TFun(a, b))}) -> {show(c)}"
        case TFun(a, b):
            return f"{show(a)} -> {show(b)}"
    raise no_match("show")


def lookup(x, env):
    for pair in env:
        if lists.first(pair) == x:
            return lists.second(pair)
    raise LispError(f"unbound variable {text(x)}")


def typeof(value, env):
    match value:
        case Lit(_):
            return TInt()
        case Flag(_):
            return TBool()
        case Var(x):
            return lookup(x, env)
        case Lam(x, t, body):
            return TFun(t, typeof(body, List([List([x, t]), *env])))
        case App(f, a):
            ft = typeof(f, env)
            arg = typeof(a, env)
            return apply_type(ft, arg)
        case Add(a, b):
            if same(typeof(a, env), TInt()) and same(typeof(b, env), TInt()):
                return TInt()
            raise LispError("add wants integers")
        case Less(a, b):
            if same(typeof(a, env), TInt()) and same(typeof(b, env), TInt()):
                return TBool()
            raise LispError("less wants integers")
        case Cond(c, a, b):
            if not same(typeof(c, env), TBool()):
                raise LispError("test must be bool")
            ta = typeof(a, env)
            if same(ta, typeof(b, env)):
                return ta
            raise LispError("branches differ")
    raise no_match("typeof")


def apply_type(t, a2):
    match t:
        case TFun(a, b):
            if same(a, a2):
                return b
            raise LispError(f"argument is {show(a2)}, expected {show(a)}")
    raise LispError(f"{show(t)} is not a function")


@tail_recursive
def run(value, env):
    while True:
        match value:
            case Lit(n):
                return n
            case Flag(b):
                return b
            case Var(x):
                return lookup(x, env)
            case Lam(x, _, body):
                return List([Symbol("closure"), x, body, env])
            case App(f, a):
                return call.tail(run(f, env), run(a, env))
            case Add(a, b):
                return add(run(a, env), run(b, env))
            case Less(a, b):
                return less(run(a, env), run(b, env))
            case Cond(c, a, b):
                if truth(run(c, env)):
                    value = a
                    continue
                value = b
            case _:
                raise no_match("run")


@tail_recursive
def call(items, v):
    match items:
        case [Symbol("closure"), x, body, env]:
            return run.tail(body, lists.cons(List([x, v]), env))
    raise no_match("call")


def report(label, e):
    try:
        t = typeof(e, List())
    except Failure as error:
        err = message(error)
        t = lists.first(strings.split(err, ", line:"))
    if kinds.type_of(t) == Symbol("data_"):
        println(label, ":", show(t), "=", run(e, List()))
    else:
        println(label, "error:", t)


report("literal", Lit(3))
report("sum", Add(Lit(3), Lit(4)))
report("apply", App(Lam(Symbol("x"), TInt(), Add(Var(Symbol("x")), Lit(1))), Lit(41)))
report("cond", Cond(Less(Lit(1), Lit(2)), Lit(10), Lit(20)))
report("bad", Add(Lit(3), Flag(True)))
report("bad apply", App(Lit(1), Lit(2)))
report("bad argument", App(Lam(Symbol("x"), TBool(), Var(Symbol("x"))), Lit(2)))
report("free", Var(Symbol("y")))
print(
    show(
        typeof(
            Lam(Symbol("f"), TFun(TInt(), TBool()), App(Var(Symbol("f")), Lit(1))),
            List(),
        )
    )
)
println(Lam(Symbol("x"), TInt(), Var(Symbol("x"))))
try:
    result = Lit("a")
except Failure as error:
    e = message(error)
    result = "Mismatch on argument: 1 (integer_ required)" in e
println(result)
