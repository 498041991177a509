"""Definitions before their first use at run time (design: LispE defines them first)."""

from __future__ import annotations

from collections.abc import Sequence

from lisptorch_compile.nodes import (
    ClassDef,
    FunctionDef,
    Node,
    PatternFunction,
    Variable,
)
from lisptorch_compile.scope import Binding, BindingKind
from lisptorch_compile.walk import children

Definition = FunctionDef | PatternFunction | ClassDef

_DEFINED = (BindingKind.FUNCTION, BindingKind.CLASS)


def definitions_first(nodes: Sequence[Node]) -> list[Node]:
    """Return the top-level nodes, each function before the first statement that may
    call it; where no statement does, the author's order stays."""
    definitions = {n.binding: n for n in nodes if isinstance(n, Definition)}
    reached = _Reached(definitions)
    placed: set[Binding] = set()
    result: list[Node] = []

    def place(definition: Definition) -> None:
        placed.add(definition.binding)
        for binding in _needed(definition):
            if binding not in placed and binding in definitions:
                place(definitions[binding])
        result.append(definition)

    for node in nodes:
        if isinstance(node, Definition):
            if node.binding not in placed or definitions[node.binding] is not node:
                place(node)
            continue
        for binding in reached.by(node):
            if binding not in placed:
                place(definitions[binding])
        result.append(node)
    return result


def _needed(definition: Definition) -> list[Binding]:
    """Return what must be there when a definition is executed: a class's parent."""
    match definition:
        case ClassDef(_, Variable(binding)):
            return [binding]
        case _:
            return []


class _Reached:
    """Which functions of the file a statement may come to call."""

    def __init__(self, definitions: dict[Binding, Definition]) -> None:
        self.definitions = definitions
        self.mentions: dict[Binding, list[Binding]] = {}

    def by(self, node: Node) -> list[Binding]:
        """Return the functions that ``node`` reaches, in source order."""
        found: set[Binding] = set()
        pending = self._mentioned(node)
        while pending:
            binding = pending.pop()
            if binding not in found:
                found.add(binding)
                pending.extend(self._mentioned_by_function(binding))
        return [binding for binding in self.definitions if binding in found]

    def _mentioned_by_function(self, binding: Binding) -> list[Binding]:
        if binding not in self.mentions:
            self.mentions[binding] = self._mentioned(self.definitions[binding])
        return self.mentions[binding]

    def _mentioned(self, node: Node) -> list[Binding]:
        result: list[Binding] = []
        stack: list[Node] = [node]
        while stack:
            current = stack.pop()
            if (
                isinstance(current, Variable)
                and current.binding.kind in _DEFINED
                and current.binding in self.definitions
            ):
                result.append(current.binding)
            stack.extend(children(current))
        return result
