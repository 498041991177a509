"""Code that only the running program knows: ``eval``, ``loadcode``, ``load`` of a path."""

from __future__ import annotations

from lisptorch_compile import pytree as py
from lisptorch_compile.catalogue.model import Arithmetic
from lisptorch_compile.diagnostics import Span
from lisptorch_compile.lowering.base import Lowerer
from lisptorch_compile.lowering.build import Code, literal
from lisptorch_compile.lowering.containers import Handler, arguments_of
from lisptorch_compile.names import spell
from lisptorch_compile.nodes import BuiltinCall
from lisptorch_compile.pytree import Expr


def _evaluate(lowerer: Lowerer, node: BuiltinCall, *, plain: bool = False) -> Code:
    """``(eval code)`` → ``evaluate(code, globals(), locals())``: the locals, in a function,
    are read only."""
    scopes = [_call("globals", node.span)]
    if not lowerer.frame.is_module:
        scopes.append(_locals(lowerer, node.span))
    return _called(lowerer, "evaluate", node, scopes)


def _locals(lowerer: Lowerer, span: Span) -> Expr:
    """``locals()``; in a lambda with the parameters of the functions around it, which
    Python would not give to a function that never speaks of them."""
    own = _call("locals", span)
    around = [b for frame in lowerer.frames[1:-1] for b in frame.parameters]
    if not around:
        return own
    entries: list[tuple[Expr | None, Expr]] = [
        (literal(spell(binding.name), span), lowerer.variable(binding, span))
        for binding in around
    ]
    return py.DictDisplay((*entries, (None, own)), span)


def _load(lowerer: Lowerer, node: BuiltinCall, *, plain: bool = False) -> Code:
    """``(load path)`` → ``evaluate_file(path, globals())``."""
    return _called(lowerer, "evaluate_file", node, [_call("globals", node.span)])


def _called(lowerer: Lowerer, name: str, node: BuiltinCall, scopes: list[Expr]) -> Code:
    # a second argument names a space of functions, which all are the program's here
    before, values = lowerer.operands(arguments_of(node)[:1])
    span = node.span
    meaning = py.Keyword("numbers", literal(lowerer.facts.numbers.value, span), span)
    keywords = () if lowerer.facts.numbers is Arithmetic.PYTHON else (meaning,)
    function = lowerer.imported(name, span)
    return Code(before, py.Call(function, (*values, *scopes), keywords, span))


def _call(name: str, span: Span) -> Expr:
    return py.Call(py.Name(name, span), (), (), span)


VALUES: dict[str, Handler] = {
    "eval": _evaluate,
    "loadcode": _evaluate,
    "load": _load,
}
