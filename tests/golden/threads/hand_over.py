"""Compiled from hand_over.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import println, system, threads


# Two threads that can only end if both run at the same time: each waits for the other.
def pass_on(name):
    while not threads.trigger(name):
        system.sleep(1)


@threads.in_thread
def ping(rounds):
    for _ in range(rounds):
        threads.wait_on("to ping")
        with threads.lock("table"):
            threads.store("table", "ping")
        pass_on("to pong")


@threads.in_thread
def pong(rounds):
    for _ in range(rounds):
        pass_on("to ping")
        threads.wait_on("to pong")
        with threads.lock("table"):
            threads.store("table", "pong")


ping(3)
pong(3)
threads.wait()
println(threads.retrieve("table"))
println(threads.trigger("to nobody"))
