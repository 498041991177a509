"""Compiled from infix_lists.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import Failure, List, Symbol, infix, lists, println

# Expressions as lists that exist only when the program runs.
formula = List([10, Symbol("+"), 2, Symbol("*"), 3])
println(infix.calculate(formula), infix.calculate(formula), infix.calculate(7))
lists.push(formula, Symbol("-"), List([4, Symbol("-"), 3]))
println(formula, infix.calculate(formula))
println(
    infix.calculate(List([2, Symbol("^^"), 3, Symbol("^^"), 2])),
    infix.calculate(List([1, Symbol("<"), 2])),
)
try:
    result = infix.calculate(List([1, 2, 3]))
except Failure:
    result = "no expression"
println(result)

# A quoted expression reads its variables; a list that the program makes holds values.
x = 4


def area(width, height):
    return width * (height + 1)


print(x + 1, area(2, 3), x * len(formula))
infix_result = infix.calculate(List([x, Symbol("+"), 1]))
try:
    result = infix.calculate(List([Symbol("x"), Symbol("+"), 1]))
except Failure:
    result = "x is a name"
println(infix_result, result)
