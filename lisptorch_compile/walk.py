"""The children of core nodes, in the order in which they are evaluated."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from lisptorch_compile.nodes import (
    Assign,
    Attribute,
    Block,
    Body,
    Break,
    BuiltinCall,
    BuiltinValue,
    Call,
    Catch,
    ClassDef,
    Constant,
    Cut,
    Data,
    DataDef,
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
    Locked,
    Logical,
    Maybe,
    Named,
    New,
    Node,
    Not,
    PatternFunction,
    PyImport,
    Repeat,
    Return,
    Send,
    SetLiteral,
    SuperCall,
    Switch,
    This,
    Update,
    UpdateItem,
    Use,
    Variable,
    While,
    With,
)
from lisptorch_compile.patterns import conditions


def children(node: Node | Named) -> Body:
    """Return the nodes directly below ``node``, bodies of functions included."""
    return _CHILDREN[node.__class__](node)


def with_descendants(roots: Iterable[Node]) -> Iterator[Node]:
    """Yield nodes and all that stand below them, in the order of the source."""
    pending = list(roots)[::-1]
    while pending:
        node = pending.pop()
        yield node
        pending.extend(children(node)[::-1])


def argument_value(argument: Node | Named) -> Node:
    """Return the node of an argument, named or not."""
    return argument.value if isinstance(argument, Named) else argument


def _values(arguments: tuple[Node | Named, ...]) -> Body:
    for argument in arguments:
        if argument.__class__ is Named:
            return tuple([argument_value(argument) for argument in arguments])
    return arguments  # type: ignore[return-value]  # none of them is named


def _of_function(node: Lambda | FunctionDef) -> Body:
    defaults = [p.default for p in node.parameters if p.default is not None]
    return (*defaults, *node.body) if defaults else node.body


def _of_rules(node: PatternFunction) -> Body:
    parts = [part for r in node.rules for part in (*conditions(r.patterns), *r.body)]
    return tuple(parts)


def _of_class(node: ClassDef) -> Body:
    base = () if node.base is None else (node.base,)
    parameters = [field.parameter for field in node.fields]
    defaults = [p.default for p in parameters if p.default is not None]
    return (*base, *defaults, *node.methods)


def _of_for(node: For) -> Body:
    test = () if node.test is None else (node.test,)
    return (*node.iterables, *test, *node.body)


def _of_switch(node: Switch) -> Body:
    bodies = [case.body for case in node.cases]
    default = () if node.default is None else (node.default,)
    return (node.subject, *bodies, *default)


def _of_locked(node: Locked) -> Body:
    return node.body if node.name is None else (node.name, *node.body)


def _nothing(_: Node | Named) -> Body:
    return ()


def _value(node: Any) -> Body:
    return (node.value,)


def _body(node: Any) -> Body:
    body: Body = node.body
    return body


#: A table by class, since every survey of a program asks at every node.
_CHILDREN: dict[type, Callable[[Any], Body]] = {
    **dict.fromkeys((Literal, Variable, BuiltinValue), _nothing),
    **dict.fromkeys((This, DataDef, Break, Cut, Use, Load, PyImport), _nothing),
    Data: lambda node: tuple([function for _, function in node.functions]),
    ListLiteral: lambda node: node.items,
    SetLiteral: lambda node: node.items,
    DictLiteral: lambda node: tuple([part for pair in node.entries for part in pair]),
    Lambda: _of_function,
    FunctionDef: _of_function,
    PatternFunction: _of_rules,
    ClassDef: _of_class,
    **dict.fromkeys((Named, Attribute, Assign, Destructure, Constant), _value),
    Not: lambda node: (node.operand,),
    Call: lambda node: (node.function, *_values(node.arguments)),
    BuiltinCall: lambda node: _values(node.arguments),
    Send: lambda node: (node.receiver, *_values(node.arguments), node.otherwise),
    SuperCall: lambda node: (node.parent, *_values(node.arguments)),
    New: lambda node: (node.construction, *[value for _, value in node.fields]),
    Update: lambda node: node.operands,
    UpdateItem: lambda node: (node.container, *node.keys, *node.operands),
    Let: lambda node: (*[value for _, value in node.bindings], *node.body),
    If: lambda node: (node.test, node.then, node.orelse),
    **dict.fromkeys((Block, Catch, Elapse), _body),
    Locked: _of_locked,
    Logical: lambda node: node.operands,
    While: lambda node: (node.test, *node.body),
    For: _of_for,
    Repeat: lambda node: (node.count, *node.body),
    Return: lambda node: () if node.value is None else (node.value,),
    Switch: _of_switch,
    Maybe: lambda node: (*node.body, node.handler),
    With: lambda node: (*[value for _, value in node.contexts], *node.body),
    Interpolated: lambda node: tuple([p for p in node.parts if not isinstance(p, str)]),
}
