"""Whose results are used: functions that end in a statement return only for a caller.

    (defun show (x) (println x))            def show(x):
    (defun area (w h) (* w h))                  print(x)
    (defun square (x) (area x x))
    (defun report (x) (show (square x)))

``area`` ends in a value, which it returns though nobody may use it, and so does ``square``,
which ends in ``area``: they may be called from Python. ``show`` and ``report`` return nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

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
    Literal,
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
from lisptorch_compile.records import record
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


@record
class Results:
    """``used`` are the functions whose value somebody uses; ``offered`` are those that end
    in a value in some case, whoever uses it."""

    used: frozenset[Binding]
    offered: frozenset[Binding]

    def returned(self, callee: Binding) -> bool:
        """Whether a function that ends in a call of another returns what that gives."""
        return callee in self.used or callee in self.offered


def results(facts: Facts) -> Results:
    """Return whose results matter."""
    survey = _Survey(facts)
    for node in facts.body:
        survey.in_main_thread = not isinstance(
            node, FunctionDef | PatternFunction | ClassDef | DataDef
        )
        survey.visit(node, used=False)
    survey.used |= facts.escaping | facts.called_outside
    return Results(
        _reached(survey.used, survey.tails),
        _reached(survey.offered, _reversed(survey.tails)),
    )


def _reached(
    starts: Iterable[Binding], links: Mapping[Binding, set[Binding]]
) -> frozenset[Binding]:
    found = set(starts)
    pending = list(found)
    while pending:
        new = links.get(pending.pop(), set()) - found
        found |= new
        pending.extend(new)
    return frozenset(found)


def _reversed(links: Mapping[Binding, set[Binding]]) -> dict[Binding, set[Binding]]:
    turned: dict[Binding, set[Binding]] = {}
    for start, ends in links.items():
        for end in ends:
            turned.setdefault(end, set()).add(start)
    return turned


class _Survey:
    """Finds used calls, and the calls whose value is the value of a function."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.in_main_thread = False
        self.used: set[Binding] = set()
        self.offered: set[Binding] = set()
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
                self._offer(node, tail_of)
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
                self._offer(node, tail_of)

    def _offer(self, node: Node, tail_of: Binding | None) -> None:
        """Note a function that ends in a value."""
        is_nil = isinstance(node, Literal) and node.value is None
        if tail_of is not None and not is_nil and not is_statement(node):
            self.offered.add(tail_of)

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
