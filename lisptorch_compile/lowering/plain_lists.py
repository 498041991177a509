"""Lists of a function that may be plain lists of Python, since only Python sees them.

(setq parts ())                       parts = []
(loop w words                    →    for w in words:
   (push parts (upper w)))                parts.append(w.upper())
(join parts ",")                      return ",".join(parts)
"""

from __future__ import annotations

from collections.abc import Iterable

from lisptorch_compile.forms import ListForm, Symbol
from lisptorch_compile.nodes import (
    Assign,
    Block,
    Body,
    BuiltinCall,
    Data,
    For,
    FunctionDef,
    If,
    Lambda,
    Let,
    ListLiteral,
    Node,
    Program,
    Repeat,
    Variable,
    While,
)
from lisptorch_compile.scope import Binding, BindingKind
from lisptorch_compile.walk import argument_value, children

#: Builtins that look into their first argument and give something else.
_READERS = frozenset(
    ("size", "@", "car", "last", "nullp", "emptyp", "join", "sum", "product")
    + ("in", "find", "findall", "count")
)
#: Builtins that change their first argument, and give it back.
_CHANGES = frozenset(
    ("push", "pushlast", "pushfirst", "pop", "poplast", "popfirst", "set@")
)


def plain_lists(program: Program) -> set[Binding]:
    """Return the local variables that only ever hold lists made where they are assigned,
    and whose lists are only changed, walked and read: no value of the program is one.
    """
    survey = _Survey()
    survey.sequence(program.body, is_value=False)
    return survey.made - survey.seen


class _Survey:
    """Finds the variables that hold new lists, and those whose value goes on."""

    def __init__(self) -> None:
        self.made: set[Binding] = set()
        self.seen: set[Binding] = set()

    def sequence(self, body: Body, *, is_value: bool) -> None:
        """``is_value``: the value of the last node is used."""
        for node in body[:-1]:
            self.visit(node, is_value=False)
        for node in body[-1:]:
            self.visit(node, is_value=is_value)

    def values(self, nodes: Iterable[Node]) -> None:
        for node in nodes:
            self.visit(node, is_value=True)

    def read(self, node: Node) -> None:
        """Visit what is only walked, tested or looked into."""
        if not isinstance(node, Variable):
            self.visit(node, is_value=True)

    def visit(self, node: Node, *, is_value: bool) -> None:
        match node:
            case Variable(binding):
                self.seen.add(binding)
            case Assign(binding, value):
                kept = is_value or binding.kind is not BindingKind.LOCAL
                fits = not kept and _makes_list(value)
                (self.made if fits else self.seen).add(binding)
                self.visit(value, is_value=True)
            case BuiltinCall(builtin, (first, *others)) if builtin.name in _READERS or (
                builtin.name in _CHANGES and not is_value
            ):
                self.read(argument_value(first))
                self.values([argument_value(argument) for argument in others])
            case FunctionDef(_, _, body) | Lambda(_, body):
                self.values(children(node)[: -len(body)])
                self.sequence(body, is_value=True)
            case Block(body):
                self.sequence(body, is_value=is_value)
            case Let(bindings, body):
                self.seen.update([binding for binding, _ in bindings])
                self.values([value for _, value in bindings])
                self.sequence(body, is_value=is_value)
            case If(test, then, orelse):
                self.read(test)
                self.visit(then, is_value=is_value)
                self.visit(orelse, is_value=is_value)
            case While(test, body):
                self.read(test)
                self.sequence(body, is_value=is_value)
            case For(_, _, iterables, test, body):
                for iterable in iterables:
                    self.read(iterable)
                if test is not None:
                    self.read(test)
                self.sequence(body, is_value=is_value)
            case Repeat(count, _, body):
                self.visit(count, is_value=True)
                self.sequence(body, is_value=is_value)
            case _:
                self.values(children(node))


def _makes_list(node: Node) -> bool:
    match node:
        case ListLiteral():
            return True
        case Data(ListForm(items)):
            return not any([isinstance(item, Symbol) for item in items])
        case BuiltinCall(builtin):
            return builtin.name == "list"
        case _:
            return False
