"""Compiled from values.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import greater, println

# A loop has a value: that of its last round, nil after `break`.
limit = 2


def next_id():
    return 7


def report(id, found):
    println(id, found)


id = next_id()
last = None
for x in [1, 2, 3]:
    if greater(x, limit):
        last = None
        break
    last = x
report(id, last)
id = next_id()
last = None
for x in [1, 2]:
    if greater(x, limit):
        last = None
        break
    last = x
report(id, last)
last = None
for i in [1, 2, 3]:
    last = i * i
println(last)

# Each round reads the old value.
x = 0
last = None
for i in [1, 2, 3]:
    last = x + i
x = last
println(x)
