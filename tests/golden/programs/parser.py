"""Compiled from parser.lsp by lisptorch-compile."""

from lisptorch_compile import evaluate
from lisptorch_compile.runtime import (
    List,
    Symbol,
    characters,
    holds,
    is_null,
    lists,
    no_match,
    patterns,
    println,
    searching,
    strings,
    to_integer,
)


# tokenizer with Kleene patterns, and a recursive descent parser
def tok(items):
    while True:
        match items:
            case _ if patterns.is_empty(items):
                return List()
            case [" ", *r]:
                items = r
            case [first, *_] if holds(lambda: characters.is_digit(first)):
                d, r = patterns.span(characters.is_digit, items)
                return List([to_integer(strings.join(d, "")), *tok(r)])
            case [first, *_] if holds(lambda: characters.is_alpha(first)):
                a, r = patterns.span(characters.is_alpha, items)
                return List([Symbol(strings.join(a, "")), *tok(r)])
            case [c, *r]:
                return List([c, *tok(r)])
            case _:
                raise no_match("tok")


tokens = List()


def peek():
    return None if is_null(tokens) else lists.first(tokens)


def next_():
    global tokens
    t = lists.first(tokens)
    tokens = lists.rest(tokens)
    return t


def factor():
    t = next_()
    if t == "(":
        e = expr()
        next_()
        return e
    return List([Symbol("-"), 0, factor()]) if t == "-" else t


def term():
    left = factor()
    while searching.contains(["*", "/"], peek()):
        op = next_()
        left = List([strings.atom(op), left, factor()])
    return left


def expr():
    left = term()
    while searching.contains(["+", "-"], peek()):
        op = next_()
        left = List([strings.atom(op), left, term()])
    return left


def parse(s):
    global tokens
    tokens = tok(strings.split(s, ""))
    return expr()


x = 5
for s in ["1 + 2 * 3", "(1+2)*3", "10 - 4 - 3", "-x * (2 + 12)", "100/7"]:
    tree = parse(s)
    println(s, "->", tree, "=", evaluate(tree, globals()))
