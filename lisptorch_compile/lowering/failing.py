"""Whether evaluating a node may fail: where not, no guard against errors is written."""

from __future__ import annotations

from collections.abc import Mapping

from lisptorch_compile.catalogue.model import (
    BOOL,
    DICTS,
    FLOAT,
    INT,
    LIST,
    LISTS,
    NIL,
    NOTHING,
    SYMBOL,
    TEXT,
    Fact,
)
from lisptorch_compile.lowering.base import Lowerer
from lisptorch_compile.nodes import (
    Assign,
    Block,
    BuiltinCall,
    BuiltinValue,
    Call,
    Data,
    FunctionDef,
    If,
    Literal,
    Logical,
    Node,
    Not,
    Variable,
)
from lisptorch_compile.scope import Binding
from lisptorch_compile.walk import argument_value

_REAL = INT | FLOAT
#: Never fail, whatever they get.
_SAFE = frozenset(
    ("=", "!=", "eq", "neq", "consp", "atomp", "nullp", "numberp", "stringp", "zerop")
    + ("emptyp", "list", "type", "print", "println")
)
_COMPARISONS = frozenset(("<", ">", "<=", ">="))
#: Fail for numbers as little as for lists and texts.
_ARITHMETIC = frozenset(("+", "-", "*"))
_PREDICATES = frozenset(
    ("alphap", "digitp", "lowerp", "upperp", "punctuationp", "consonantp", "vowelp")
)
#: Never fail for a text.
_OF_TEXTS = frozenset(("upper", "lower", "trim", "trimleft", "trimright"))
#: Never fail for a list; of an empty one there is nil.
_OF_LISTS = frozenset(("car", "cdr"))
_MAX_DEPTH = 4

#: Constants that parameters are known to be: those of one call.
Constants = Mapping[Binding, Node]


def may_fail(
    lowerer: Lowerer, node: Node, constants: Constants | None = None, depth: int = 0
) -> bool:
    """Tell whether an error may come of evaluating ``node``."""

    def fails(inner: Node) -> bool:
        return may_fail(lowerer, inner, constants, depth)

    match node:
        case Literal() | Variable() | BuiltinValue() | Data():
            return False
        case Not(operand) | Assign(_, operand):
            return fails(operand)
        case Logical(_, operands) | Block(operands):
            return any([fails(operand) for operand in operands])
        case If(test, then, orelse):
            return fails(test) or fails(then) or fails(orelse)
        case BuiltinCall(builtin, arguments):
            nodes = [argument_value(argument) for argument in arguments]
            if any([fails(argument) for argument in nodes]):
                return True
            if lowerer.facts.is_sure(node):
                return False
            facts = [lowerer.fact(argument) for argument in nodes]
            return _builtin_fails(builtin.name, nodes, facts, constants or {})
        case Call(Variable(binding), arguments) if depth < _MAX_DEPTH:
            function = lowerer.facts.functions.get(binding)
            nodes = [argument_value(argument) for argument in arguments]
            if not isinstance(function, FunctionDef) or any(map(fails, nodes)):
                return True
            if len(nodes) != len(function.parameters):
                return True
            names = [parameter.binding for parameter in function.parameters]
            known = dict(zip(names, nodes, strict=True))
            steps = function.body
            return any([may_fail(lowerer, step, known, depth + 1) for step in steps])
        case _:
            return True


def _builtin_fails(
    name: str, nodes: list[Node], facts: list[Fact], constants: Constants
) -> bool:
    if name in _SAFE:
        return False
    if name in _COMPARISONS:
        return not all([_is_comparable(fact) for fact in facts])
    if name == "+" and facts[0].only(TEXT):
        return not all([fact.only(TEXT | _REAL) for fact in facts])
    if name in _ARITHMETIC:
        return not all([fact.only(_REAL) for fact in facts])
    if name in _PREDICATES or name in _OF_TEXTS:
        return not all([fact.only(TEXT) for fact in facts])
    if name in _OF_LISTS:
        return not facts[0].only(LISTS)
    if name in ("push", "pushlast"):
        return not facts[0].only(LIST)
    if name == "size":
        return not facts[0].only(LISTS | DICTS | TEXT)
    if name in ("%", "/", "mod"):
        if not all([fact.only(_REAL) for fact in facts]) or len(nodes) != 2:
            return True
        return not _is_nonzero(nodes[1], constants)
    return True


def _is_comparable(fact: Fact) -> bool:
    """Tell whether comparing a value with any other cannot fail: the runtime compares
    what may be of unlike kinds."""
    return fact.kinds == NOTHING or not fact.kinds & ~(
        _REAL | TEXT | BOOL | NIL | SYMBOL | LISTS
    )


def _is_nonzero(node: Node, constants: Constants) -> bool:
    if isinstance(node, Variable):
        node = constants.get(node.binding, node)
    return (
        isinstance(node, Literal)
        and isinstance(node.value, int | float)
        and bool(node.value)
    )
