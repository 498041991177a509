"""Core nodes → the Python tree: destination-driven, evaluation kept left to right.

``lower(node, destination)`` gives statements, ``value(node)`` an expression with the
statements it needs before it, as ``lowering`` has it. Here stands what a module is made of.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from lisptorch_compile import pytree as py
from lisptorch_compile.diagnostics import Span
from lisptorch_compile.facts import Facts
from lisptorch_compile.lowering import (
    builtins,
    data_types,
    functions,
    imports,
    options,
    tail_cycles,
    threads,
)
from lisptorch_compile.lowering.base import (
    EFFECT,
    KEPT_VALUE,
    AssignTo,
    Frame,
    TooDeepError,
)
from lisptorch_compile.lowering.build import literal
from lisptorch_compile.lowering.data import atoms_are_called
from lisptorch_compile.lowering.early_calls import values_of_copies
from lisptorch_compile.lowering.effects import Effects, assigned_by
from lisptorch_compile.lowering.order import definitions_first
from lisptorch_compile.lowering.plain_lists import plain_lists
from lisptorch_compile.lowering.rests import rests
from lisptorch_compile.lowering.statements import StatementLowerer
from lisptorch_compile.lowering.taking import append_step
from lisptorch_compile.lowering.usage import results
from lisptorch_compile.lowering.uses import tensor_shapes
from lisptorch_compile.nodes import (
    BuiltinCall,
    FunctionDef,
    Node,
    PatternFunction,
    Program,
    Variable,
)
from lisptorch_compile.pytree import Stmt
from lisptorch_compile.scope import Binding, BindingKind
from lisptorch_compile.walk import children


def generate(
    program: Program,
    facts: Facts,
    name: str,
    *,
    foreign_names: Mapping[Binding, str] = MappingProxyType({}),
    result: Binding | None = None,
) -> py.Module:
    """Return the Python of ``program``.

    Args:
        program: the core tree of a file.
        facts: of the program that it belongs to.
        name: of the source file.
        foreign_names: the Python names of what lives in other files.
        result: the variable that keeps the value of the last form, if it is wanted.
    """
    generator = Generator(program, facts, foreign_names)
    body = generator.module_body(definitions_first(program.body), result)
    return py.Module(
        f"Compiled from {name} by lisptorch-compile.",
        generator.import_statements(py.used_names(body), program.span),
        body,
        (*program.globals, *generator.frame.temporaries),
        program.span,
    )


class Generator(StatementLowerer):
    """The code generation of one program."""

    def __init__(
        self, program: Program, facts: Facts, foreign_names: Mapping[Binding, str]
    ) -> None:
        super().__init__(facts, Effects(program, facts.shared))
        self.program = program
        self.foreign = program.foreign
        self.foreign_names = foreign_names
        self.used_modules, self.folders = _used_modules(program)
        self.thread_variables = program.thread_variables
        self.holder = program.copies
        if not program.open:
            tables = options.option_tables(program, facts)
            self.option_tables = tables - facts.shared
            self.tensor_shapes = tensor_shapes(program, facts) - facts.shared
            self.plain_lists = plain_lists(program) - facts.shared
        self.field_names = data_types.field_names(program)
        self.globals = {b.name: b for b in program.globals if _is_variable(b)}
        self.results = results(facts)
        self.atoms_are_called = program.open or atoms_are_called(facts)
        self.has_value = values_of_copies(facts)
        self.looping = tail_cycles.loop_functions(facts)
        self.mutual = tail_cycles.mutual_tail_callers(facts)
        self.unread, self.plain_rests = rests(
            [f for f in facts.functions.values() if isinstance(f, PatternFunction)]
        )
        self.shared_imports = imports.shared_imports(program)
        self.copying = imports.copying_imports(program)
        self.builtins = imports.python_builtins(program)
        self.frames.append(Frame(None, set(program.globals), is_module=True))
        if len(self.folders) > 1:
            self.folder = self.of_module("HERE", self.folders[0].span)

    def module_body(
        self, nodes: Sequence[Node], result: Binding | None
    ) -> tuple[Stmt, ...]:
        statements: list[Stmt] = []
        last = self.program.body[-1] if self.program.body else None
        pending = list(nodes)
        while pending:
            node = pending.pop(0)
            wanted = bool(pending) and pending[0] is last and result is not None
            if isinstance(node, FunctionDef) and pending and not wanted:
                decorated = functions.decorated(self, node, pending[0])
                if decorated is not None:
                    statements.extend(decorated)
                    del pending[0]
                    continue
            if node is last and result is not None:
                self.own(result)
                lowered = self.step(node, AssignTo(result))
            else:
                lowered = self.step(node, EFFECT)
            if not isinstance(node, FunctionDef):
                statements.extend(threads.making_of_copies(self, node.span))
            append_step(statements, lowered)
        statements.extend(threads.making_of_copies(self, self.program.span))
        constants = (*self._folder_of_file(), *self._atoms())
        return (*self._ways_to_names(), *constants, *statements)

    def _ways_to_names(self) -> list[Stmt]:
        """``late = LateNames(globals())``, ``main = loading_file("main")``, ``import tools``,
        ``tools = LaterFile("tools")``"""
        ways: list[Stmt] = []
        if self.late is not None:
            ways.append(self._late_names(self.late))
        program, span = self.program, self.program.span
        used = sorted(self.modules)
        ways.extend([self.import_module(m, span) for m in used if m in program.earlier])
        for module in used:
            name = py.Name(self.modules[module], span)
            if module in program.loaders:
                found = self.runtime("loading_file", [literal(module, span)], span)
            elif module in program.later:
                found = self.runtime("LaterFile", [literal(module, span)], span)
            else:
                continue
            ways.append(py.Assign((name,), found, span))
        return ways

    def _folder_of_file(self) -> list[Stmt]:
        """``HERE = os.path.join(…)``, for a file that asks more than once where it is."""
        if self.folder is None:
            return []
        _, value = builtins.target_call(self, self.folders[0])
        return [py.Assign((py.Name(self.folder, value.span),), value, value.span)]

    def _atoms(self) -> list[Stmt]:
        """``PLUS = Symbol("plus")``, for the patterns of functions that call themselves."""
        result: list[Stmt] = []
        for name, constant in self.atoms.items():
            span = constant.span
            symbol = self.runtime("Symbol", [literal(name, span)], span)
            result.append(py.Assign((py.Name(constant, span),), symbol, span))
        return result

    def _late_names(self, late: Binding) -> Stmt:
        """``late = LateNames(globals())``"""
        span = late.span
        variables = py.Call(py.Name("globals", span), (), (), span)
        names = self.runtime("LateNames", [variables], span)
        return py.Assign((py.Name(late, span),), names, span)

    def import_statements(self, used: set[str], span: Span) -> tuple[py.Import, ...]:
        """Return an import for every name that the module uses."""
        statements = []
        for name in sorted(self.imports & used):
            source = self.import_sources[name]
            alias = name if name not in (source.name, source.module) else None
            statements.append(py.Import(source.module, source.name, alias, span))
        return (*statements, *self.python_imports)


def _used_modules(program: Program) -> tuple[set[str], list[BuiltinCall]]:
    """Return the modules of other files that a program speaks of, and where it asks for its
    own folder."""
    found: set[str] = set()
    folders: list[BuiltinCall] = []
    stack: list[Node] = list(program.body)
    while stack:
        node = stack.pop()
        here = {node.binding} if isinstance(node, Variable) else assigned_by(node)
        found |= {program.foreign[b] for b in here if b in program.foreign}
        if isinstance(node, BuiltinCall) and node.builtin.name == "_current":
            folders.append(node)
        stack.extend(children(node))
    return found, folders


def _is_variable(binding: Binding) -> bool:
    return binding.kind is BindingKind.GLOBAL


__all__ = ["KEPT_VALUE", "Generator", "TooDeepError", "generate"]
