"""The classes of a program as the facts see them: who may be meant by a method's name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from lisptorch_compile.forms import Form, ListForm, Number, String, Symbol
from lisptorch_compile.names import spell_attribute, spell_field
from lisptorch_compile.nodes import (
    Attribute,
    Call,
    ClassDef,
    Constraint,
    DataDef,
    DataType,
    FunctionDef,
    Node,
    PatternFunction,
    Program,
    Send,
    SuperCall,
    Variable,
)
from lisptorch_compile.scope import Binding, BindingKind


@dataclass(slots=True)
class ClassTable:
    """Classes by their binding, methods and fields by their Python names.

    ``versions``: for a method, those of the same name in the classes that are kin to its
    own, itself among them; ``foreign``: classes that derive from one of Python;
    ``records``: the types of ``data@``, ``groups``: those that they belong to,
    ``parts``: for a type, what stands for each of its fields; ``record_names``: the types
    by their names, ``group_names``: those of groups; ``respelled``: fields that Python
    calls otherwise, as a method has their name.
    """

    classes: dict[Binding, ClassDef] = field(default_factory=dict)
    methods: dict[str, list[Binding]] = field(default_factory=dict)
    fields: dict[str, list[Binding]] = field(default_factory=dict)
    versions: dict[Binding, tuple[Binding, ...]] = field(default_factory=dict)
    foreign: set[Binding] = field(default_factory=set)
    records: dict[Binding, DataType] = field(default_factory=dict)
    groups: dict[Binding, Binding] = field(default_factory=dict)
    parts: dict[Binding, tuple[Binding, ...]] = field(default_factory=dict)
    record_names: dict[str, Binding] = field(default_factory=dict)
    group_names: set[str] = field(default_factory=set)
    respelled: set[str] = field(default_factory=set)

    def callees(self, node: Node) -> tuple[Binding, ...]:
        """Return the functions of the program that a call may run."""
        match node:
            case Call(Variable(binding)):
                return self.versions.get(binding, (binding,))
            case Call(Attribute(_, name)) | Send(_, name) | SuperCall(_, name):
                return tuple(self.methods.get(name, ()))
            case _:
                return ()

    def called_by_python(self, one: ClassDef) -> list[Binding]:
        """Return the methods that code outside of the program may call."""
        methods = [
            m.binding
            for m in one.methods
            if isinstance(m, FunctionDef | PatternFunction)
        ]
        if one.binding in self.foreign:
            return methods
        return [binding for binding in methods if binding.name.startswith("__")]

    def quoted_record(self, form: Form) -> Binding | None:
        """Return the type of which ``'(Point 1 2)`` is a record; None: it fits no
        definition, which is an error only where a pattern meets it."""
        match form:
            case ListForm((Symbol(name), *items)) if name in self.record_names:
                each = self.records[self.record_names[name]]
                pairs = list(zip(each.fields, items, strict=False))
                fit = all([self._takes(field, item) for field, item in pairs])
                return each.binding if fit and len(each.fields) == len(items) else None
            case _:
                return None

    def _takes(self, constraint: Constraint, item: Form) -> bool:
        """Tell whether a field surely takes a quoted datum."""
        match constraint, item:
            case (None, _):
                return True
            case (str(), Number(value)):
                return constraint == "number_" or (
                    constraint == "integer_" and isinstance(value, int)
                )
            case (str(), String()):
                return constraint == "string_"
            case (str(), Symbol(name)):
                return constraint in ("atom_", name)
            case (str(), ListForm()):
                return constraint == "list_"
            case (Binding(), ListForm()):
                record = self.quoted_record(item)
                return record is constraint or (
                    record is not None and self.groups.get(record) is constraint
                )
            case _:
                return False


def class_table(program: Program) -> ClassTable:
    """Return the classes of a program."""
    definitions = [node for node in program.body if isinstance(node, ClassDef)]
    table = ClassTable({one.binding: one for one in definitions})
    for node in program.body:
        if isinstance(node, DataDef):
            table.records.update({each.binding: each for each in node.types})
            table.parts.update({each.binding: _parts(each) for each in node.types})
            table.record_names.update(
                {each.binding.name: each.binding for each in node.types}
            )
            if node.group is not None:
                bindings = [each.binding for each in node.types]
                table.groups.update(dict.fromkeys(bindings, node.group))
                table.group_names.add(node.group.name)
    versions: dict[tuple[Binding, str], list[Binding]] = {}
    for one in definitions:
        root, is_foreign = _root(table, one)
        if is_foreign:
            table.foreign.add(one.binding)
        for attribute in _attributes(one):
            names = {spell_field(attribute), spell_attribute(attribute.name)}
            if len(names) > 1:
                table.respelled.add(attribute.name)
            for name in names:
                known = table.fields.setdefault(name, [])
                if attribute not in known:
                    known.append(attribute)
        for method in one.methods:
            if isinstance(method, FunctionDef | PatternFunction):
                name = spell_attribute(method.binding.name)
                table.methods.setdefault(name, []).append(method.binding)
                versions.setdefault((root, name), []).append(method.binding)
    for group in versions.values():
        table.versions.update(dict.fromkeys(group, tuple(group)))
    return table


def _parts(each: DataType) -> tuple[Binding, ...]:
    """Return a binding for each field of a record, for what is known of it."""
    return tuple(
        [
            Binding(f"{each.binding.name} {index}", BindingKind.FIELD, each.span)
            for index in range(len(each.fields))
        ]
    )


def _attributes(one: ClassDef) -> Iterable[Binding]:
    return [*[field.attribute for field in one.fields], *one.added]


def _root(table: ClassTable, one: ClassDef) -> tuple[Binding, bool]:
    """Return the topmost class of the program above ``one``, and whether it has a parent."""
    while True:
        match one.base:
            case Variable(binding) if binding in table.classes:
                one = table.classes[binding]
            case base:
                return one.binding, base is not None


def is_callable_name(binding: Binding) -> bool:
    """Tell whether a name always stands for the same function or class."""
    return binding.kind in (
        BindingKind.FUNCTION,
        BindingKind.CLASS,
        BindingKind.METHOD,
    )
