"""Lists that must become a List: where they are used, or before, or not at all.

rest = List(rest)                →   return f(List(rest))
return f(rest)

rest = List(rest)                →   return List([x, *rest])
return List([x, *rest])
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from lisptorch_compile import pytree as py
from lisptorch_compile.pytree import Expr, Stmt
from lisptorch_compile.records import Record, replaced
from lisptorch_compile.scope import Binding

T = TypeVar("T")


def without_needless_wraps(runs: Sequence[Stmt], body: Sequence[Stmt]) -> list[Stmt]:
    """Return ``runs`` and then ``body``, without assignments of which one use is left."""
    statements = list(body)
    for run in reversed(runs):
        wrapped = _wrapped(run)
        if wrapped is None:
            statements.insert(0, run)
            continue
        binding, value = wrapped
        plain = _is_plain_wrap(run)
        uses = list(_uses(tuple(statements), binding, plain=plain))
        if uses == [True] and _is_single(statements) and not _sets(statements, binding):
            statements = [_with_value(statements[0], binding, value, plain=plain)]
        elif uses:
            statements.insert(0, run)
    return statements


def bindings_in(part: object) -> Iterator[Binding]:
    """Yield the variables in a part of the tree."""
    if isinstance(part, tuple):
        for item in part:
            yield from bindings_in(item)
    elif isinstance(part, py.Name):
        if isinstance(part.id, Binding):
            yield part.id
    else:
        for name in py.child_fields(part):
            yield from bindings_in(getattr(part, name))


def _wrapped(statement: Stmt) -> tuple[Binding, Expr] | None:
    """Return the variable and value of ``x = List(x)``, ``x = patterns.rest(items, 1)``."""
    match statement:
        case py.Assign((py.Name(Binding() as binding),), py.Call() as value):
            return binding, value
        case _:
            return None


def _is_plain_wrap(statement: Stmt) -> bool:
    """Tell whether the variable holds its elements before, too."""
    match statement:
        case py.Assign((py.Name(id),), py.Call(_, (py.Name(same),), ())):
            return id is same
        case _:
            return False


def _sets(statements: Sequence[Stmt], binding: Binding) -> bool:
    targets = [s.targets for s in statements if isinstance(s, py.Assign)]
    return binding in bindings_in(tuple(targets))


def _is_single(statements: Sequence[Stmt]) -> bool:
    return len(statements) == 1 and isinstance(
        statements[0], py.Return | py.ExprStmt | py.Assign
    )


def _uses(
    part: object, binding: Binding, *, plain: bool, once: bool = True
) -> Iterator[bool]:
    """Yield for each use that needs the value whether it is evaluated just once, where it
    stands; ``plain``: what only walks it does not need it."""
    match part:
        case tuple():
            for item in part:
                yield from _uses(item, binding, plain=plain, once=once)
        case py.Name(id):
            if id is binding:
                yield once
        case py.Starred(py.Name()) if plain:
            pass
        case py.Comprehension(clauses=(first, *_)):
            walked = first.iterable
            if not (plain and isinstance(walked, py.Name)):
                yield from _uses(walked, binding, plain=plain, once=once)
            for name in ("element", "clauses"):
                inner = getattr(part, name)
                others = [u for u in _inner_uses(inner, walked, binding, plain=plain)]
                yield from others
        case py.Lambda() | py.FunctionDef() | py.While() | py.For():
            for name in py.child_fields(part):
                yield from _uses(getattr(part, name), binding, plain=plain, once=False)
        case _:
            for name in py.child_fields(part):
                yield from _uses(getattr(part, name), binding, plain=plain, once=once)


def _inner_uses(
    part: object, walked: Expr, binding: Binding, *, plain: bool
) -> Iterator[bool]:
    if part is walked:
        return
    if isinstance(part, tuple):
        for item in part:
            yield from _inner_uses(item, walked, binding, plain=plain)
    elif isinstance(part, py.Clause):
        for name in ("iterable", "conditions"):
            yield from _inner_uses(getattr(part, name), walked, binding, plain=plain)
    else:
        yield from _uses(part, binding, plain=plain, once=False)


def _with_value(part: T, binding: Binding, value: Expr, *, plain: bool) -> T:
    """Return a part of the tree with ``value`` for the variable, but where it is walked."""
    match part:
        case tuple():
            items = [_with_value(item, binding, value, plain=plain) for item in part]
            return tuple(items)  # type: ignore[return-value]  # a tuple as before
        case py.Name(id):
            return value if id is binding else part  # type: ignore[return-value]  # an expression
        case py.Starred(py.Name()) if plain:
            return part
        case Record():
            changes = {
                name: _with_value(getattr(part, name), binding, value, plain=plain)
                for name in py.child_fields(part)
            }
            return replaced(part, **changes)
        case _:
            return part
