"""Compiled from leaving_clauses.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import Failure, LispError, List, println


# Clauses that leave, after one that does not: an `elif`, not an `if` inside the `else`.
def run(program):
    at = 0
    total = 0
    while at < len(program):
        op = program[at]
        if op == 1:
            total += program[at + 1]
            at += 2
        elif op == 2:
            total *= 2
            at += 1
        elif op == 99:
            return total
        else:
            raise LispError(f"no operation {op}")
    return None


println(run(List([1, 5, 2, 99])), run(List([1, 5])))
try:
    result = run(List([1, 5, 7]))
except Failure:
    result = "stopped"
println(result)
