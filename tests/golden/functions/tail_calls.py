"""Compiled from tail_calls.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import println, tail_recursive


# A self call in tail position is a loop; its arguments are evaluated before any is set.
def fib(n, a, b):
    while n != 0:
        n, a, b = n - 1, b, a + b
    return a


print(fib(50, 0, 1))


@tail_recursive
def is_even(n):
    return True if n == 0 else is_odd.tail(n - 1)


@tail_recursive
def is_odd(n):
    return None if n == 0 else is_even.tail(n - 1)


println(is_even(20000), is_odd(20000))


# Not a tail call: something is left to do afterwards.
def total(n):
    return 0 if n == 0 else n + total(n - 1)


print(total(100))
