"""Compiled from kleene.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    List,
    Strings,
    Symbol,
    characters,
    less,
    no_match,
    patterns,
    println,
    to_integer,
)


# Up to what follows, and as long as a condition holds.
def inside(items):
    match items:
        case ["[", *inner] if "]" in inner:
            end = inner.index("]")
            a, r = List(inner[:end]), List(inner[end + 1 :])
            println(a, r)
        case _:
            raise no_match("inside")


inside(
    List(["[", Symbol("a"), Symbol("b"), Symbol("c"), "]", Symbol("i"), Symbol("j")])
)
inside(List(["[", "]"]))


def low(items):
    match items:
        case [first, *_] if first < 10:
            x, rest = patterns.span(lambda x: x < 10, items)
            println(x, rest)
        case _:
            raise no_match("low")


low(List([5, 8, 12, 3]))


def marked(items):
    match items:
        case [">", first, *_] if less(first, 31):
            a, r = patterns.span(lambda a: less(a, 31), items[1:])
            println(a, r)
        case _:
            raise no_match("marked")


marked(List([">", 1, 2, 40, 50]))


def optional(items):
    match patterns.take(items, patterns.Several("%"), "x"):
        case [a, _, r]:
            println(a, r)
        case _:
            raise no_match("optional")


optional(List(["x", 1]))
optional(List([2, "x", 1]))


def all(items):
    match items:
        case [x, *a]:
            return List([x, List(a)])
    raise no_match("all")


println(all(List([1])), all(List([1, 2, 3])))


# A tokenizer.
def tokens(items):
    while True:
        match items:
            case []:
                return List()
            case [" ", *rest]:
                items = rest
            case [first, *_] if characters.is_digit(first):
                d, rest = patterns.span(characters.is_digit, items)
                return List([to_integer("".join(d)), *tokens(rest)])
            case [first, *_] if characters.is_alpha(first):
                a, rest = patterns.span(characters.is_alpha, items)
                return List(["".join(a), *tokens(rest)])
            case [c, *rest]:
                return List([c, *tokens(rest)])
            case _:
                raise no_match("tokens")


println(tokens(Strings("12 + abc*(3+x)")))


# atoms and lists end what is repeated, as texts do
def between(items):
    match patterns.take(
        items, patterns.Several("*"), Symbol("you"), patterns.Several("*"), Symbol("me")
    ):
        case [a, _, b, _, r]:
            return List([a, b, r])
    match patterns.take(
        items,
        patterns.Several("+"),
        List([Symbol("x"), Symbol("y")]),
        patterns.Several("%"),
        Symbol("z"),
    ):
        case [a, _, b, _, []]:
            return List([a, b])
    return Symbol("neither")


println(
    between(
        List(
            [
                Symbol("do"),
                Symbol("you"),
                Symbol("like"),
                Symbol("me"),
                Symbol("or"),
                Symbol("him"),
            ]
        )
    ),
    between(List([Symbol("you"), Symbol("me")])),
    between(List([1, 2, List([Symbol("x"), Symbol("y")]), 3, Symbol("z")])),
    between(List([List([Symbol("x"), Symbol("y")]), Symbol("z")])),
)
