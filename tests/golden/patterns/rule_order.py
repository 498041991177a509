"""Compiled from rule_order.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import Failure, List, Symbol, no_match


# A typed rule that stands last is tried first.
def value(n):
    match n:
        case int() if not isinstance(n, bool):
            return n
        case [Symbol("plus"), a, b]:
            return value(a) + value(b)
        case [Symbol("times"), a, b]:
            return value(a) * value(b)
    raise no_match("value")


value_result = value(List([Symbol("plus"), 1, List([Symbol("times"), 2, 3])]))
try:
    result = value(Symbol("none"))
except Failure:
    result = "no value"
print(value_result, result)
