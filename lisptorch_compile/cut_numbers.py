"""Warnings where LispE's interpreter would cut a real, and Python does not."""

from __future__ import annotations

from collections.abc import Iterator

from lisptorch_compile.catalogue.model import FLOAT, INT, Arithmetic
from lisptorch_compile.diagnostics import Diagnostic, diagnose
from lisptorch_compile.facts import Facts
from lisptorch_compile.nodes import BuiltinCall, Node, Program, Update
from lisptorch_compile.walk import argument_value, with_descendants

_ARITHMETIC = frozenset(("+", "-", "*"))
_COMPARISON = frozenset(("=", "!=", "eq", "neq", "<", "<=", ">", ">="))


def cut_numbers(program: Program, facts: Facts) -> Iterator[Diagnostic]:
    """Yield a warning for each operation with an integer on the left of a real.

    Only what ``facts`` prove counts: those of LispE's arithmetic, so that what depends on
    a number that was cut is not to blame, too.
    """
    assert facts.numbers is Arithmetic.LISPE
    for node in with_descendants(program.body):
        operation = _operation(node, facts)
        if operation is not None:
            yield diagnose("LT0612", node.span, operator=operation)


def _operation(node: Node, facts: Facts) -> str | None:
    """Return the operator that has an integer on its left and a real on its right."""
    match node:
        case BuiltinCall(builtin, arguments) if builtin.name in _ARITHMETIC:
            known = [facts.of(argument_value(argument)) for argument in arguments]
            cut = known[0].only(INT) and any([fact.only(FLOAT) for fact in known[1:]])
            return builtin.name if cut else None
        case BuiltinCall(builtin, arguments) if builtin.name in _COMPARISON:
            known = [facts.of(argument_value(argument)) for argument in arguments]
            lefts = known if not builtin.name.endswith("q") else known[:1] * len(known)
            pairs = zip(lefts, known[1:], strict=False)
            cut = any([a.only(INT) and b.only(FLOAT) for a, b in pairs])
            return builtin.name if cut else None
        case Update(operator, binding, operands) if operator.name in _ARITHMETIC:
            real = any([facts.of(operand).only(FLOAT) for operand in operands])
            whole = facts.of_variable(binding).only(INT)
            return f"{operator.name}=" if whole and real else None
        case _:
            return None
