"""Compiled from code_at_run_time.lsp by lisptorch-compile."""

from lisptorch_compile import evaluate
from lisptorch_compile.runtime import (
    Failure,
    LateNames,
    List,
    Maybe,
    Symbol,
    higher_order,
    iterate,
    message,
    println,
)

late = LateNames(globals())
# Code that the program makes sees its variables and functions, and adds to them.
rate = 2


def price(n):
    return n * rate


# the variables of the function around it are there, too
def scaled(n, factor):
    return evaluate(
        List([Symbol("*"), Symbol("n"), Symbol("factor"), Symbol("rate")]),
        globals(),
        locals(),
    )


for operator_ in [Symbol("+"), Symbol("*"), Symbol("-")]:
    println(operator_, evaluate(List([operator_, 7, 3]), globals()))
println(evaluate(List([Symbol("price", price), 20]), globals()))

rate = 3
line = "(setq rate 10)"
evaluate(line, globals())
println(rate, price(20))

# a function that only the evaluated code defines
evaluate(
    List(
        [
            Symbol("defun"),
            Symbol("twice"),
            List([Symbol("x")]),
            List([Symbol("*"), 2, Symbol("x")]),
        ]
    ),
    globals(),
)
println(late.twice(21), higher_order.map_typed(late.twice, [1, 2]))
println(scaled(2, 3))

# errors are caught like any other, with their place in the text
broken = List(["(/ 1 0)", "(car 5)", "(missing 1)"])
for code in iterate(broken):
    try:
        result = evaluate(code, globals())
    except Failure as error:
        result = Maybe(message(error))
    println(result)
