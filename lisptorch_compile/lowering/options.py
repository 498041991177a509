"""Options written as a list of pairs, where nothing but options is made of them.

(setq config (("top_k" 40) ("top_p" 0.9)))          config = {"top_k": 40, "top_p": 0.9}
(torch_generator_config generator config)      →    generator.configure(config)
"""

from __future__ import annotations

from lisptorch_compile import pytree as py
from lisptorch_compile.facts import Facts
from lisptorch_compile.lowering.base import Lowerer
from lisptorch_compile.lowering.build import Code
from lisptorch_compile.lowering.uses import has_role, serving
from lisptorch_compile.nodes import (
    ListLiteral,
    Literal,
    Node,
    Program,
)
from lisptorch_compile.pytree import Expr
from lisptorch_compile.scope import Binding


def option_tables(program: Program, facts: Facts) -> set[Binding]:
    """Return the variables that hold a list of pairs and serve as options alone."""
    return serving(
        program, facts, is_table, lambda call, place: has_role(call, place, "options")
    )


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
