"""Whose results are used: functions that end in a statement return only for a caller."""

from __future__ import annotations

from lisptorch_compile.facts import Facts
from lisptorch_compile.nodes import (
    Assign,
    Attribute,
    Block,
    Body,
    BuiltinCall,
    Call,
    Choice,
    ClassDef,
    Constant,
    DataDef,
    Destructure,
    For,
    FunctionDef,
    If,
    Lambda,
    Let,
    Load,
    Locked,
    Maybe,
    Node,
    PatternFunction,
    PyImport,
    Repeat,
    Return,
    Send,
    SuperCall,
    Switch,
    Update,
    UpdateItem,
    Use,
    Variable,
    While,
    With,
)
from lisptorch_compile.patterns import conditions
from lisptorch_compile.scope import Binding
from lisptorch_compile.walk import children

#: Builtins called for what they do; their value is rarely wanted.
FOR_EFFECT = frozenset(
    ("print", "println", "printerr", "printerrln", "push", "pushfirst", "pushlast")
    + ("pushtrue", "insert", "extend", "set@", "set@@", "setrange", "sort", "key@")
    + ("fwrite", "fappend", "sleep", "swap")
)


def is_statement(node: Node) -> bool:
    """Tell whether a node is there for its effect, though LispE gives it a value."""
    match node:
        case Assign() | Destructure() | Update() | UpdateItem() | Constant() | Use():
            return True
        case While() | For() | Repeat() | Load() | PyImport():
            return True
        case FunctionDef() | PatternFunction():
            return True
        case ClassDef() | DataDef():
            return True
        case BuiltinCall(builtin):
            return builtin.statement or builtin.name in FOR_EFFECT
        case _:
            return False


def used_results(facts: Facts) -> set[Binding]:
    """Return the functions whose value somebody uses."""
    survey = _Survey(facts)
    for node in facts.body:
        survey.in_main_thread = not isinstance(
            node, FunctionDef | PatternFunction | ClassDef | DataDef
        )
        survey.visit(node, used=False)
    survey.used |= facts.escaping | facts.called_outside
    pending = list(survey.used)
    while pending:
        for callee in survey.tails.get(pending.pop(), set()):
            if callee not in survey.used:
                survey.used.add(callee)
                pending.append(callee)
    return survey.used


class _Survey:
    """Finds used calls, and the calls whose value is the value of a function."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.in_main_thread = False
        self.used: set[Binding] = set()
        self.tails: dict[Binding, set[Binding]] = {}

    def visit(self, node: Node, *, used: bool, tail_of: Binding | None = None) -> None:
        """Note the calls in ``node``; its own value is ``used``, or is the value of the
        function ``tail_of``."""
        match node:
            case Call(Variable(binding)) if self._starts_thread(binding):
                self._all_used(children(node)[1:])
            case Call(Variable(binding)) if binding in self.facts.functions:
                self._call(node, used, tail_of)
                self._all_used(children(node)[1:])
            case Call(Attribute(receiver)):
                self._call(node, used, tail_of)
                self._all_used((receiver, *children(node)[1:]))
            case Send() | SuperCall():
                self._call(node, used, tail_of)
                self._all_used(children(node))
            case Variable(binding):
                # called by whoever gets it
                self.used.update(self.facts.classes.versions.get(binding, (binding,)))
            case FunctionDef(binding, _, body):
                self._all_used([p.default for p in node.parameters if p.default])
                self._sequence(body, used=False, tail_of=binding)
            case PatternFunction(binding, choice, _, rules):
                for rule in rules:
                    self._all_used(conditions(rule.patterns))
                    if choice is Choice.FIRST:
                        self._sequence(rule.body, used=False, tail_of=binding)
                    else:
                        self._all_used(rule.body)
            case Lambda(_, body):
                in_main_thread, self.in_main_thread = self.in_main_thread, False
                self._sequence(body, used=True)
                self.in_main_thread = in_main_thread
            case Return(value):
                if value is not None:
                    self.visit(value, used=True)
            case If(test, then, orelse):
                self.visit(test, used=True)
                self.visit(then, used=used, tail_of=tail_of)
                self.visit(orelse, used=used, tail_of=tail_of)
            case Block(body):
                self._sequence(body, used=used, tail_of=tail_of)
            case Locked(name, body):
                if name is not None:
                    self.visit(name, used=True)
                self._sequence(body, used=used, tail_of=tail_of)
            case Let(bindings, body):
                self._all_used([value for _, value in bindings])
                self._sequence(body, used=used, tail_of=tail_of)
            case Switch(subject, cases, default):
                self.visit(subject, used=True)
                for case in cases:
                    self.visit(case.body, used=used, tail_of=tail_of)
                if default is not None:
                    self.visit(default, used=used, tail_of=tail_of)
            case Maybe(body, handler):
                self._sequence(body, used=used, tail_of=tail_of)
                self.visit(handler, used=used, tail_of=tail_of)
            case With(contexts, body):
                self._all_used([context for _, context in contexts])
                self._sequence(body, used=used, tail_of=tail_of)
            case While(test, body):
                self.visit(test, used=True)
                self._sequence(body, used=used, tail_of=tail_of)
            case For(_, _, iterables, test, body):
                self._all_used(iterables)
                if test is not None:
                    self.visit(test, used=True)
                self._sequence(body, used=used, tail_of=tail_of)
            case Repeat(count, _, body):
                self.visit(count, used=True)
                self._sequence(body, used=used, tail_of=tail_of)
            case _:
                self._all_used(children(node))

    def _call(self, node: Node, used: bool, tail_of: Binding | None) -> None:
        callees = self.facts.classes.callees(node)
        if tail_of is not None:
            self.tails.setdefault(tail_of, set()).update(callees)
        elif used:
            self.used.update(callees)

    def _starts_thread(self, callee: Binding) -> bool:
        """Tell whether a call gives true in any case, and the body's value to nobody."""
        function = self.facts.functions.get(callee)
        if not isinstance(function, FunctionDef):
            return False
        return self.in_main_thread and function.threaded

    def _all_used(self, nodes: Body | list[Node]) -> None:
        for node in nodes:
            self.visit(node, used=True)

    def _sequence(
        self, nodes: Body, *, used: bool, tail_of: Binding | None = None
    ) -> None:
        for node in nodes[:-1]:
            self.visit(node, used=False)
        if nodes:
            self.visit(nodes[-1], used=used, tail_of=tail_of)
