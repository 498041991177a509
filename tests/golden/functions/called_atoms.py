"""Compiled from called_atoms.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    Failure,
    List,
    Symbol,
    called_by_name,
    higher_order,
    message,
    numbers,
    ordering,
    printing,
    println,
    strings,
    to_integer,
)


# Atoms are called by what they name: from lists, dictionaries, and texts.
@called_by_name("double")
def double(x):
    return 2 * x


for f in [Symbol("double", double), Symbol("sqrt", numbers.sqrt)]:
    println(f, f(16))
ops = {"+": Symbol("+"), "-": Symbol("-"), "max": Symbol("max", ordering.greatest)}
println(ops, ops["-"](10, 4), ops["max"](10, 4))


@called_by_name("table")
def table():
    return List(
        [List([Symbol("square", square), 3]), List([Symbol("negate", negate), 4])]
    )


@called_by_name("square")
def square(x):
    return x * x


@called_by_name("negate")
def negate(x):
    return 0 - x


for line in ["3 + 4", "5 * 6"]:
    w = strings.split(line, " ")
    op = Symbol(w[1])
    println(op, op(to_integer(w[0]), to_integer(w[2])))
println(
    higher_order.map_typed(
        lambda f: f(9), [Symbol("sqrt", numbers.sqrt), Symbol("double", double)]
    )
)
for entry in table():
    printing.print_(entry[0](entry[1]), " ")
println(
    higher_order.apply(
        List([Symbol("max", ordering.greatest), Symbol("min", ordering.smallest)])[1],
        [3, 1, 2],
    )
)
name = "unheard"
try:
    result = Symbol(name)(1)
except Failure as error:
    e = message(error)
    result = "unknown instruction: 'unheard'" in e
println(result)
