"""Compiled from rescued.lsp by lisptorch-compile."""

import math

from lisptorch_compile.runtime import (
    Failure,
    LispError,
    List,
    Maybe,
    Symbol,
    add,
    higher_order,
    lists,
    message,
    parts,
    println,
    sequences,
    text,
    throw,
)


# Errors that are thrown, caught and turned into values.
def risky(n):
    if n < 0:
        raise LispError(f"negative: {n}")
    return math.sqrt(n)


try:
    result = risky(4)
except Failure:
    result = "bad"
println(result)
try:
    result = risky(-4)
except Failure as error:
    e = message(error)
    result = f"caught {parts.extract(e, 0, 12)}"
println(result)
try:
    c = risky(-1)
except Failure as error:
    c = Maybe(message(error))
println(isinstance(c, Maybe), isinstance(5, Maybe), text(c).startswith("negative"))


def try_all(l):
    def transform(x):
        try:
            return risky(x)
        except Failure:
            return Symbol("err")

    return higher_order.map_typed(transform, l, None)


println(try_all(List([1, -1, 9])))
for x in [1, 0, 2]:
    try:
        result = int(10 / x)
    except Failure:
        result = "div0"
    print(result)


def around():
    try:
        return within()
    except Failure as error:
        e = message(error)
        raise LispError(f"outer/{parts.extract(e, 0, 5)}")


def within():
    raise LispError("inner")


try:
    result = around()
except Failure as error:
    e_3 = message(error)
    result = parts.extract(e_3, 0, 11)
print(result)
try:
    result = {"a": 1}["b"]
except Failure:
    result = "nokey"
try:
    result_2 = List([1, 2])[9]
except Failure:
    result_2 = "noidx"
try:
    result_3 = lists.first(5)
except Failure:
    result_3 = "notalist"
println(result, result_2, result_3)
try:
    result = add(1, "x")
except Failure:
    result = "plus"
try:
    result_2 = sequences.zip_lists([1], [1, 2])
except Failure:
    result_2 = "unzipped"
println(result, result_2)
total = 0
for i in range(1, 6):
    try:
        if i % 2 == 0:
            raise LispError("even")
        total += i
    except Failure:
        pass
print(total)


def retry(f, n):
    i = 0
    ok = None
    while i < n and not ok:
        i += 1
        try:
            f(i)
            ok = True
        except Failure:
            pass
    return List([ok, i])


println(retry(lambda k: throw("no") if k < 3 else k, 5))
try:
    raise LispError(text(42))
except Failure as error:
    e_4 = message(error)
    result_3 = e_4.startswith("42")
println(result_3)
try:
    result_2 = 3
except Failure as error:
    result_2 = Maybe(message(error))
result = result_2
println(result)
try:
    for x in [1, 2, 3]:
        if x == 2:
            raise LispError("stop")
    r = Symbol("done")
except Failure:
    r = Symbol("interrupted")
println(r)
try:
    raise LispError("x")
except Failure:
    holds = None
if not holds:
    holds = "default"
println(holds)
try:
    raise LispError("x")
except Failure:
    result_3 = None
if result_3:
    choice = Symbol("yes")
else:
    choice = Symbol("no")
println(choice)
try:
    result = 1 / 0
except Failure:
    result = 5
println(result + 1)
