"""The parts of a ``data@`` form, as both passes need them, whatever its faults."""

from __future__ import annotations

from lisptorch_compile.forms import Form, ListForm, Symbol


def data_parts(form: ListForm) -> tuple[Symbol | None, tuple[Form, ...]]:
    """Return the name of the group, if there is one, and the descriptors."""
    match form.items[1:]:
        case (Symbol() as group, ListForm(), *_):
            return group, form.items[2:]
        case descriptors:
            return None, tuple(descriptors)


def descriptor_name(descriptor: Form) -> Symbol | None:
    """Return the name of the type that ``[Point integer_ _]`` or ``Empty`` describes."""
    match descriptor:
        case Symbol() | ListForm((Symbol(), *_)):
            return descriptor if isinstance(descriptor, Symbol) else _first(descriptor)
        case _:
            return None


def _first(descriptor: ListForm) -> Symbol | None:
    first = descriptor.items[0]
    return first if isinstance(first, Symbol) else None


def field_count(descriptor: Form) -> int:
    """Return how many fields a descriptor has."""
    return len(descriptor.items) - 1 if isinstance(descriptor, ListForm) else 0


def is_definition(form: ListForm) -> bool:
    """Tell whether ``(data …)``, as ``data@`` was written once, looks like one: of names in
    lists and nothing else. The name serves for variables and functions, too."""
    stack = list(form.items[1:])
    lists = 0
    while stack:
        match stack.pop():
            case ListForm((Symbol(), *_) as items):
                lists += 1
                stack.extend(items)
            case Symbol():
                pass
            case _:
                return False
    _, descriptors = data_parts(form)
    every = [isinstance(descriptor, ListForm) for descriptor in descriptors]
    return lists > 0 and all(every)
