"""Core nodes as text, short enough to compare in tests.

    (setq n 1) at the top level    →    (assign n.global 1)

A variable carries what its binding is: ``x.global``, ``x.local``, ``x.parameter``,
``f.function``, ``item.temporary``, ``x.late``. A call in tail position is ``tail-call``.
"""

from __future__ import annotations

from collections.abc import Iterable

from lisptorch_compile.forms import DictForm, Form, ListForm, Quote, SetForm, Symbol
from lisptorch_compile.nodes import (
    Assign,
    Attribute,
    Block,
    Break,
    BuiltinCall,
    BuiltinValue,
    Call,
    Catch,
    Constant,
    Data,
    Destructure,
    DictLiteral,
    Elapse,
    For,
    FunctionDef,
    If,
    Interpolated,
    Lambda,
    Let,
    ListLiteral,
    Literal,
    Load,
    Logical,
    Maybe,
    Named,
    Node,
    Not,
    Parameter,
    PyImport,
    Repeat,
    Result,
    Return,
    SetLiteral,
    Switch,
    Update,
    UpdateItem,
    Use,
    Variable,
    While,
    With,
)
from lisptorch_compile.scope import Binding


def shown(node: Node | Named) -> str:
    """Return ``node`` as text."""
    match node:
        case Literal(value):
            return _literal(value)
        case Data(form):
            return f"'{_datum(form)}"
        case Variable(binding):
            return _name(binding)
        case BuiltinValue(builtin):
            return f"#{builtin.name}"
        case ListLiteral(items):
            return _call("list-of", items)
        case SetLiteral(items):
            return _call("set-of", items)
        case DictLiteral(entries, text_keys):
            pairs = [f"{shown(key)}:{shown(value)}" for key, value in entries]
            return f"({'dict' if text_keys else 'number-dict'} {' '.join(pairs)})"
        case Lambda(parameters, body, own, itself):
            name = "lambda" if itself is None else f"lambda:{itself.name}"
            return f"({name} {_parameters(parameters)}{_locals(own)} {_all(body)})"
        case Named(name, value):
            return f"(? {name} {shown(value)})"
        case Call(function, arguments, tail):
            return _call("tail-call" if tail else "call", [function, *arguments])
        case BuiltinCall(builtin, arguments):
            return _call(builtin.name, arguments)
        case Assign(binding, value, result):
            name = "assign" if result is Result.TRUE else "assign-value"
            return f"({name} {_name(binding)} {shown(value)})"
        case Destructure(bindings, value):
            return f"(destructure ({_names(bindings)}) {shown(value)})"
        case Constant(binding, value):
            return f"(constant {_name(binding)} {shown(value)})"
        case Update(operator, binding, operands):
            return f"(update {operator.name} {_name(binding)} {_all(operands)})"
        case UpdateItem(operator, container, keys, operands):
            place = _call("@", [container, *keys])
            return f"(update {operator.name} {place} {_all(operands)})"
        case Let(bindings, body):
            pairs = [f"({_name(b)} {shown(value)})" for b, value in bindings]
            return f"(let ({' '.join(pairs)}) {_all(body)})"
        case If(test, then, orelse):
            return _call("if", [test, then, orelse])
        case Block(body):
            return _call("block", body)
        case Logical(operator, operands, value):
            return _call(f"{operator}-value" if value else operator, operands)
        case Not(operand):
            return _call("not", [operand])
        case While(test, body):
            return _call("while", [test, *body])
        case For(kind, bindings, iterables, test, body):
            until = f" while {shown(test)}" if test is not None else ""
            head = (
                f"{kind.name.lower()} ({_names(bindings)}) ({_all(iterables)}){until}"
            )
            return f"({head} {_all(body)})"
        case Repeat(count, binding, body):
            counter = _name(binding) if binding is not None else "-"
            return f"(repeat {shown(count)} {counter} {_all(body)})"
        case Break():
            return "(break)"
        case Return(value):
            return _call("return", [value] if value is not None else [])
        case Switch(subject, cases, default):
            clauses = [f"({case.key} {shown(case.body)})" for case in cases]
            clauses += [f"(else {shown(default)})"] if default is not None else []
            return f"(switch {shown(subject)} {' '.join(clauses)})"
        case Maybe(body, handler):
            return _call("maybe", [*body, handler])
        case Catch(body):
            return _call("catch", body)
        case Attribute(value, name):
            return f"{shown(value)}.{name}"
        case With(contexts, body):
            pairs = [
                f"({_name(name) if name is not None else '_'} {shown(context)})"
                for name, context in contexts
            ]
            return f"(with ({' '.join(pairs)}) {_all(body)})"
        case Elapse(body):
            return _call("elapse", body)
        case Interpolated(parts):
            texts = [repr(p) if isinstance(p, str) else shown(p) for p in parts]
            return f"(text {' '.join(texts)})"
        case FunctionDef(binding, parameters, body, own, docstring):
            doc = f" {docstring!r}" if docstring is not None else ""
            head = f"{binding.name} {_parameters(parameters)}{_locals(own)}{doc}"
            return f"(def {head} {_all(body)})"
        case Use(library):
            return f"(use {library})"
        case Load(path, module):
            return f"(load {path} {module})"
        case PyImport(module, bindings, members):
            return f"(import {module} ({_names(bindings)}) {' '.join(members)})"


def _call(head: str, nodes: Iterable[Node | Named]) -> str:
    return f"({' '.join([head, *[shown(node) for node in nodes]])})"


def _all(nodes: Iterable[Node]) -> str:
    return " ".join([shown(node) for node in nodes])


def _name(binding: Binding) -> str:
    return f"{binding.name}.{binding.kind.name.lower()}"


def _names(bindings: Iterable[Binding]) -> str:
    return " ".join([_name(binding) for binding in bindings])


def _locals(bindings: Iterable[Binding]) -> str:
    names = " ".join([binding.name for binding in bindings])
    return f" own:{names}" if names else ""


def _parameters(parameters: Iterable[Parameter]) -> str:
    return f"({' '.join([_parameter(parameter) for parameter in parameters])})"


def _parameter(parameter: Parameter) -> str:
    name = parameter.binding.name
    if parameter.rest:
        return f"*{name}"
    if parameter.default is not None:
        return f"{name}={shown(parameter.default)}"
    return f"{name}=nil" if parameter.optional else name


def _literal(value: object) -> str:
    if value is None:
        return "nil"
    return "true" if value is True else repr(value)


def _datum(form: Form) -> str:
    match form:
        case Symbol(name):
            return name
        case ListForm(items):
            return f"({' '.join([_datum(item) for item in items])})"
        case Quote(inner):
            return f"'{_datum(inner)}"
        case DictForm() | SetForm():
            return "{…}"
        case _:
            return repr(form.value)
