"""Where a list is surely not empty: behind its test, until something may take from it.

(while (size queue)
   (setq next (car queue))     ; there is one
   (popfirst queue)            ; here, too; from now on, who knows
   …)
"""

from __future__ import annotations

from lisptorch_compile.nodes import (
    Block,
    Break,
    BuiltinCall,
    Call,
    Literal,
    Load,
    Locked,
    Logical,
    Named,
    New,
    Node,
    Not,
    Return,
    Send,
    SuperCall,
    Variable,
    With,
)
from lisptorch_compile.scope import Binding

Filled = frozenset[Binding]
NONE: Filled = frozenset()

#: Builtins with effects that take no element from any container.
_HARMLESS = frozenset(
    ("print", "println", "printerr", "printerrln", "push", "pushfirst", "pushlast")
    + ("pushtrue", "extend", "set@", "key@", "keyi@", "keyn@")
)
_UNKNOWN_CODE = Call | Send | SuperCall | New | Load | Locked | With


def filled_after(test: Node) -> tuple[Filled, Filled]:
    """Return the variables whose list has elements where a test is true, and where it is
    false."""
    match test:
        case Variable(binding):
            return frozenset((binding,)), NONE
        case Not(operand):
            true, false = filled_after(operand)
            return false, true
        case BuiltinCall(builtin, (Variable(binding),)) if builtin.name in _EMPTINESS:
            return NONE, frozenset((binding,))
        case BuiltinCall(builtin, (size, Literal(0))) if builtin.name in (">", "!="):
            return _measured(size), NONE
        case BuiltinCall(builtin, (size, Literal(0))) if builtin.name == "=":
            return NONE, _measured(size)
        case BuiltinCall(builtin, (Literal(0), size)) if builtin.name == "<":
            return _measured(size), NONE
        case BuiltinCall():
            return _measured(test), NONE
        case Logical("and", operands):
            return NONE.union(*[filled_after(o)[0] for o in operands]), NONE
        case Logical("or", operands):
            return NONE, NONE.union(*[filled_after(o)[1] for o in operands])
        case _:
            return NONE, NONE


_EMPTINESS = frozenset(("nullp", "emptyp"))


def _measured(node: Node | Named) -> Filled:
    match node:
        case BuiltinCall(builtin, (Variable(binding),)) if builtin.name == "size":
            return frozenset((binding,))
        case _:
            return NONE


def may_take(node: Node) -> bool:
    """Tell whether ``node`` itself, not what is below it, may empty any list."""
    if isinstance(node, BuiltinCall):
        return not (node.builtin.pure or node.builtin.name in _HARMLESS)
    return isinstance(node, _UNKNOWN_CODE)


def leaves(node: Node) -> bool:
    """Tell whether what follows ``node`` is not reached from it."""
    match node:
        case Return() | Break():
            return True
        case Block(body):
            return bool(body) and leaves(body[-1])
        case BuiltinCall(builtin):
            return builtin.name == "throw"
        case _:
            return False
