"""Compiled from early_calls.lsp by lisptorch-compile."""

from contextlib import suppress

from lisptorch_compile.runtime import (
    Failure,
    List,
    Symbol,
    higher_order,
    iterate,
    message,
    parts,
    println,
)


# Functions that run before the file sets a variable of the same name.
def longest(words):
    with suppress(NameError):
        found_2 = found
    for w in words:
        if len(w) > 4:
            found_2 = w
    return found_2


found = longest(List(["elm", "maple"]))
print(found, longest(List(["elm"])))


# here the file's variable always has a value
def depth(l):
    level_2 = len(l) if l else level
    return level_2


level = 7
print(depth(List([1])), depth(List()))


# here it never has one
def of_three(words):
    for w in words:
        if len(w) == 3:
            word = w
    return word


word = of_three(List(["elm", "maple"]))
print(word)


def nothing(l):
    if l:
        kept = 1
    return kept


try:
    kept = nothing(List())
except Failure as error:
    e = message(error)
    kept = parts.extract(e, "", ", line")
print(kept)


# … or has one once the function has run
def last_of(n):
    global i
    with suppress(NameError):
        i_2 = i
    for i_2 in range(1, n + 1):
        i = i_2 + 1
    return i_2


print(last_of(3), last_of(0))


def pick(n):
    if n > 0:
        chosen_2 = n
    else:
        with suppress(NameError):
            chosen_2 = chosen
    return chosen_2 if n > 0 else 0


print(pick(0), pick(3))
if pick(1):
    chosen = 9
print(pick(0), chosen)


# what is kept may be called later
def smallest(l):
    with suppress(NameError):
        best_2 = best
    for x in iterate(l):
        best_2 = x
    return best_2


finders = List([Symbol("smallest", smallest)])
best = smallest(List([3]))
println(higher_order.map(finders[0], [List([4]), List()]))
