"""Compiled from stack_machine.lsp by lisptorch-compile."""

from lisptorch_compile import evaluate
from lisptorch_compile.runtime import (
    List,
    Symbol,
    at,
    is_null,
    kinds,
    less,
    lists,
    no_match,
    println,
    text,
)

# stack VM and compiler with defpat
LET = Symbol("let")
IF = Symbol("if")


def comp(n):
    if type(n) is int:
        return List([List([Symbol("push", lists.push), n])])
    match n:
        case Symbol():
            return List([List([Symbol("fetch"), n])])
        case [head, v, e, body] if head is LET:
            return lists.concat(comp(e), List([List([Symbol("store"), v])]), comp(body))
        case [head, c, a, b] if head is IF:
            ca = comp(a)
            cb = comp(b)
            return lists.concat(
                comp(c),
                List([List([Symbol("jz"), 1 + len(ca)])]),
                ca,
                List([List([Symbol("jmp"), len(cb)])]),
                cb,
            )
        case [op, a, b]:
            return lists.concat(comp(a), comp(b), List([List([op])]))
    raise no_match("comp")


def run_(code):
    st = List()
    env = {}
    pc = 0
    while less(pc, lists.size(code)):
        ins = at(code, pc)
        pc = pc + 1
        op = lists.first(ins)
        if op == Symbol("push", lists.push):
            st.append(lists.second(ins))
        elif op == Symbol("fetch"):
            st.append(env[text(lists.second(ins))])
        elif op == Symbol("store"):
            env[text(lists.second(ins))] = lists.last(st)
            del st[-1:]
        elif op == Symbol("jmp"):
            pc = pc + lists.second(ins)
        elif op == Symbol("jz"):
            v = lists.last(st)
            del st[-1:]
            if is_null(v) or kinds.is_zero(v):
                pc = pc + lists.second(ins)
        else:
            b = lists.last(st)
            del st[-1:]
            a = lists.last(st)
            del st[-1:]
            st.append(evaluate(List([op, a, b]), globals(), locals()))
    return lists.last(st)


for p in [
    List([Symbol("+"), 1, List([Symbol("*"), 2, 3])]),
    List(
        [Symbol("let"), Symbol("x"), 5, List([Symbol("*"), Symbol("x"), Symbol("x")])]
    ),
    List([Symbol("if"), List([Symbol("<"), 1, 2]), 10, 20]),
    List(
        [
            Symbol("let"),
            Symbol("a"),
            3,
            List(
                [
                    Symbol("let"),
                    Symbol("b"),
                    4,
                    List(
                        [
                            Symbol("if"),
                            List([Symbol(">"), Symbol("a"), Symbol("b")]),
                            List([Symbol("-"), Symbol("a"), Symbol("b")]),
                            List([Symbol("-"), Symbol("b"), Symbol("a")]),
                        ]
                    ),
                ]
            ),
        ]
    ),
]:
    c = comp(p)
    println(p, "=>", run_(c), lists.size(c))
println(
    comp(
        List(
            [
                Symbol("let"),
                Symbol("x"),
                5,
                List([Symbol("*"), Symbol("x"), Symbol("x")]),
            ]
        )
    )
)
