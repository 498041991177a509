"""Definitions before their first use at run time (design: LispE defines them first)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lisptorch_compile.forms import Form, ListForm, Symbol
from lisptorch_compile.nodes import (
    BuiltinCall,
    ClassDef,
    Constraint,
    Data,
    DataDef,
    FunctionDef,
    Instance,
    NestedConstraint,
    Node,
    PatternFunction,
    Variable,
)
from lisptorch_compile.patterns import within
from lisptorch_compile.scope import Binding, BindingKind
from lisptorch_compile.walk import children

Definition = FunctionDef | PatternFunction | ClassDef | DataDef

#: What may use any definition: it runs code that is not here, or makes a name of a text.
RUNNERS = frozenset(("eval", "loadcode", "load", "atom"))

_DEFINED = (BindingKind.FUNCTION, BindingKind.CLASS)


def definitions_first(nodes: Sequence[Node]) -> list[Node]:
    """Return the top-level nodes, each function before the first statement that may
    call it; where no statement does, the author's order stays."""
    definitions = defined_by(nodes)
    reached = Reached(definitions)
    placed: set[Binding] = set()
    result: list[Node] = []

    def place(definition: Definition) -> None:
        placed.update(_names(definition))
        for binding in _needed(definition):
            if binding not in placed and binding in definitions:
                place(definitions[binding])
        result.append(definition)

    for node in nodes:
        if isinstance(node, Definition):
            names = _names(node)
            is_placed = any([name in placed for name in names])
            if not is_placed or definitions[names[0]] is not node:
                place(node)
            continue
        for binding in reached.by(node):
            if binding not in placed:
                place(definitions[binding])
        result.append(node)
    return result


def defined_by(nodes: Sequence[Node]) -> dict[Binding, Definition]:
    """Return the functions and types of the top level; of several for a name, the last."""
    return {
        name: node
        for node in nodes
        if isinstance(node, Definition)
        for name in _names(node)
    }


def _names(definition: Definition) -> list[Binding]:
    """Return what a definition defines."""
    if not isinstance(definition, DataDef):
        return [definition.binding]
    group = [] if definition.group is None else [definition.group]
    return [*group, *[each.binding for each in definition.types]]


def _needed(definition: Definition) -> list[Binding]:
    """Return what must be there when a definition is executed: a class's parent, the
    types of the fields of a data type."""
    match definition:
        case ClassDef(_, Variable(binding)):
            return [binding]
        case DataDef(_, types):
            return [name for each in types for name in _types_in(each.fields)]
        case _:
            return []


def _types_in(fields: tuple[Constraint, ...]) -> list[Binding]:
    found: list[Binding] = []
    for field in fields:
        match field:
            case Binding():
                found.append(field)
            case NestedConstraint(binding, inner):
                found.extend([] if binding is None else [binding])
                found.extend(_types_in(inner))
    return found


class Reached:
    """Which definitions a statement may come to use, those that it calls use included."""

    def __init__(self, definitions: dict[Binding, Definition]) -> None:
        self.definitions = definitions
        self.types = {
            binding.name: binding
            for binding, definition in definitions.items()
            if isinstance(definition, DataDef)
        }
        self.mentions: dict[Binding, list[Binding]] = {}

    def by(self, node: Node) -> list[Binding]:
        """Return the definitions that ``node`` reaches, in source order."""
        return self.with_those_of(self._mentioned(node))

    def with_those_of(self, definitions: Iterable[Binding]) -> list[Binding]:
        """Return definitions and all that these reach, in source order."""
        found: set[Binding] = set()
        pending = list(definitions)
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
            if isinstance(current, PatternFunction):
                matched = _types_matched(current)
                result.extend([each for each in matched if each in self.definitions])
            elif isinstance(current, BuiltinCall) and current.builtin.name in RUNNERS:
                result.extend(self.definitions)
            elif isinstance(current, Data):
                result.extend(
                    [self.types[n] for n in self.types if n in _names_in(current)]
                )
            stack.extend(children(current))
        return result


def _types_matched(node: PatternFunction) -> list[Binding]:
    """Return the types that the patterns of a function name."""
    return [
        part.type
        for rule in node.rules
        for pattern in rule.patterns
        for part in within(pattern)
        if isinstance(part, Instance)
    ]


def _names_in(node: Data) -> set[str]:
    """Return the atoms of a quoted datum."""
    found: set[str] = set()
    stack: list[Form] = [node.form]
    while stack:
        match stack.pop():
            case Symbol(name):
                found.add(name)
            case ListForm(items):
                stack.extend(items)
    return found
