"""Functions that outlive the round of a loop in which they are made.

LispE's `map` calls its function anew for each element. A comprehension has one variable
for all of them, which a function made in it sees as the last round leaves it:

    (map (\\(n) (\\(x) (+ n x))) '(1 2))    ; not [lambda x: n + x for n in [1, 2]]
"""

from __future__ import annotations

from lisptorch_compile.fact_rules import calls_with_elements
from lisptorch_compile.nodes import (
    Body,
    BuiltinCall,
    Call,
    FunctionDef,
    Lambda,
    Maybe,
    Node,
    PatternFunction,
)
from lisptorch_compile.walk import argument_value, children


def makes_function(body: Body) -> bool:
    """Tell whether a body makes a function that may live on; one that stands where it is
    called does not."""
    stack: list[Node] = list(body)
    while stack:
        node = stack.pop()
        match node:
            case Lambda() | FunctionDef() | PatternFunction():
                return True
            case BuiltinCall(builtin, arguments) if _only_calls(builtin.name):
                for argument in arguments:
                    stack.extend(_opened(argument_value(argument)))
            case Call(Lambda(_, inner), arguments):
                stack.extend((*inner, *[argument_value(a) for a in arguments]))
            case Maybe(inner, handler):
                stack.extend((*inner, *_opened(handler)))
            case _:
                stack.extend(children(node))
    return False


def _only_calls(name: str) -> bool:
    return calls_with_elements(name) or name == "apply"


def _opened(node: Node) -> Body:
    """Return what a function in place does, or the node itself."""
    return node.body if isinstance(node, Lambda) else (node,)
