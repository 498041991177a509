"""Compiled from shared_counter.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import Failure, List, less, ordering, println, threads
from lisptorch_compile.runtime.threads import shared

# Variables of the threadspace belong to all threads, one at a time.
with shared:
    shared.visits = 0
    shared.visitors = List()


@threads.in_thread
def visitor(name, times):
    for _ in range(times):
        with shared:
            shared.visits += 1
    with shared:
        shared.visitors.append(name)


visitor("Ann", 100)
visitor("Bob", 200)
threads.wait()

with shared:
    println(shared.visits, ordering.sort(less, shared.visitors))

# The same place under its other name; what it yields is the value of its body.
with shared:
    shared.visits += 5
    value = shared.visits * 2
print(value)
try:
    result = shared.visits == 0
except Failure:
    result = "not outside"
println(result)
