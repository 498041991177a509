"""Assignments that say what an update says: ``i += 1`` for ``(setq i (+ i 1))``."""

from __future__ import annotations

from lisptorch_compile.catalogue.model import FLOAT, INT, TEXT
from lisptorch_compile.lowering.base import Lowerer
from lisptorch_compile.nodes import Assign, BuiltinCall, Literal, Update, Variable
from lisptorch_compile.walk import argument_value


def as_update(lowerer: Lowerer, node: Assign) -> Update | None:
    """``(setq i (+ i 1))`` of numbers or texts is ``(+= i 1)``; None: it is no update."""
    match node.value:
        case BuiltinCall(builtin, arguments) if builtin.name in ("+", "-", "*"):
            operands = [argument_value(argument) for argument in arguments]
        case _:
            return None
    facts = [lowerer.fact(operand) for operand in operands]
    numbers = len(facts) == 2 and all([fact.only(INT | FLOAT) for fact in facts])
    if numbers and builtin.name != "-" and isinstance(operands[0], Literal):
        operands.reverse()
    match operands:
        case [Variable(binding), _, *_] if binding is node.binding:
            texts = builtin.name == "+" and facts[0].only(TEXT)
            shown = all([fact.only(TEXT | INT | FLOAT) for fact in facts])
            if numbers or texts and shown:
                return Update(builtin, binding, tuple(operands[1:]), node.span)
    return None
