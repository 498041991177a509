"""Compiled from range_down.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import Failure, println, sequences

# A range runs towards its end, whatever the sign of the step.
low = 1
for i in sequences.towards(4, low, 1):
    print(i)
for i in sequences.towards_closed(3, low, 1):
    print(i)
for i in sequences.towards(low, low, 1):
    print("never", i)
for i in sequences.towards_closed(low, 3, -1):
    print(i)
zero = 0
try:
    result = None
    for i in sequences.towards(1, 5, zero):
        result = i
except Failure:
    result = "no step"
println(result)
