"""Compiled from parallel_sums.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import lists, println, sequences, threads


# Each worker adds up a part of the range.
@threads.in_thread
def sum_part(from_, to):
    total = 0
    for i in sequences.towards(from_, to, 1):
        total += i
    threads.store("part sums", total)


step = 250
for start in [0, 250, 500, 750]:
    sum_part(start, start + step)
threads.wait()

parts = threads.retrieve("part sums")
println(lists.size(parts), lists.sum(parts))
