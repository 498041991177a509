"""Compiled from streams.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    List,
    add,
    higher_order,
    lists,
    println,
    remainder,
    truth,
)


# Endless streams: pairs of a value and a function that makes the rest
def stream_car(s):
    return lists.first(s)


def stream_cdr(s):
    p = lists.second(s)
    return p()


def take_stream(s, n):
    if n == 0:
        return List()
    return List([stream_car(s), *take_stream(stream_cdr(s), n - 1)])


def from_(n):
    return List([n, lambda: from_(n + 1)])


def filter_stream(p, s):
    if truth(p(stream_car(s))):
        return List([stream_car(s), lambda: filter_stream(p, stream_cdr(s))])
    return filter_stream(p, stream_cdr(s))


def map_stream(f, s):
    return List([f(stream_car(s)), lambda: map_stream(f, stream_cdr(s))])


def add_streams(a, b):
    return List(
        [
            add(stream_car(a), stream_car(b)),
            lambda: add_streams(stream_cdr(a), stream_cdr(b)),
        ]
    )


def sieve(s):
    p = stream_car(s)
    return List(
        [p, lambda: sieve(filter_stream(lambda x: 0 != remainder(x, p), stream_cdr(s)))]
    )


println(take_stream(from_(5), 5))
println(take_stream(sieve(from_(2)), 15))
println(take_stream(map_stream(lambda x: x * x, from_(1)), 6))


def fibs(a, b):
    return List([a, lambda: fibs(b, a + b)])


println(take_stream(fibs(0, 1), 12))


def partial_sums(s, acc):
    t = acc + stream_car(s)
    return List([t, lambda: partial_sums(stream_cdr(s), t)])


println(take_stream(partial_sums(from_(1), 0), 6))


def pi_summands(n):
    return List([1 / n, lambda: map_stream(lambda x: -1 * x, pi_summands(n + 2))])


println(
    higher_order.map_typed(
        lambda x: 4 * x, take_stream(partial_sums(pi_summands(1), 0), 5)
    )
)
println(take_stream(add_streams(from_(1), from_(10)), 3))
