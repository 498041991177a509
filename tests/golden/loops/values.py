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
id_2 = next_id()
last_2 = None
for x in [1, 2]:
    if greater(x, limit):
        last_2 = None
        break
    last_2 = x
report(id_2, last_2)
last_3 = None
for i in [1, 2, 3]:
    last_3 = i * i
println(last_3)

# Each round reads the old value.
x = 0
last_4 = None
for i in [1, 2, 3]:
    last_4 = x + i
x = last_4
println(x)
