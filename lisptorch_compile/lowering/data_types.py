"""``data@`` → classes that declare their fields as dataclasses do.

(data@ Shape [Circle [Point _ _] integer_] …)
class Shape(Record):
    pass
class Circle(Shape):
    center: Point
    radius: int
"""

from __future__ import annotations

from lisptorch_compile import nodes, patterns
from lisptorch_compile import pytree as py
from lisptorch_compile.diagnostics import Span
from lisptorch_compile.lowering.base import Lowerer
from lisptorch_compile.lowering.build import call, literal
from lisptorch_compile.names import spell, spell_attribute
from lisptorch_compile.nodes import (
    Constraint,
    DataDef,
    DataType,
    NestedConstraint,
    Node,
    PatternFunction,
    Program,
)
from lisptorch_compile.pytree import Expr, Stmt
from lisptorch_compile.scope import Binding
from lisptorch_compile.walk import children

#: What fields are called that no pattern of the program names.
_ORDINALS = (
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
)

#: The Python classes whose instances have an atom for their type.
_CLASSES = {
    "integer_": "int",
    "number_": "float",
    "string_": "str",
    "list_": "list",
    "dictionary_": "dict",
    "atom_": "Symbol",
}

FieldNames = dict[Binding, dict[int, str]]


def lower_data(lowerer: Lowerer, node: DataDef) -> list[Stmt]:
    """Return the classes of a ``data@``; the group stands first."""
    parent = lowerer.imported("Record", node.span)
    result: list[Stmt] = []
    if node.group is not None:
        result.append(_class(node.group, parent, _spelling(node.group), node.span))
        parent = py.Name(node.group, node.span)
        lowerer.defined.add(node.group)
    for each in node.types:
        body = _spelling(each.binding) + _fields(lowerer, each)
        result.append(_class(each.binding, parent, body, each.span))
        lowerer.defined.add(each.binding)
    return result


def _class(binding: Binding, parent: Expr, body: list[Stmt], span: Span) -> Stmt:
    name = py.Name(binding, span)
    return py.ClassDef(name, (parent,), tuple(body), (), None, (), span)


def _spelling(binding: Binding) -> list[Stmt]:
    """Return the LispE name of a type, where Python's differs."""
    if spell(binding.name) == binding.name:
        return []
    target = py.Name("lisp_name", binding.span)
    value = literal(binding.name, binding.span)
    return [py.Assign((target,), value, binding.span)]


def _fields(lowerer: Lowerer, each: DataType) -> list[Stmt]:
    known = lowerer.field_names.get(each.binding, {})
    types = [field.name.lower() for field in each.fields if isinstance(field, Binding)]
    names: list[str] = []
    for index, field in enumerate(each.fields):
        ordinal = _ORDINALS[index] if index < len(_ORDINALS) else f"field_{index + 1}"
        wish = known.get(index, ordinal)
        if index not in known and isinstance(field, Binding):
            own = spell(field.name.lower())
            wish = own if types.count(field.name.lower()) == 1 else ordinal
        taken = names + [name for place, name in known.items() if place != index]
        names.append(wish if wish not in taken else ordinal)
    return [
        py.Declaration(name, _kind(lowerer, constraint, each.span), each.span)
        for name, constraint in zip(names, each.fields, strict=True)
    ]


def _kind(lowerer: Lowerer, constraint: Constraint, span: Span) -> Expr:
    """Return what a field takes: a class, the name of one that is defined later."""
    match constraint:
        case None:
            return py.Name("object", span)
        case str():
            name = _CLASSES.get(constraint)
            if name is None:
                kind = lowerer.imported("Kind", span)
                return call(kind, [literal(constraint, span)], span)
            return lowerer.imported(name, span)
        case NestedConstraint(binding, fields):
            record = (
                literal(None, span)
                if binding is None
                else _type(lowerer, binding, span)
            )
            kinds = [_kind(lowerer, field, span) for field in fields]
            return call(lowerer.imported("Nested", span), [record, *kinds], span)
        case Binding():
            return _type(lowerer, constraint, span)


def _type(lowerer: Lowerer, binding: Binding, span: Span) -> Expr:
    if binding in lowerer.defined:
        return lowerer.variable(binding, span)
    return literal(spell(binding.name), span)


# --- names of fields ---------------------------------------------------------------------------


def field_names(program: Program) -> FieldNames:
    """Return the names that the program's patterns give to fields, by type and place:
    ``[Point x y]`` names those of a Point."""
    found: FieldNames = {}
    stack: list[Node] = list(program.body)
    while stack:
        node = stack.pop(0)
        if isinstance(node, PatternFunction):
            for rule in node.rules:
                for pattern in rule.patterns:
                    for part in patterns.within(pattern):
                        _note(part, found)
        stack.extend(children(node))
    return found


def _note(part: nodes.Pattern | nodes.Kleene, found: FieldNames) -> None:
    if not isinstance(part, nodes.Instance):
        return
    names = found.setdefault(part.type, {})
    for index, field in enumerate(part.fields):
        match field:
            case nodes.Capture(binding) | nodes.TypeTest(_, nodes.Capture(binding)):
                name = spell_attribute(binding.name)
                if not hasattr(list, name) and name not in names.values():
                    names.setdefault(index, name)
