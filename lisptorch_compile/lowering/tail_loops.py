"""Self tail calls as the rounds of a loop: ``while n > 0`` for a call at the end."""

from __future__ import annotations

from collections.abc import Sequence

from lisptorch_compile import pytree as py
from lisptorch_compile.diagnostics import Span
from lisptorch_compile.lowering.build import ends_flow, literal, negate
from lisptorch_compile.pytree import Stmt
from lisptorch_compile.records import replaced


def looped(body: Sequence[Stmt], span: Span) -> list[Stmt]:
    """Return the body of a function whose calls of itself are ``continue``, as a loop."""
    return _loop_of(_without_last_continue(body), span)


def _loop_of(rounds: tuple[Stmt, ...], span: Span) -> list[Stmt]:
    """Return the loop of a tail-recursive body, with a test where it begins with one:

    ``if n > 0: …; continue`` and a rest that returns → ``while n > 0: …`` and the rest;
    ``if b == 0: return a`` and a rest → ``while b != 0: …`` and ``return a``.
    What follows a `match` whose cases all leave is its last case: ``case _: raise …``.
    """
    match rounds:
        case (py.If(test, (*step, py.Continue()), ()), *rest) if (
            step and ends_flow(rest) and not _continues(rest)
        ):
            return [py.While(test, tuple(step), (), span), *rest]
        case (
            py.If(py.Compare() as test, (py.Return(value),) as leave, ()),
            *rest,
        ) if rest and not isinstance(negate(test, span), py.Unary):
            loop = py.While(negate(test, span), tuple(rest), (), span)
            return [loop] if value is None else [loop, *leave]
        case (py.Match(subject, cases, at), *rest) if _chooses(cases, rest):
            chosen = (*cases, py.Case(_anything(at), None, tuple(rest), at))
            trimmed = [replaced(case, body=_round(case.body)) for case in chosen]
            choice = py.Match(subject, tuple(trimmed), at)
            return [py.While(literal(True, span), (choice,), (), span)]
        case _:
            return [py.While(literal(True, span), rounds, (), span)]


def _chooses(cases: Sequence[py.Case], rest: Sequence[Stmt]) -> bool:
    """Tell whether what follows a `match` may be its last case: nothing else gets there."""
    return bool(rest) and all([ends_flow(case.body) for case in cases])


def _anything(span: Span) -> py.Pattern:
    return py.MatchCapture(None, None, span)


def _round(body: Sequence[Stmt]) -> tuple[Stmt, ...]:
    """Return the last step of a loop without the ``continue`` at its end."""
    match body:
        case (py.Continue(span),):
            return (py.Pass(span),)
        case _:
            return _without_last_continue(body)


def _continues(body: Sequence[Stmt]) -> bool:
    """Tell whether a ``continue`` stands in a body, outside of its own loops."""
    for statement in body:
        match statement:
            case py.Continue():
                return True
            case py.If(_, then, orelse):
                if _continues(then) or _continues(orelse):
                    return True
            case py.Try() | py.Match() | py.With():
                return True  # not looked into
    return False


def _without_last_continue(body: Sequence[Stmt]) -> tuple[Stmt, ...]:
    """Return the body of a loop without a ``continue`` that would come anyway."""
    if not body:
        return tuple(body)
    match body[-1]:
        case py.Continue() if len(body) > 1:
            return tuple(body[:-1])
        case py.If(test, then, orelse, span) if orelse:
            last = py.If(test, _trimmed(then), _trimmed(orelse), span)
            return (*body[:-1], last)
        case _:
            return tuple(body)


def _trimmed(body: Sequence[Stmt]) -> tuple[Stmt, ...]:
    trimmed = _without_last_continue(body)
    return trimmed if trimmed else tuple(body)
