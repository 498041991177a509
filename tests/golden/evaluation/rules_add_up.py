"""Compiled from rules_add_up.lsp by lisptorch-compile."""

from lisptorch_compile import evaluate
from lisptorch_compile.runtime import (
    Failure,
    LateNames,
    List,
    Symbol,
    iterate,
    no_match,
    println,
)

late = LateNames(globals())
SQUARE = Symbol("square")
PAIR = Symbol("pair")
# Rules that are evaluated one after the other add up
rules = List(
    [
        "(defpat kind (1) 'one)",
        "(defpat kind ([string_ x]) (list 'text x))",
        "(defpat kind ([x $ rest]) (list x (kind rest)))",
        "(defpat kind (()) 'end) (setq known (kind 1))",
    ]
)


# … and to the rules of the file, which are tried first
def area(items):
    match items:
        case [head, a] if head is SQUARE:
            return a * a
        case [head, a, b] if head is PAIR:
            return List([area(a), area(b)])
    raise no_match("area")


for rule in iterate(rules):
    evaluate(rule, globals())
println(late.kind(1), late.kind("a"), late.kind(List([1, 2])), late.known)
try:
    result = late.kind(2)
except Failure:
    result = "no rule yet"
println(result)
more = List(
    [
        Symbol("defpat"),
        Symbol("kind"),
        List([2]),
        List([Symbol("quote"), Symbol("two")]),
    ]
)
evaluate(more, globals())
println(late.kind(2))
others = "(defpat area (('box a b)) (* a b)) (defpat area (('square a)) 'never) (defpat area (a b) (* a b))"
evaluate(others, globals())
println(
    area(List([Symbol("square"), 3])), area(List([Symbol("box"), 2, 3])), area(4, 5)
)
println(
    area(
        List([Symbol("pair"), List([Symbol("box"), 1, 2]), List([Symbol("square"), 2])])
    )
)
try:
    result = area(
        List([Symbol("pair"), List([Symbol("box"), 1, 2]), List([Symbol("circle"), 2])])
    )
except Failure:
    result = "no rule for a circle"
println(result)

# a function that is defined again after all starts anew
again = "(defun kind (x) 'new)"
evaluate(again, globals())
println(late.kind(1))
