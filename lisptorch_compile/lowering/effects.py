"""What evaluating a node may change: the base of keeping the order of evaluation."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from functools import cached_property
from typing import NamedTuple

from lisptorch_compile.nodes import (
    Assign,
    BuiltinCall,
    Call,
    ClassDef,
    Constant,
    DataDef,
    Destructure,
    For,
    FunctionDef,
    Lambda,
    Let,
    Load,
    Locked,
    Named,
    New,
    Node,
    PatternFunction,
    Program,
    PyImport,
    Repeat,
    Send,
    SuperCall,
    Update,
    UpdateItem,
    With,
)
from lisptorch_compile.scope import Binding, BindingKind
from lisptorch_compile.walk import children

_NONE: frozenset[Binding] = frozenset()


class Effect(NamedTuple):
    """The variables that are set, and whether unknown code may run."""

    assigned: frozenset[Binding]
    calls: bool


class Effects:
    """Answers, and remembers, what nodes of one program may change."""

    def __init__(self, program: Program, used_elsewhere: AbstractSet[Binding]) -> None:
        self._program = program
        self._used_elsewhere = used_elsewhere
        self._known: dict[int, Effect] = {}

    @cached_property
    def shared(self) -> set[Binding]:
        """Variables that some lambda sets, or globals that a function, another file or
        code evaluated later sets: any call may change them."""
        return _shared(self._program) | self._used_elsewhere

    def of(self, node: Node | Named) -> Effect:
        known = self._known.get(id(node))
        if known is None:
            known = self._known[id(node)] = self._compute(node)
        return known

    def _compute(self, node: Node | Named) -> Effect:
        if isinstance(
            node, Lambda | FunctionDef | ClassDef | DataDef | PatternFunction
        ):
            return Effect(_NONE, calls=False)  # making a function runs nothing
        changed = assigned_by(node)
        calls = runs_unknown_code(node)
        for child in children(node):
            effect = self.of(child)
            if effect.assigned:
                changed = changed | effect.assigned
            calls = calls or effect.calls
        return Effect(changed, calls)


def _shared(program: Program) -> set[Binding]:
    found: set[Binding] = set(program.globals) if program.open else set()
    stack: list[tuple[Node, bool, bool]] = [(n, False, False) for n in program.body]
    while stack:
        node, in_function, in_lambda = stack.pop()
        if in_function or in_lambda:
            for binding in assigned_by(node):
                if in_lambda or binding.kind is BindingKind.GLOBAL:
                    found.add(binding)
        in_function = in_function or isinstance(node, FunctionDef | PatternFunction)
        in_lambda = in_lambda or isinstance(node, Lambda)
        stack.extend([(n, in_function, in_lambda) for n in children(node)])
    return found


def assigned_by(node: Node | Named) -> frozenset[Binding]:
    """Return the variables that ``node`` itself sets."""
    match node:
        case Assign(binding) | Constant(binding) | Update(_, binding):
            return frozenset((binding,))
        case Destructure(bindings) | For(_, bindings) | PyImport(_, bindings):
            return frozenset(bindings)
        case With(contexts):
            return frozenset([name for name, _ in contexts if name is not None])
        case Let(bindings):
            return frozenset([binding for binding, _ in bindings])
        case Repeat(_, binding) if binding is not None:
            return frozenset((binding,))
        case _:
            return _NONE


def runs_unknown_code(node: Node | Named) -> bool:
    """Tell whether ``node`` itself, not what is below it, may run unknown code."""
    if isinstance(node, BuiltinCall):
        return not node.builtin.pure
    calls = Call | Send | SuperCall | New
    return isinstance(node, calls | UpdateItem | Load | Locked | With)
