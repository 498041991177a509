"""Which variables are the only way to their container.

What is put into a container may be seen under every name that it has, so the facts of the
elements of one list would spoil those of all. A *private* variable is only ever given new
containers, and only ever used where its container is read or changed in place: nothing
else can put anything into it.

    (setq counts {})
    (loop word words (+= (@ counts word) 1))     ; counts is private
"""

from __future__ import annotations

from lisptorch_compile.nodes import (
    Assign,
    Block,
    Body,
    BuiltinCall,
    Data,
    Destructure,
    DictLiteral,
    For,
    FunctionDef,
    If,
    Lambda,
    Let,
    ListLiteral,
    Literal,
    Node,
    Not,
    Program,
    Repeat,
    SetLiteral,
    UpdateItem,
    Variable,
    While,
)
from lisptorch_compile.scope import Binding, BindingKind
from lisptorch_compile.walk import argument_value, children

#: Builtins that make a new container.
_MAKERS = frozenset(
    ("list", "dictionary", "dictionaryi", "dictionaryn", "set", "sets", "seti", "setn")
    + ("map", "mapcar", "maplist", "filter", "filterlist", "split", "iota", "iota0")
    + ("integers", "numbers", "floats", "shorts", "strings", "range", "replicate")
)
#: Builtins that read a container and give something else, never it or a part that is
#: one with it.
_READERS = frozenset(
    ("@", "size", "print", "println", "printerr", "printerrln", "string", "join", "sum")
    + ("in", "find", "findall", "count", "keys@", "values@", "nullp", "emptyp", "json")
    + ("map", "mapcar", "maplist", "filter", "filterlist", "+")
    + ("consp", "type", "tally", "torch_tensor")
)
#: Builtins that read a single container, or the value of one key, but yield an argument
#: when they have more: the most arguments with which they only read.
_READERS_OF_FEW = {"max": 1, "min": 1, "key@": 2, "get": 2}
#: Builtins that change the container that is their first argument, and yield it.
_CHANGERS = frozenset(
    ("push", "pushfirst", "pushlast", "pushtrue", "insert", "set@", "pop", "popfirst")
    + ("poplast", "key@", "extend")
)


def private_variables(program: Program) -> set[Binding]:
    """Return the variables whose containers have no other name."""
    survey = _Survey()
    survey.sequence(program.body, used=False)
    fields = {b for b in survey.owners if b.kind is BindingKind.FIELD}
    return survey.owners - survey.shared - fields


class _Survey:
    """Walks a program; ``used`` tells whether the value of a node is wanted."""

    def __init__(self) -> None:
        self.owners: set[Binding] = set()  # given a new container somewhere
        self.shared: set[Binding] = set()  # that container may have another name

    def sequence(self, nodes: Body, *, used: bool) -> None:
        for node in nodes[:-1]:
            self.visit(node, used=False)
        if nodes:
            self.visit(nodes[-1], used=used)

    def visit(self, node: Node, *, used: bool) -> None:
        match node:
            case Variable(binding):
                if used:
                    self.shared.add(binding)
            case Assign(binding, value):
                self.give(binding, value)
            case Let(bindings, body):
                for binding, value in bindings:
                    self.give(binding, value)
                self.sequence(body, used=used)
            case Destructure(bindings, value):
                self.shared.update(bindings)
                self.visit(value, used=True)
            case BuiltinCall():
                self.call(node, used=used)
            case UpdateItem(_, container, keys, operands):
                self.read(container)
                self.all((*keys, *operands))
            case For(_, bindings, iterables, test, body):
                self.shared.update(bindings)
                for iterable in iterables:
                    self.read(iterable)
                if test is not None:
                    self.read(test)
                self.sequence(body, used=used)
            case If(test, then, orelse):
                self.read(test)
                self.visit(then, used=used)
                self.visit(orelse, used=used)
            case While(test, body):
                self.read(test)
                self.sequence(body, used=used)
            case Repeat(count, _, body):
                self.visit(count, used=True)
                self.sequence(body, used=used)
            case Block(body):
                self.sequence(body, used=used)
            case Not(operand):
                self.read(operand)
            case Lambda(parameters, body) | FunctionDef(_, parameters, body):
                self.shared.update([parameter.binding for parameter in parameters])
                self.all([p.default for p in parameters if p.default is not None])
                self.sequence(body, used=True)
            case _:
                self.all(children(node))

    def all(self, nodes: Body | list[Node]) -> None:
        for node in nodes:
            self.visit(node, used=True)

    def read(self, node: Node) -> None:
        """Visit a node of which only the container's content, or its truth, matters."""
        if not isinstance(node, Variable):
            self.visit(node, used=True)

    def give(self, binding: Binding, value: Node) -> None:
        if _is_new(value):
            self.owners.add(binding)
        elif not isinstance(value, Literal):
            self.shared.add(binding)
        self.visit(value, used=True)

    def call(self, node: BuiltinCall, *, used: bool) -> None:
        arguments = [argument_value(argument) for argument in node.arguments]
        name = node.builtin.name
        if name in _CHANGERS and not used and arguments:
            self.read(arguments[0])
            self.all(arguments[1:])
        elif name in _READERS or len(arguments) <= _READERS_OF_FEW.get(name, 0):
            for argument in arguments:
                self.read(argument)
        else:
            self.all(arguments)


def _is_new(node: Node) -> bool:
    if isinstance(node, BuiltinCall):
        return node.builtin.name in _MAKERS
    return isinstance(node, ListLiteral | DictLiteral | SetLiteral | Data)
