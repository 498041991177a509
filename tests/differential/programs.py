"""Programs as plain data, and their text in LispE.

A node is a tuple whose first element says what it is; ``interpreter.py`` has one case for
each, and ``generator.py`` writes them at random.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

Node = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Function:
    """``parameters`` are pairs of a name and None or the node of the default."""

    name: str
    parameters: tuple[tuple[str, Node | None], ...]
    body: Node


@dataclass(frozen=True, slots=True)
class PatternFunction:
    """A function of one argument; ``rules``: patterns, each with its body."""

    name: str
    rules: tuple[tuple[Node, Node], ...]


@dataclass(frozen=True, slots=True)
class Class:
    """``fields`` as parameters; the program has one object, made with 1."""

    name: str
    fields: tuple[tuple[str, Node | None], ...]
    methods: tuple[Function, ...]


@dataclass(frozen=True, slots=True)
class Program:
    """Globals are set first; the value of the last form of ``main`` is the result."""

    globals: tuple[tuple[str, Node], ...]
    functions: tuple[Function, ...]
    main: Node
    patterns: tuple[PatternFunction, ...] = ()
    classes: tuple[Class, ...] = ()


# --- text --------------------------------------------------------------------------------------


def text(node: Node) -> str:
    """Return ``node`` as LispE writes it."""
    match node:
        case ("int", number):
            return str(number)
        case ("get", name):
            return str(name)
        case ("true",):
            return "true"
        case ("set" | "setg" as form, name, value):
            return f"({'setq' if form == 'set' else 'setg'} {name} {text(value)})"
        case ("unpack", names, values):
            return f"(setq ({' '.join(names)}) {_form('list', values)})"
        case ("add", name, value):
            return f"(+= {name} {text(value)})"
        case ("op", symbol, left, right):
            return _form(symbol, (left, right))
        case ("call", name, operands):
            return _form(name, operands)
        case ("lambda", parameters, *body):
            return _form(f"\\({' '.join(parameters)})", body)
        case ("apply", callee, operands):
            return _form(text(callee), operands)
        case ("throw",):
            return '(throw "lost")'
        case ("let", bindings, *body):
            pairs = " ".join(f"({name} {text(value)})" for name, value in bindings)
            return _form(f"let ({pairs})", body)
        case ("cond", *clauses):
            return f"(cond {' '.join(f'({_texts(clause)})' for clause in clauses)})"
        case ("loop", name, container, *body):
            return _form(f"loop {name}", (container, *body))
        case ("loopcount", count, None, *body):
            # A name in the second place would be the counter.
            first = (
                [("block", body[0])]
                if body and body[0][0] in ("get", "true")
                else body[:1]
            )
            return _form("loopcount", (count, *first, *body[1:]))
        case ("loopcount", count, name, *body):
            return _form(f"loopcount {text(count)} {name}", body)
        case ("at", container, index):
            return f"(@ {text(container)} {index})"
        case ("table",):
            return "{}"
        case ("new", name):
            return f"({name} 1)"
        case ("tally", name, key, value):
            return f'(+= (@ {name} "{key}") {text(value)})'
        case ("put", name, key, value):
            return f'(key@ {name} "{key}" {text(value)})'
        case ("pick", name, key):
            return f'(select (key@ {name} "{key}") 0)'
        case ("walk", name):
            return f"(integer (sum (values@ {name})))"
        case ("caught", *body):
            return f"(if (maybe {_form('catch', body)}) 1 0)"
        case ("send", name, method, operands):
            return f"({name} {_form(method, operands)})"
        case ("seti", name, value):
            return f"(setqi {name} {text(value)})"
        case ("pair", left, right):
            return _form("Pair", (left, right))
        case ("log", label, *items):
            entry = _form(f'list "{label}"', items)
            return f"(push journal {entry})"
        case (form, *operands):
            return _form(form, operands)
    raise AssertionError(f"no text for {node}")


def pattern_text(pattern: Node) -> str:
    """Return a pattern of a rule as LispE writes it."""
    match pattern:
        case ("int", number):
            return str(number)
        case ("bind", name):
            return str(name)
        case ("anything",):
            return "_"
        case ("where", name, symbol, number):
            return f"({symbol} {name} {text(number)})"
        case ("sequence", items, rest):
            parts = [pattern_text(item) for item in items]
            return f"[{' '.join(parts + ['$', rest] * (rest is not None))}]"
        case ("pair", *fields):
            return f"[Pair {' '.join(map(pattern_text, fields))}]"
    raise AssertionError(f"no pattern: {pattern}")


def _texts(nodes: Iterable[Node]) -> str:
    return " ".join(map(text, nodes))


def _form(head: str, operands: Iterable[Node]) -> str:
    return f"({head} {_texts(operands)})" if operands else f"({head})"


def program_text(program: Program) -> str:
    """Return the program; it appends ``(result globals... journal)`` to ``outcomes``."""
    lines = ["(setq journal (list))"]
    for each in program.classes:
        lines.append(f"(class@ {each.name} ({_parameters(each.fields)})")
        lines += [line for method in each.methods for line in _definition(method)]
        lines[-1] += ")"
    lines += [f"(setq {name} {text(value)})" for name, value in program.globals]
    for rules in program.patterns:
        for pattern, body in rules.rules:
            head = f"defpat {rules.name} ({pattern_text(pattern)})"
            lines.append(_form(head, body))
    for function in program.functions:
        lines += _definition(function)
    *forms, last = program.main
    lines += [text(node) for node in forms]
    lines.append(f"(setq ending {text(last)})")
    lines.append(
        f"(push outcomes (list ending {' '.join(compared_globals(program))} journal))"
    )
    return "\n".join(lines) + "\n"


def _parameters(parameters: Iterable[tuple[str, Node | None]]) -> str:
    return " ".join(
        name if default is None else f"({name} {text(default)})"
        for name, default in parameters
    )


def _definition(function: Function) -> list[str]:
    lines = [f"(defun {function.name} ({_parameters(function.parameters)})"]
    lines += [f"  {text(node)}" for node in function.body]
    lines[-1] += ")"
    return lines


def module_text(programs: Iterable[Program]) -> str:
    """Return programs, ``renamed`` apart, as one module."""
    return "(data@ [Pair _ _])\n(setq outcomes (list))\n" + "".join(
        map(program_text, programs)
    )


def compared_globals(program: Program) -> list[str]:
    """Return the names of the globals whose final values can be compared."""
    kept = ("lambda", "new")
    return [name for name, value in program.globals if value[0] not in kept]


def renamed(program: Program, suffix: str) -> Program:
    """Give the globals and functions names of their own, so that programs fit one module."""
    own = [name for name, _ in program.globals] + [f.name for f in program.functions]
    own += [rules.name for rules in program.patterns]
    for each in program.classes:
        own += [each.name, *(name for name, _ in each.fields)]
        own += [method.name for method in each.methods]
    names = {name: name + suffix for name in own}

    def rename(part: Any) -> Any:
        if isinstance(part, str):
            return names.get(part, part)
        return tuple(map(rename, part)) if isinstance(part, tuple) else part

    def function(one: Function) -> Function:
        return Function(rename(one.name), rename(one.parameters), rename(one.body))

    return Program(
        rename(program.globals),
        tuple(map(function, program.functions)),
        rename(program.main),
        tuple(
            PatternFunction(rename(r.name), rename(r.rules)) for r in program.patterns
        ),
        tuple(
            Class(rename(c.name), rename(c.fields), tuple(map(function, c.methods)))
            for c in program.classes
        ),
    )


def names_in(part: Any) -> set[str]:
    """Return every text in a part of a program: the names, and some more."""
    if isinstance(part, str):
        return {part}
    if isinstance(part, Function):
        return names_in((part.parameters, part.body))
    if isinstance(part, PatternFunction):
        return names_in(part.rules)
    if isinstance(part, Class):
        return names_in(part.methods)
    if isinstance(part, tuple | list):
        return set().union(*map(names_in, part))
    return set()
