"""Compiled from callbacks.lsp by lisptorch-compile."""

import builtins as py
import functools
import itertools

from lisptorch_compile.runtime import (
    List,
    at,
    iterate,
    lists,
    println,
    searching,
    strings,
    to_list,
)
from lisptorch_compile.runtime import power as power_


# LispE functions are Python functions: callbacks, decorators, arguments by name.
def last_letter(word):
    return at(word, -1)


words = List(["pear", "fig", "banana"])
println(py.sorted(words, key=last_letter))
println(py.sorted(words, key=lists.size, reverse=True))
println(py.max(words, key=lambda word: searching.count(word, "a")))
println(to_list(py.map(strings.upper, words)))


# a function that replaces itself
@functools.cache
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


println(fib(80))


def logged(function):
    def inner(x):
        println("called with", x)
        return function(x)

    return inner


@logged
def double(x):
    return 2 * x


println(double(4))
# iterators without an end
for n in iterate(itertools.count(10, 5)):
    if n > 20:
        break
    println(n)
println(to_list(itertools.islice(itertools.cycle(List([1, 2])), 3)))


def power(base, n):
    return power_(base, n)


tens = functools.partial(power, 10)
println(tens(3))
println(power(2, 5))
