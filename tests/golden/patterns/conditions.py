"""Compiled from conditions.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    List,
    Symbol,
    holds,
    less,
    println,
    remainder,
    searching,
)


def multiple(v, d):
    return v % d == 0


def fizzbuzz(x):
    if multiple(x, 15):
        return Symbol("fizzbuzz")
    if multiple(x, 3):
        return Symbol("fizz")
    if multiple(x, 5):
        return Symbol("buzz")
    return x


println(List([fizzbuzz(item) for item in range(1, 16)]))


# The variable is the last name, the innermost last; an error is no match.
def grade(score):
    if holds(lambda: not remainder(score, 10)):
        return "round"
    if less(score, 10):
        return "low"
    if holds(lambda: searching.contains("abc", score)):
        return "letter"
    return "other"


for score in [20, 7, "b", "x", 33]:
    print(score, grade(score))


def growing(items):
    while True:
        match items:
            case []:
                return True
            case [_]:
                return True
            case [a, b, *r] if a < b:
                items = List([b, *r])
            case _:
                return None


println(growing(List([1, 2, 5])), growing(List([1, 3, 2])))
