"""Compiled from recursion.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import List, lists, println, tail_recursive


# A function calls itself and its neighbours in its own space.
@tail_recursive
def is_slow_even(n):
    return True if n == 0 else is_slow_odd.tail(n - 1)


@tail_recursive
def is_slow_odd(n):
    return None if n == 0 else is_slow_even.tail(n - 1)


def slow_sum_to(n, total=0):
    while n != 0:
        n, total = n - 1, total + n
    return total


def is_quick_even(n):
    return n % 2 == 0


def quick_sum_to(n):
    return n * (n + 1) / 2


println(is_slow_even(10001), is_quick_even(10))
println(List([slow_sum_to(100), slow_sum_to(3, 10)]), quick_sum_to(100))


# A space may have a function of an instruction's name.
def loud_size(l):
    return 10 * lists.tally(l)


def loud_double(l):
    return 2 * loud_size(l)


println(len([1, 2, 3]), List([loud_size(List([1, 2, 3])), loud_double(List([1, 2]))]))
