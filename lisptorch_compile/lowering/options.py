"""Options written as a list of pairs, where nothing but options is made of them.

(setq config (("top_k" 40) ("top_p" 0.9)))          config = {"top_k": 40, "top_p": 0.9}
(torch_generator_config generator config)      →    generator.configure(config)
"""

from __future__ import annotations

from lisptorch_compile import pytree as py
from lisptorch_compile.catalogue.model import parse_parameters
from lisptorch_compile.lowering.base import Lowerer
from lisptorch_compile.lowering.build import Code
from lisptorch_compile.nodes import (
    Assign,
    BuiltinCall,
    ListLiteral,
    Literal,
    Node,
    Program,
    Update,
    Variable,
)
from lisptorch_compile.pytree import Expr
from lisptorch_compile.scope import Binding
from lisptorch_compile.walk import argument_value, children


def option_tables(program: Program) -> set[Binding]:
    """Return the variables that hold a list of pairs and serve as options alone."""
    tables: set[Binding] = set()
    others: set[Binding] = set()
    stack: list[Node] = list(program.body)
    while stack:
        node = stack.pop()
        below = children(node)
        match node:
            case Assign(binding, value):
                (tables if is_table(value) and binding not in tables else others).add(
                    binding
                )
            case Update(_, binding) | Variable(binding):
                others.add(binding)
            case BuiltinCall():
                below = tuple([n for n in below if not _is_option(node, n)])
        stack.extend(below)
    return tables - others


def is_table(node: Node) -> bool:
    """Tell whether a node writes out pairs of a text and a value."""
    return isinstance(node, ListLiteral) and all(
        [
            isinstance(item, ListLiteral)
            and len(item.items) == 2
            and isinstance(item.items[0], Literal)
            and isinstance(item.items[0].value, str)
            for item in node.items
        ]
    )


def _is_option(call: BuiltinCall, node: Node) -> bool:
    """Tell whether ``node`` is a variable given where a builtin takes options."""
    if not isinstance(node, Variable):
        return False
    places = [
        place
        for place, argument in enumerate(call.arguments)
        if argument_value(argument) is node
    ]
    for overload in call.builtin.overloads:
        parameters = parse_parameters(overload.parameters)
        for place in places:
            if place < len(parameters) and parameters[place].role == "options":
                return True
    return False


def table(lowerer: Lowerer, node: Node) -> Code:
    """Return the dictionary that a list of pairs stands for."""
    assert isinstance(node, ListLiteral)
    pairs = [item.items for item in node.items if isinstance(item, ListLiteral)]
    before, values = lowerer.operands([value for _, value in pairs])
    entries: list[tuple[Expr | None, Expr]] = [
        (py.Literal(key.value, key.span), value)
        for (key, _), value in zip(pairs, values, strict=True)
        if isinstance(key, Literal)
    ]
    return Code(before, py.DictDisplay(tuple(entries), node.span))
