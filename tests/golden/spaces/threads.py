"""Compiled from threads.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import println, threads


def jobs_key(n):
    return f"job {n}"


@threads.in_thread
def jobs_start(n):
    threads.store("jobs in a space", jobs_key(n))


jobs_start(1)
threads.wait()
jobs_start(2)
threads.wait()
println(threads.retrieve("jobs in a space"))
