"""Compiled from order.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import List, println

# Operands are evaluated from left to right, whatever has to become a statement.
log = List()


def note(x):
    log.append(x)
    return x


note_result = note(1)
step = 0
println(List([note_result, note(2), note(3)]))
println(log)

y = 1
old_y = y
y = 0
println(List([old_y, y, y]))

x = 5
holds = bool(note(4))
if holds:
    z = x
    holds = bool(z)
    if holds:
        holds = bool(x)
x = holds
println(x, log)
