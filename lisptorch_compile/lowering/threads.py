"""Locks, and each thread's copies of the file's variables."""

from __future__ import annotations

from lisptorch_compile import pytree as py
from lisptorch_compile.diagnostics import Span
from lisptorch_compile.lowering.base import Destination, Lowerer
from lisptorch_compile.lowering.build import literal, with_statement
from lisptorch_compile.nodes import Locked
from lisptorch_compile.pytree import Stmt


def lower_locked(
    lowerer: Lowerer, node: Locked, destination: Destination
) -> list[Stmt]:
    """``with threads.lock("totals"):`` or ``with shared:`` and the body."""
    span = node.span
    before: list[Stmt] = []
    if node.name is None:
        lock = lowerer.imported("shared", span)
    else:
        before, name = lowerer.value(node.name)
        lock = lowerer.runtime("threads.lock", [name], span)
    if not node.body:
        return [*before, *lowerer.place(literal(None, span), node, destination)]
    body = lowerer.arm(node.body, destination)
    return [*before, with_statement([(lock, None)], body, span)]


def making_of_copies(lowerer: Lowerer, span: Span) -> list[Stmt]:
    """Return ``own = threads.Variables()``, of whose contents each thread has copies, where
    the code so far speaks of it for the first time."""
    if lowerer.copies is None or lowerer.copies_are_made:
        return []
    lowerer.copies_are_made = True
    made = lowerer.runtime("threads.Variables", [], span)
    return [py.Assign((lowerer.thread_copies(span),), made, span)]
