"""Compiled from locks.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    Failure,
    LispError,
    List,
    at,
    lists,
    println,
    same,
    threads,
)


# What stands under one lock is done by one thread at a time.
@threads.in_thread
def report(name, lines):
    with threads.lock("report"):
        for line in lines:
            threads.store("report", f"{name}: {line}")


report("a", List(["one", "two", "three"]))
report("b", List(["one", "two", "three"]))
threads.wait()
lines = threads.retrieve("report")
println(
    same(at(lines, 0, 0), at(lines, 1, 0)) and same(at(lines, 0, 0), at(lines, 2, 0)),
    lists.size(lines),
)


# A lock has the value of its body; who holds it can take it again.
def doubled(n):
    with threads.lock("number"):
        with threads.lock("number"):
            result = 2 * n
        if result > 10:
            return "large"
        return result


print(doubled(3), doubled(30))
try:
    with threads.lock("broken"):
        raise LispError("inside")
except Failure:
    result = "caught"
with threads.lock("broken"):
    value = "free again"
print(result, value)
