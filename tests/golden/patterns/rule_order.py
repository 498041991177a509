"""Compiled from rule_order.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import Failure, List, Symbol, no_match

# A typed rule that stands last is tried first.
PLUS = Symbol("plus")
TIMES = Symbol("times")


def value(n):
    if type(n) is int:
        return n
    match n:
        case [head, a, b] if head is PLUS:
            return value(a) + value(b)
        case [head, a, b] if head is TIMES:
            return value(a) * value(b)
    raise no_match("value")


value_result = value(List([Symbol("plus"), 1, List([Symbol("times"), 2, 3])]))
try:
    result = value(Symbol("none"))
except Failure:
    result = "no value"
print(value_result, result)
