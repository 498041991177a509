"""Imports that the author wrote: their statements, and what is known of the modules."""

from __future__ import annotations

from collections.abc import Iterator

from lisptorch_compile import pytree as py
from lisptorch_compile.catalogue.imports import IMPORTS
from lisptorch_compile.lowering.effects import assigned_by
from lisptorch_compile.nodes import (
    Attribute,
    Call,
    Node,
    Program,
    PyImport,
    Variable,
)
from lisptorch_compile.scope import Binding
from lisptorch_compile.walk import children

#: Modules whose functions copy what is in a list, and never keep the list itself.
_COPYING = frozenset(("math", "numpy", "statistics", "torch"))
#: Their parts that do keep it.
_KEEPING = frozenset(("utils", "jit", "save", "fx"))


def import_statements(node: PyImport, builtins: set[Binding]) -> Iterator[py.Import]:
    """``from os import path`` rather than ``import os.path as path``."""
    module, span = node.module, node.span
    for member, binding in zip(node.members, node.bindings, strict=False):
        if binding not in builtins:
            yield py.Import(module, member, binding, span)
    if not node.members:
        binding = node.bindings[0]
        package, _, name = module.rpartition(".")
        if package and binding.name == name:
            yield py.Import(package, name, binding, span)
        else:
            yield py.Import(module, None, binding, span)


def shared_imports(program: Program) -> dict[str, Binding]:
    """Return the names of the catalogue that the author imports, too: one import serves
    both, unless the variable is given something else."""
    wanted = {
        f"{source.module}.{source.name}" if source.name else source.module: name
        for name, source in IMPORTS.items()
    }
    found: dict[str, Binding] = {}
    for node in program.body:
        if isinstance(node, PyImport):
            for path, binding in _bound(node):
                if path in wanted:
                    found[wanted[path]] = binding
    if not found:
        return found
    reassigned = _assigned_otherwise(program)
    return {n: binding for n, binding in found.items() if binding not in reassigned}


def _bound(node: PyImport) -> Iterator[tuple[str, Binding]]:
    """Return the dotted paths that an import binds."""
    if not node.members:
        yield node.module, node.bindings[0]
    for member, binding in zip(node.members, node.bindings, strict=False):
        yield f"{node.module}.{member}", binding


def _assigned_otherwise(program: Program) -> set[Binding]:
    assigned: set[Binding] = set()
    stack: list[Node] = list(program.body)
    while stack:
        node = stack.pop()
        if not isinstance(node, PyImport):
            assigned |= assigned_by(node)
        stack.extend(children(node))
    return assigned


def python_builtins(program: Program) -> set[Binding]:
    """Return the names of Python's builtins that the author imports by their own names:
    they need no import."""
    found = {
        binding
        for node in program.body
        if isinstance(node, PyImport) and node.module == "builtins"
        for member, binding in zip(node.members, node.bindings, strict=False)
        if member == binding.name
    }
    return found - _assigned_otherwise(program) if found else found


def copying_imports(program: Program) -> set[Binding]:
    """Return the names of modules, and of their members, that only copy from lists."""
    copying: set[Binding] = set()
    stack: list[Node] = list(program.body)
    while stack:
        node = stack.pop()
        if isinstance(node, PyImport):
            for path, binding in _bound(node):
                first, *parts = path.split(".")
                if first in _COPYING and _KEEPING.isdisjoint(parts):
                    copying.add(binding)
        stack.extend(children(node))
    return copying


def only_copies(call: Call, copying: set[Binding]) -> bool:
    """Tell whether a call copies from its lists: ``(torch.tensor '(1 2))``."""
    node: Node = call.function
    names: set[str] = set()
    while isinstance(node, Attribute):
        names.add(node.name)
        node = node.value
    if not isinstance(node, Variable) or node.binding not in copying:
        return False
    return _KEEPING.isdisjoint(names)
