"""Compiled from catch_deep.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import Failure, List, Maybe, message, println, text


# `catch` holds the error of a function deep inside, and the program goes on.
def pick(l):
    return l[5]


def pick_twice(l):
    return List([pick(l), pick(l)])


try:
    outcome = pick_twice(List([1, 2]))
except Failure as error:
    outcome = Maybe(message(error))
println(isinstance(outcome, Maybe), "index out of bounds" in text(outcome))
try:
    result = pick_twice(List([1]))
except Failure as error:
    e = message(error)
    result = "index out of bounds" in e
println(result)
