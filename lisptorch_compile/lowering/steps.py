"""What a rule asks of its arguments, in Python's words."""

from __future__ import annotations

from lisptorch_compile import pytree as py
from lisptorch_compile.pytree import Expr, Stmt
from lisptorch_compile.records import record


@record
class Check:
    """What must hold of one argument, as a test and as a pattern of `match`.

    ``test`` None: only a pattern can say it; ``pattern`` None: only the test. Behind the
    pattern ``besides`` must hold, too; behind the test ``unpacking`` binds the names.
    """

    place: int
    test: Expr | None
    pattern: py.Pattern | None
    besides: tuple[Expr, ...] = ()
    unpacking: tuple[Stmt, ...] = ()


@record
class Test:
    """An expression that must be true."""

    test: Expr


@record
class Run:
    """Statements that bind names."""

    statements: tuple[Stmt, ...]


@record
class Match:
    """A value that must match a pattern."""

    subject: Expr
    pattern: py.Pattern


Step = Test | Run | Match
