"""`print` and `println`: Python's ``print`` for texts and numbers, else the runtime's."""

from __future__ import annotations

from collections.abc import Sequence

from lisptorch_compile import pytree as py
from lisptorch_compile.catalogue.model import FLOAT, INT, TEXT, Fact
from lisptorch_compile.diagnostics import Span
from lisptorch_compile.lowering.base import Lowerer
from lisptorch_compile.lowering.build import literal
from lisptorch_compile.lowering.containers import (
    EffectHandler,
    Handler,
    arguments_of,
)
from lisptorch_compile.lowering.texts import join_texts, text_parts
from lisptorch_compile.nodes import BuiltinCall
from lisptorch_compile.pytree import Expr, Stmt


def _println(lowerer: Lowerer, node: BuiltinCall) -> list[Stmt] | None:
    """``(println "loss" x)`` → ``print("loss", f"{x:g}")``."""
    nodes = arguments_of(node)
    facts = [lowerer.fact(argument) for argument in nodes]
    if not all([_python_prints(fact) for fact in facts]):
        return None
    before, values = lowerer.operands(nodes)
    shown = [_shown(lowerer, v, f) for v, f in zip(values, facts, strict=True)]
    return [*before, _print(shown, (), node.span)]


def _print_bare(lowerer: Lowerer, node: BuiltinCall) -> list[Stmt] | None:
    """``(print a b)`` → ``print(f"{a}{b}", end="")``."""
    nodes = arguments_of(node)
    facts = [lowerer.fact(argument) for argument in nodes]
    if not nodes or not all([_python_prints(fact) for fact in facts]):
        return None
    before, values = lowerer.operands(nodes)
    if len(values) == 1:
        text = _shown(lowerer, values[0], facts[0])
    else:
        text = join_texts(lowerer, values, facts, node.span)
    end = py.Keyword("end", literal("", node.span), node.span)
    return [*before, _print([text], (end,), node.span)]


def _python_prints(fact: Fact) -> bool:
    """Python prints texts and integers as LispE does, reals by ``:g``."""
    return fact.only(TEXT | INT) or fact.only(FLOAT)


def _shown(lowerer: Lowerer, value: Expr, fact: Fact) -> Expr:
    if fact.only(FLOAT):
        (part,) = text_parts(lowerer, value, fact)
        if isinstance(part, str):
            return literal(part, value.span)
        return py.FString((part,), value.span)
    return value


def _print(
    values: Sequence[Expr], keywords: tuple[py.Keyword, ...], span: Span
) -> Stmt:
    call = py.Call(py.Name("print", span), tuple(values), keywords, span)
    return py.ExprStmt(call, span)


VALUES: dict[str, Handler] = {}
EFFECTS: dict[str, EffectHandler] = {"println": _println, "print": _print_bare}
