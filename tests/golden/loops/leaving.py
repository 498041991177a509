"""Compiled from leaving.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import List, Symbol, println


# break leaves the loop, return the function; a loop may be an argument.
def first_negative(rows):
    for row in rows:
        for x in row:
            if x < 0:
                return x
    return Symbol("none")


println(
    first_negative(List([List([1, 2]), List([3, -4, -5])])),
    first_negative(List([List([1])])),
)


def until_stop(words):
    seen = List()
    for w in words:
        if w == "stop":
            break
        if w != "skip":
            seen.append(w)
    return seen


println(until_stop(List(["a", "skip", "b", "stop", "c"])))


def report(id, found):
    println(id, found)


def next_id():
    return 7


def search(values, limit):
    id = next_id()
    last = None
    for x in values:
        if x > limit:
            last = None
            break
        last = x
    report(id, last)


search(List([1, 2, 3]), 2)
search(List([1, 2]), 2)
last = None
for x in [1, 2, 3]:
    last = x * x
print(1 + last)
last = None
while False:
    last = 1
last_word = last
last = None
for i in range(3):
    last = i + 1
println(last_word, last)
