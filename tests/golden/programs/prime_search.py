"""Compiled from prime_search.lsp by lisptorch-compile."""

import math

from lisptorch_compile.runtime import (
    List,
    Symbol,
    less,
    lists,
    ordering,
    parts,
    println,
    sequences,
    system,
    threads,
)
from lisptorch_compile.runtime.threads import shared

# bank of threads computing primes, with shared counter and locks; results sorted
limit = 100


def is_prime(n):
    if n < 2:
        return None
    for i in sequences.towards(2, 1 + int(math.sqrt(n)), 1):
        if n % i == 0:
            return None
    return True


@threads.in_thread
def search(from_, to):
    found = List()
    for i in sequences.towards(from_, to, 1):
        if is_prime(i):
            found.append(i)
    with threads.lock("store"):
        threads.store("primes", found)


for i in range(0, limit, 25):
    search(i, i + 25)
threads.wait()
all = ordering.sort(less, lists.flatten(threads.retrieve("primes")))
println(len(all), lists.last(all), parts.take_count(5, all))
print(lists.size(threads.retrieve("primes")))

with shared:
    shared.account = 100
    shared.log = List()


@threads.in_thread
def transfer(n, times):
    for i in range(times):
        with threads.lock("account"), shared:
            shared.account += n


transfer(5, 10)
transfer(-3, 10)
transfer(1, 10)
threads.wait()
with shared:
    value = shared.account
print(value)


@threads.in_thread
def ping():
    for i in range(3):
        threads.wait_on("ping")
        threads.store("order", Symbol("ping"))
        while not threads.trigger("pong"):
            system.sleep(1)


@threads.in_thread
def pong():
    for i in range(3):
        threads.wait_on("pong")
        threads.store("order", Symbol("pong"))
        if i < 2:
            while not threads.trigger("ping"):
                system.sleep(1)


ping()
pong()
while not threads.trigger("ping"):
    system.sleep(1)
threads.wait()
println(threads.retrieve("order"))
