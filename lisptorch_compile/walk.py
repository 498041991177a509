"""The children of core nodes, in the order in which they are evaluated."""

from __future__ import annotations

from lisptorch_compile.nodes import (
    Assign,
    Block,
    Body,
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
    PyImport,
    Repeat,
    Return,
    SetLiteral,
    Switch,
    Update,
    UpdateItem,
    Use,
    Variable,
    While,
)

_LEAVES = (Literal, Data, Variable, BuiltinValue, Break, Use, Load, PyImport)


def children(node: Node | Named) -> Body:
    """Return the nodes directly below ``node``, bodies of functions included."""
    if isinstance(node, _LEAVES):
        return ()
    match node:
        case ListLiteral(items) | SetLiteral(items):
            return items
        case DictLiteral(entries):
            return tuple([part for entry in entries for part in entry])
        case Lambda(parameters, body) | FunctionDef(_, parameters, body):
            defaults = [p.default for p in parameters if p.default is not None]
            return (*defaults, *body)
        case Named(_, value) | Assign(_, value) | Destructure(_, value):
            return (value,)
        case Constant(_, value) | Not(value):
            return (value,)
        case Call(function, arguments):
            return (function, *[argument_value(a) for a in arguments])
        case BuiltinCall(_, arguments):
            return tuple([argument_value(a) for a in arguments])
        case Update(_, _, operands):
            return operands
        case UpdateItem(_, container, keys, operands):
            return (container, *keys, *operands)
        case Let(bindings, body):
            return (*[value for _, value in bindings], *body)
        case If(test, then, orelse):
            return (test, then, orelse)
        case Block(body) | Catch(body) | Elapse(body):
            return body
        case Logical(_, operands):
            return operands
        case While(test, body):
            return (test, *body)
        case For(_, _, iterables, test, body):
            return (*iterables, *([test] if test is not None else []), *body)
        case Repeat(count, _, body):
            return (count, *body)
        case Return(value):
            return (value,) if value is not None else ()
        case Switch(subject, cases, default):
            bodies = [case.body for case in cases]
            return (subject, *bodies, *([default] if default is not None else []))
        case Maybe(body, handler):
            return (*body, handler)
        case Interpolated(parts):
            return tuple([part for part in parts if not isinstance(part, str)])
        case _:
            raise AssertionError(f"no children known for {type(node).__name__}")


def argument_value(argument: Node | Named) -> Node:
    """Return the node of an argument, named or not."""
    return argument.value if isinstance(argument, Named) else argument
