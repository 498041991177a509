"""``x = l[-1]`` and then ``l.pop()`` are ``x = l.pop()``."""

from __future__ import annotations

from lisptorch_compile import pytree as py
from lisptorch_compile.pytree import Expr, Stmt


def append_step(statements: list[Stmt], step: list[Stmt]) -> None:
    """Append the statements of the next step to those before it; one that takes away the
    element that the last one reads becomes one with it."""
    match statements[-1:], step:
        case [py.Assign((target,), read)], [py.ExprStmt(taken)] if _takes(taken, read):
            assert isinstance(taken, py.Call) and isinstance(
                taken.function, py.Attribute
            )
            if not _mentions(target, taken.function.value):
                statements[-1] = py.Assign((target,), taken, statements[-1].span)
                return
    statements.extend(step)


def _takes(taken: Expr, read: Expr) -> bool:
    """Tell whether a call takes the element away that a subscript reads."""
    match taken, read:
        case (
            py.Call(py.Attribute(source, "pop"), arguments, ()),
            py.Subscript(container, index),
        ):
            return _same(source, container) and _position(arguments) == _number(index)
        case _:
            return False


def _position(arguments: tuple[Expr, ...]) -> int | None:
    match arguments:
        case ():
            return -1
        case (argument,):
            return _number(argument)
        case _:
            return None


def _number(index: Expr) -> int | None:
    match index:
        case py.Literal(int() as value):
            return value
        case _:
            return None


def _same(one: Expr, other: Expr) -> bool:
    match one, other:
        case py.Name(name), py.Name(again):
            return name == again
        case py.Attribute(value, name), py.Attribute(again, known):
            return name == known and _same(value, again)
        case _:
            return False


def _mentions(target: Expr, container: Expr) -> bool:
    """Tell whether an assignment changes which list the container is."""
    match target:
        case py.TupleDisplay(items):
            return any([_mentions(item, container) for item in items])
        case py.Name() | py.Attribute():
            return _same(target, container)
        case _:
            return True
