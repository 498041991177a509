"""The classes of a program: their fields, their methods, and who derives from whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from lisptorch_compile.analyzer.parameters import ParameterForm, Signature, Slot
from lisptorch_compile.analyzer.regions import Class, Region
from lisptorch_compile.names import spell_attribute, spell_field
from lisptorch_compile.scope import Binding, BindingKind


@dataclass(slots=True)
class Hierarchy:
    """Answers questions about the classes that a file defines or loads, by name."""

    classes: dict[str, Class] = field(default_factory=dict)

    # --- kinship ------------------------------------------------------------------------

    def parent(self, one: Class) -> Class | None:
        """Return the class that ``one`` derives from, None for a class of Python."""
        return self.classes.get(one.parent) if one.parent is not None else None

    def line(self, one: Class) -> list[Class]:
        """Return ``one`` and what it derives from, the nearest first."""
        result = [one]
        while (above := self.parent(result[-1])) is not None and above not in result:
            result.append(above)
        return result

    def is_circular(self, one: Class) -> bool:
        """Tell whether a class derives from itself."""
        return self.parent(self.line(one)[-1]) is not None

    def descendants(self, one: Class) -> list[Class]:
        """Return the classes that derive from ``one``."""
        derived = [c for c in self.classes.values() if c.parent is not None]
        return [c for c in derived if c is not one and one in self.line(c)]

    def is_foreign(self, one: Class) -> bool:
        """Tell whether a class of Python stands above ``one``."""
        return self.line(one)[-1].parent is not None and not self.is_circular(one)

    # --- fields -------------------------------------------------------------------------

    def fields(self, one: Class) -> list[ParameterForm]:
        """Return what the constructor takes: own fields before inherited ones."""
        result: dict[str, ParameterForm] = {}
        for each in self.line(one):
            for parameter in each.own:
                result.setdefault(parameter.binding.name, parameter)
        return list(result.values())

    def signature(self, one: Class) -> Signature:
        return tuple(
            [
                Slot(p.binding.name, p.optional or p.default is not None)
                for p in self.fields(one)
            ]
        )

    def attribute(self, one: Class, name: str) -> Binding:
        """Return the attribute of a name, the same for all kin of a class."""
        root = self.line(one)[-1]
        if name not in root.attributes:
            kin = [root, *self.descendants(root)]
            beside = f"{spell_attribute(name)}_" if _is_method(name, kin) else None
            field = Binding(name, BindingKind.FIELD, one.binding.span, beside)
            root.attributes[name] = field
        return root.attributes[name]

    def spelling(self, one: Class, name: str) -> str:
        """Return what Python calls the field of a name."""
        return spell_field(self.attribute(one, name))

    def added(self, one: Class) -> list[str]:
        """Return the names of the fields that only methods set."""
        names = [name for each in self.line(one) for name in each.added]
        declared = {field.binding.name for field in self.fields(one)}
        return [name for name in dict.fromkeys(names) if name not in declared]

    def has_field(self, one: Class, name: str) -> bool:
        """Tell whether instances of a class have the field, from the start or later."""
        return any(name in own_names(each) for each in self.line(one))

    # --- methods ------------------------------------------------------------------------

    def method(self, one: Class, name: str) -> Binding | None:
        """Return the version of a method that instances of a class have."""
        for each in self.line(one):
            if name in each.methods:
                return each.methods[name]
        return None

    def with_method(self, name: str) -> list[Class]:
        """Return the classes whose instances have a method."""
        return [c for c in self.classes.values() if self.method(c, name) is not None]

    def has_methods(self, name: str) -> bool:
        return any(name in each.methods for each in self.classes.values())

    def are_fields(self, name: str) -> bool:
        return any(name in own_names(each) for each in self.classes.values())

    # --- names in a method ----------------------------------------------------------------

    def members(self, one: Class, outside: Mapping[str, object]) -> dict[str, Binding]:
        """Return what names mean in the methods of a class: fields and methods of its
        own, of its parents, and, where nothing ``outside`` has the name, of its children.

        A name that is both means the field; ``method`` tells what a call of it means.
        """
        children = self._names_of(self.descendants(one))
        unknown = {n: b for n, b in children.items() if n not in outside}
        return {**unknown, **self._names_of(self.line(one)[::-1])}

    def _names_of(self, classes: list[Class]) -> dict[str, Binding]:
        """Return what names mean in classes, of which later ones count more."""
        methods = {name: b for each in classes for name, b in each.methods.items()}
        fields = {n: self.attribute(c, n) for c in classes for n in own_names(c)}
        return {**methods, **fields}


def _is_method(name: str, classes: Iterable[Class]) -> bool:
    return any(name in each.methods for each in classes)


def own_names(one: Class) -> Iterator[str]:
    """Yield the names of the fields that a class declares or its methods add."""
    for parameter in one.own:
        yield parameter.binding.name
    yield from one.added


def note_added_fields(classes: Iterable[Class]) -> None:
    """Give each class the fields that its methods add by ``setqi``, and tell the regions
    of its methods which names are fields."""
    hierarchy = Hierarchy({each.binding.name: each for each in classes})
    for each in hierarchy.classes.values():
        for region in each.regions:
            for name, span in region.added_fields.items():
                each.added.setdefault(name, span)
    for each in hierarchy.classes.values():
        names = {name for kin in hierarchy.line(each) for name in own_names(kin)}
        for region in each.regions:
            region.fields = frozenset(names)


def field_region(region: Region) -> Region:
    """Return the function or file that the code of a region belongs to."""
    while region.parent is not None and not region.is_function:
        region = region.parent
    return region
