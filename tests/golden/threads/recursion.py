"""Compiled from recursion.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import lists, println, threads


# In its own thread, a thread function is a function like any other.
@threads.in_thread
def countdown(n):
    while n > 0:
        threads.store("countdown", n)
        n = n - 1


@threads.in_thread
def fib(n, outermost=True):
    result = n if n < 2 else fib(n - 1, None) + fib(n - 2, None)
    if outermost:
        threads.store("fib", result)
        return True
    return result


println(countdown(5))
println(fib(15))
threads.wait()
println(threads.retrieve("countdown"), threads.retrieve("fib"))


# Threads that start threads, and wait for them.
@threads.in_thread
def leaf(n):
    threads.store("leaves", n)


@threads.in_thread
def branch(n):
    for i in range(n):
        leaf(i)
    threads.wait()
    threads.store(
        "leaves at the end of a branch", lists.size(threads.retrieve("leaves"))
    )


branch(4)
threads.wait()
println(threads.retrieve("leaves at the end of a branch"))
