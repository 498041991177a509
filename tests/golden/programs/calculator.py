"""Compiled from calculator.lsp by lisptorch-compile."""

from lisptorch_compile import evaluate
from lisptorch_compile.runtime import (
    Failure,
    LispError,
    List,
    Record,
    Symbol,
    add,
    as_error,
    holds,
    lists,
    message,
    no_match,
    patterns,
    println,
    regex,
    searching,
    strings,
    to_float,
    truth,
)

PUSH = Symbol("push")
NEG = Symbol("neg")


# a compiler from infix arithmetic to stack code, and its machine (patterns, data)
class Ast(Record):
    pass


class Num(Ast):
    n: float


class Bin(Ast):
    op: Symbol
    a: Ast
    b: Ast


class Neg(Ast):
    e: Ast


def tokens(s):
    return regex.find_all(regex.prgx("\\d+(\\.\\d+)?|[-+*/()]"), s)


def parse(s):
    e, r = expr(tokens(s))
    if truth(r):
        raise as_error(add("unexpected ", lists.first(r)))
    return e


def expr(ts):
    return more_terms(term(ts))


def term(ts):
    return more_factors(factor(ts))


def more_terms(x):
    while True:
        match x:
            case [l, [op, *rest]] if holds(lambda: searching.contains(["+", "-"], op)):
                rest = List(rest)
                r, rest2 = term(rest)
                x = List([Bin(strings.atom(op), l, r), rest2])
            case _:
                return x


def more_factors(x):
    while True:
        match x:
            case [l, [op, *rest]] if holds(lambda: searching.contains(["*", "/"], op)):
                r, rest2 = factor(rest)
                x = List([Bin(strings.atom(op), l, r), rest2])
            case _:
                return x


def factor(items):
    match items:
        case ["(", *_]:
            rest = patterns.rest(items, 1)
            e, r = expr(rest)
            if lists.first(r) != ")":
                raise LispError("missing )")
            return List([e, lists.rest(r)])
        case ["-", *rest]:
            e, r = factor(rest)
            return List([Neg(e), r])
        case [n, *_]:
            return List([Num(to_float(n)), patterns.rest(items, 1)])
    raise no_match("factor")


def code(value):
    match value:
        case Num(n):
            return List([List([Symbol("push", lists.push), n])])
        case Neg(e):
            return lists.concat(code(e), List([List([Symbol("neg")])]))
        case Bin(op, a, b):
            return lists.concat(code(a), code(b), List([List([op])]))
    raise no_match("code")


def machine(items, others):
    while True:
        match others:
            case [x] if patterns.is_empty(items):
                return x
            case _:
                match items:
                    case [[head, n], *r] if head is PUSH:
                        items, others = r, lists.cons(n, others)
                        continue
                match others:
                    case [x, *_]:
                        match items:
                            case [[head], *r] if head is NEG:
                                st = patterns.rest(others, 1)
                                items, others = r, lists.cons(-1 * x, st)
                                continue
                match others:
                    case [b, a, *_]:
                        match items:
                            case [[op], *r]:
                                st = patterns.rest(others, 2)
                                items, others = r, lists.cons(
                                    evaluate(List([op, a, b]), globals(), locals()), st
                                )
                                continue
                raise no_match("machine")


for s in ["1+2*3", "(1+2)*3", "2*(3-4)/-5", "10/4-1.5"]:
    a = parse(s)
    println(s, "=>", a)
    println("  ", code(a), "=", machine(code(a), List()))
try:
    result = parse("(1+2")
except Failure as error:
    e = message(error)
    result = lists.first(strings.split(e, ","))
println(result)
try:
    result = parse("1 2")
except Failure as error:
    e_2 = message(error)
    result = lists.first(strings.split(e_2, ","))
println(result)
