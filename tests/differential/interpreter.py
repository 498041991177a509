"""What a program of ``programs.py`` means: a tree walker that knows nothing of the compiler.

It follows the language reference, but a lambda closes over the function it is written in.
"""

from __future__ import annotations

import operator as op
from collections import ChainMap
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

Node = tuple[Any, ...]
Frame = ChainMap[str, Any]  # of a call; a lambda's call and `let` put a map in front

MAX_STEPS = 1_500
MAX_CALLS = 40


def _remainder(a: int, b: int) -> int:
    return abs(a) % b * (-1 if a < 0 else 1)  # the sign of the dividend


SYMBOLS = ("+", "-", "*", "%", "=", "!=", "<", "<=", ">")
MEANINGS = (op.add, op.sub, op.mul, _remainder, op.eq, op.ne, op.lt, op.le, op.gt)
OPERATORS = dict(zip(SYMBOLS, MEANINGS, strict=True))


class Meaningless(Exception):
    """There is nothing to compare: the program runs too long or reads an unset name."""


class Leave(Exception):
    """``(break)``, ``(throw …)`` or ``(return value)`` on its way."""

    def value_of(self, form: str) -> Any:
        """Return the value it carries where ``form`` ends; go on where another does."""
        if self.args[0] != form:
            raise self
        return self.args[1]


@dataclass(frozen=True, slots=True)
class Closure:
    parameters: list[tuple[str, None]]
    body: list[Node]
    frame: Frame


class Interpreter:
    """Runs one program: ``result``, ``globals`` and ``journal`` are what is compared."""

    def __init__(self, program: Any) -> None:
        self.functions = {function.name: function for function in program.functions}
        self.patterns = {each.name: each.rules for each in program.patterns}
        self.classes = {each.name: each for each in program.classes}
        self.globals: Frame = ChainMap({})
        self.journal: list[Any] = []
        self.steps = self.calls = 0
        settings = [("set", *pair) for pair in program.globals]
        try:
            self.result = self.body([*settings, *program.main], self.globals)
        except Leave as leaving:
            raise Meaningless("the program ends in an error") from leaving

    def read(self, frame: Frame, name: str) -> Any:
        for place in (frame, frame.get("this", {}), self.globals):
            if name in place:
                return place[name]
        raise Meaningless(f"{name} is not set")

    def assign(self, frame: Frame, name: str, value: Any) -> bool:
        """Set ``name`` in the nearest frame that has it, else in that of the call."""
        next((m for m in frame.maps if name in m), frame.maps[-1])[name] = value
        return True

    def body(self, nodes: Iterable[Node], frame: Frame) -> Any:
        return [None, *self.values(nodes, frame)][-1]

    def values(self, nodes: Iterable[Node], frame: Frame) -> list[Any]:
        return [self.value(node, frame) for node in nodes]

    def call(self, callee: Any, values: list[Any], this: Any = None) -> Any:
        if self.calls == MAX_CALLS:
            raise Meaningless("too many calls")
        closed = isinstance(callee, Closure)
        frame: Frame = callee.frame.new_child() if closed else ChainMap({})
        if this is not None:
            frame["this"] = this
        for position, (name, default) in enumerate(callee.parameters):
            if position < len(values):
                frame.maps[0][name] = values[position]
            else:  # evaluated at the call; it sees the parameters before it
                frame[name] = self.value(default, frame)
        self.calls += 1
        try:
            return self.body(callee.body, frame)
        except Leave as leaving:
            return leaving.value_of("return")
        finally:
            self.calls -= 1

    def choose(self, rules: Any, value: Any) -> Any:
        """Return the value of the first rule whose pattern fits."""
        for pattern, body in rules:
            bound: dict[str, Any] = {}
            if self.fits(pattern, value, bound):
                try:
                    return self.body(body, ChainMap(bound))
                except Leave as leaving:
                    return leaving.value_of("return")
        raise Leave("throw", None)

    def fits(self, pattern: Node, value: Any, bound: dict[str, Any]) -> bool:
        """Tell whether a pattern fits a value; names that it binds go into ``bound``."""
        match pattern:
            case ("anything",):
                return True
            case ("int", number):
                return bool(value == number)
            case ("bind", name):
                return bool(bound.setdefault(name, value) == value)
            case ("where", name, symbol, ("int", number)):
                fits = bound.setdefault(name, value) == value
                return bool(fits and OPERATORS[symbol](value, number))
            case ("sequence", items, rest):
                if rest is not None:
                    bound[rest] = value[len(items) :]
                enough = len(value) == len(items) or rest and len(value) > len(items)
                pairs = zip(items, value, strict=False)
                return bool(enough) and all(self.fits(p, v, bound) for p, v in pairs)
            case ("pair", *fields):
                pairs = zip(fields, value, strict=True)
                return all(self.fits(p, v, bound) for p, v in pairs)
        raise Meaningless(f"this is no pattern: {pattern}")

    def has(self, frame: Frame, name: str) -> bool:
        methods = self.classes[frame["this"]["case"]].methods
        return any(method.name == name for method in methods)

    def method(self, this: Any, name: str, values: list[Any]) -> Any:
        methods = {each.name: each for each in self.classes[this["case"]].methods}
        return self.call(methods[name], values, this)

    def rounds(self, frame: Frame, name: Any, items: Any, nodes: list[Node]) -> Any:
        value = None
        for item in items:
            if name is not None:
                self.assign(frame, name, item)
            try:
                value = self.body(nodes, frame)
            except Leave as leaving:
                return leaving.value_of("break")
        return value

    def value(self, node: Node, frame: Frame) -> Any:
        """Return the value of ``node``: one short case for each construct."""
        self.steps += 1
        if self.steps > MAX_STEPS:
            raise Meaningless("too many steps")
        match node:
            case ("int", number):
                return number
            case ("true",):
                return True
            case ("get", name):
                return self.read(frame, name)
            case ("set", name, value):
                return self.assign(frame, name, self.value(value, frame))
            case ("unpack", names, values):
                for pair in zip(names, self.values(values, frame), strict=True):
                    self.assign(frame, *pair)
                return True
            case ("setg", name, value):
                return self.assign(self.globals, name, self.value(value, frame))
            case ("add", name, value):  # the variable is read before the addend runs
                total = self.read(frame, name) + self.value(value, frame)
                self.assign(frame if name in frame else self.globals, name, total)
                return total
            case ("op", symbol, *operands):
                return OPERATORS[symbol](*self.values(operands, frame))
            case ("call", name, operands) if name in self.patterns:
                return self.choose(self.patterns[name], *self.values(operands, frame))
            case ("call", name, operands) if "this" in frame and self.has(frame, name):
                return self.method(frame["this"], name, self.values(operands, frame))
            case ("call", name, operands):
                callee = self.functions.get(name) or self.read(frame, name)
                return self.call(callee, self.values(operands, frame))
            case ("lambda", parameters, *body):
                return Closure([(name, None) for name in parameters], body, frame)
            case ("apply", callee, operands):
                callee = self.value(callee, frame)
                return self.call(callee, self.values(operands, frame))
            case ("map", callee, container):
                items = self.value(container, frame)
                return [self.call(self.value(callee, frame), [item]) for item in items]
            case ("return", value):
                raise Leave("return", self.value(value, frame))
            case ("break" | "throw" as form,):
                raise Leave(form, None)
            case ("maybe", first, *body, handler):
                try:
                    return self.body([first, *body], frame)
                except Leave as leaving:
                    leaving.value_of("throw")
                    return self.value(handler, frame)
            case ("block", *body):
                return self.body(body, frame)
            case ("let", bindings, *body):
                for name, value in bindings:
                    frame = frame.new_child({name: self.value(value, frame)})
                return self.body(body, frame)
            case ("if", test, *arms):
                arms = arms[:1] if self.value(test, frame) else arms[1:]
                return self.body(arms, frame)
            case ("cond", *clauses):
                chosen = (body for test, *body in clauses if self.value(test, frame))
                return self.body(next(chosen, ()), frame)
            case ("check", test, *body):
                return self.body(body, frame) if self.value(test, frame) else None
            case ("ncheck", test, other, *body):
                return self.body(body if self.value(test, frame) else [other], frame)
            case ("and", *operands):
                return all(self.value(operand, frame) for operand in operands)
            case ("or", *operands):
                return any(self.value(operand, frame) for operand in operands)
            case ("not", operand):
                return not self.value(operand, frame)
            case ("andvalue" | "select" as form, *operands):
                for operand in operands:
                    value = self.value(operand, frame)
                    if bool(value) == (form == "select"):
                        break
                return value
            case ("while", test, *body):
                tests = iter(lambda: bool(self.value(test, frame)), False)
                return self.rounds(frame, None, tests, body)
            case ("loop", name, container, *body):
                return self.rounds(frame, name, self.value(container, frame), body)
            case ("loopcount", count, name, *body):
                n = self.value(count, frame)
                times = range(n) if n >= 0 else range(-n - 1, -1, -1)
                return self.rounds(frame, name, times, body)
            case ("list", *items):
                return self.values(items, frame)
            case ("at", container, index):
                items = self.value(container, frame)
                if not items:
                    raise Leave("throw", None)
                return items[index]
            case ("size", container):
                return len(self.value(container, frame))
            case ("table",):
                return {}
            case ("new", name):
                (first, _), (second, default) = self.classes[name].fields
                return {"case": name, first: 1, second: self.value(default, frame)}
            case ("tally" | "put" as form, name, key, value):
                table = self.read(frame, name)
                old = table.get(key, 0)
                new = self.value(value, frame)
                table[key] = old + new if form == "tally" else new
                return table[key] if form == "tally" else table
            case ("pick", name, key):
                return self.read(frame, name).get(key) or 0
            case ("walk", name):
                return sum(self.read(frame, name).values())
            case ("caught", *body):
                try:
                    self.body(body, frame)
                except Leave as leaving:
                    leaving.value_of("throw")
                    return 1
                return 0
            case ("send", name, method, operands):
                values = self.values(operands, frame)
                return self.method(self.read(frame, name), method, values)
            case ("seti", name, value):
                frame["this"][name] = self.value(value, frame)
                return True
            case ("pair", *items):
                return self.values(items, frame)
            case ("log", label, *items):
                self.journal.append([label, *self.values(items, frame)])
                return self.journal
        raise Meaningless(f"this is no node: {node}")
