"""Compiled from expressions.lsp by lisptorch-compile."""

import operator
from functools import reduce

from lisptorch_compile.runtime import (
    Failure,
    LispError,
    List,
    at,
    characters,
    higher_order,
    kinds,
    lists,
    loops,
    message,
    parts,
    println,
    strings,
    to_float,
    to_integer,
)

# A recursive-descent parser of arithmetic; the place and the text are global.
pos = 0
src = ""


def peek():
    return src[pos] if pos < len(src) else ""


def next_char():
    global pos
    c = peek()
    pos += 1
    return c


def skip():
    while peek() == " ":
        next_char()


def parse_number():
    s = ""
    while peek() != "" and (characters.is_digit(peek()) or peek() == "."):
        s += next_char()
    return to_float(s)


def parse_factor():
    skip()
    if peek() == "(":
        next_char()
        v = parse_expr()
        skip()
        if next_char() != ")":
            raise LispError("missing )")
        return v
    if peek() == "-":
        next_char()
        return -1 * parse_factor()
    return parse_number()


def parse_term():
    v = parse_factor()
    skip()
    while peek() in "*/":
        if peek() == "":
            return v
        op = next_char()
        r = parse_factor()
        if op == "*":
            v *= r
        else:
            v /= r
        skip()
    return v


def parse_expr():
    v = parse_term()
    skip()
    while peek() == "+" or peek() == "-":
        op = next_char()
        r = parse_term()
        if op == "+":
            v += r
        else:
            v -= r
        skip()
    return v


def calc(s):
    global src, pos
    src = s
    pos = 0
    return parse_expr()


for e in ["1 + 2 * 3", "(1+2)*3", "10/4", "-(2+3)*2", "2 * (3 + 4) - 5 / 2"]:
    print(e, "=", f"{calc(e):g}")
try:
    result = calc("(1+2")
except Failure as error:
    e_2 = message(error)
    result = parts.extract(e_2, 0, 9)
println(result)


def parse_sexp(l):
    stack = [List()]
    for t in l:
        if t == "(":
            stack.append(List())
        elif t == ")":
            done = lists.last(stack)
            del stack[-1:]
            lists.push(lists.last(stack), done)
        else:
            lists.push(lists.last(stack), t)
    return at(stack, 0, 0)


println(parse_sexp(strings.split("( + 1 ( * 2 3 ) )", " ")))


def ev(e):
    if kinds.is_list(e):
        op = lists.first(e)
        args = higher_order.map_typed(ev, lists.rest(e), None)
        if op == "+":
            return loops.fold_add(args)
        if op == "*":
            return reduce(operator.mul, args)
        raise LispError("op")
    return to_integer(e)


println(ev(parse_sexp(strings.split("( + 1 ( * 2 3 ) 4 )", " "))))
