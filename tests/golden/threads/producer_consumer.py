"""Compiled from producer_consumer.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import List, less, ordering, println, system, threads
from lisptorch_compile.runtime.threads import shared

# One thread makes jobs, several take them until a stop sign comes.
with shared:
    shared.jobs = List()


def next_job():
    with shared:
        if shared.jobs:
            job = shared.jobs.pop(0)
            return job
        return "wait"


@threads.in_thread
def producer(n, workers):
    for i in range(1, n + 1):
        with shared:
            shared.jobs.append(i)
    for _ in range(workers):
        with shared:
            shared.jobs.append("stop")


@threads.in_thread
def consumer(name):
    job = next_job()
    while job != "stop":
        if job == "wait":
            system.sleep(1)
        else:
            threads.store("squares", job * job)
        job = next_job()


consumer("first")
consumer("second")
producer(10, 2)
threads.wait()
squares = threads.retrieve("squares")
ordering.sort(less, squares)
with shared:
    value = shared.jobs
println(squares, value)
