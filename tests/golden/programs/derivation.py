"""Compiled from derivation.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import List, Symbol, no_match, println

# symbolic derivation and simplification with defpat
PLUS = Symbol("+")
MINUS = Symbol("-")
TIMES = Symbol("*")
EXPO = Symbol("expo")


def deriv(a, v):
    if type(a) is int:
        return 0
    match a:
        case Symbol():
            return 1 if a == v else 0
        case [head, x, y] if head is PLUS:
            return List([Symbol("+"), deriv(x, v), deriv(y, v)])
        case [head, x, y] if head is MINUS:
            return List([Symbol("-"), deriv(x, v), deriv(y, v)])
        case [head, x, y] if head is TIMES:
            return List(
                [
                    Symbol("+"),
                    List([Symbol("*"), deriv(x, v), y]),
                    List([Symbol("*"), x, deriv(y, v)]),
                ]
            )
        case [head, x, int() as n] if head is EXPO and not isinstance(n, bool):
            return List(
                [
                    Symbol("*"),
                    n,
                    List([Symbol("*"), List([Symbol("expo"), x, n - 1]), deriv(x, v)]),
                ]
            )
    raise no_match("deriv")


def simp(items):
    while True:
        match items:
            case [head, 0, x] if head is PLUS:
                items = x
            case [head, x, 0] if head is PLUS:
                items = x
            case [head, 0, _] if head is TIMES:
                return 0
            case [head, _, 0] if head is TIMES:
                return 0
            case [head, 1, x] if head is TIMES:
                items = x
            case [head, x, 1] if head is TIMES:
                items = x
            case [head, x, 1] if head is EXPO:
                items = x
            case [head, int() as a, int() as b] if (
                head is PLUS and not isinstance(a, bool) and not isinstance(b, bool)
            ):
                return a + b
            case [head, int() as a, int() as b] if (
                head is TIMES and not isinstance(a, bool) and not isinstance(b, bool)
            ):
                return a * b
            case [op, x, y]:
                sx = simp(x)
                sy = simp(y)
                if sx == x and sy == y:
                    return List([op, x, y])
                items = List([op, sx, sy])
            case _:
                return items


tests = List(
    [
        List([Symbol("+"), Symbol("x"), 3]),
        List([Symbol("*"), Symbol("x"), Symbol("x")]),
        List([Symbol("expo"), Symbol("x"), 3]),
        List(
            [
                Symbol("+"),
                List([Symbol("*"), 2, Symbol("x")]),
                List([Symbol("*"), Symbol("x"), Symbol("y")]),
            ]
        ),
        List([Symbol("-"), Symbol("x"), Symbol("x")]),
    ]
)
for t in tests:
    println(t, "=>", simp(deriv(t, Symbol("x"))))
