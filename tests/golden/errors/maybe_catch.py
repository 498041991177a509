"""Compiled from maybe_catch.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    Failure,
    LispError,
    List,
    Maybe,
    Symbol,
    files,
    message,
    println,
    to_integer,
)

try:
    raise LispError("bad")
except Failure:
    result = Symbol("rescued")
println(result)
try:
    result = [1][0]
except Failure:
    result = Symbol("x")
println(result)
try:
    raise LispError("zz")
except Failure as error:
    result = Maybe(message(error))
println(isinstance(result, Maybe))
try:
    result = files.read("no-such-file")
except Failure:
    result = "0"
n = to_integer(result)
print(n)


def safe(l, i):
    try:
        return l[i]
    except Failure:
        return -1


print(safe(List([1, 2]), 1), safe(List([1, 2]), 9))
try:
    result = 1 / 0
except Failure:
    result = "division"
println(result)
