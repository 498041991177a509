"""Compiled from maybe_catch.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    Failure,
    List,
    Maybe,
    Symbol,
    files,
    lists,
    message,
    println,
    throw,
    to_integer,
)

try:
    result = throw("bad")
except Failure:
    result = Symbol("rescued")
println(result)
try:
    result_2 = lists.first([1])
except Failure:
    result_2 = Symbol("x")
println(result_2)
try:
    result_3 = throw("zz")
except Failure as error:
    result_3 = Maybe(message(error))
println(isinstance(result_3, Maybe))
try:
    result_4 = files.read("no-such-file")
except Failure:
    result_4 = "0"
n = to_integer(result_4)
print(n)


def safe(l, i):
    try:
        return l[i]
    except Failure:
        return -1


print(safe(List([1, 2]), 1), safe(List([1, 2]), 9))
try:
    result_5 = 1 / 0
except Failure:
    result_5 = "division"
println(result_5)
