"""The Python that we write, as a small frozen tree.

Only the constructs that generated programs use. Every node has the span of the form it
came from. A ``Name`` holds a binding (its Python name is allocated later) or, for
builtins, imports and attributes of templates, the Python name itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from types import EllipsisType

from lisptorch_compile.diagnostics import Span
from lisptorch_compile.records import Record, record
from lisptorch_compile.scope import Binding

# --- expressions ---------------------------------------------------------------------


@record
class Name:
    id: Binding | str
    span: Span


@record
class Literal:
    """None, True, False, ``...``, a number, a text or bytes."""

    value: int | float | complex | str | bytes | bool | EllipsisType | None
    span: Span


@record
class FString:
    """``f"…"``; parts are plain texts and expressions with an optional format spec."""

    parts: tuple[str | Interpolation, ...]
    span: Span


@record
class Interpolation:
    """``{value}`` or ``{value:spec}`` of an f-string."""

    value: Expr
    spec: str | None
    span: Span


@record
class Attribute:
    """``value.name``; a binding where the name is allocated (methods, other modules)."""

    value: Expr
    name: str | Binding
    span: Span


@record
class Subscript:
    value: Expr
    index: Expr
    span: Span


@record
class Slice:
    """``lower:upper:step``, only as the index of a Subscript (or in a tuple there)."""

    lower: Expr | None
    upper: Expr | None
    step: Expr | None
    span: Span


@record
class Starred:
    """``*value`` in a call or a display."""

    value: Expr
    span: Span


@record
class Keyword:
    """``name=value`` of a call, or ``**value`` when the name is None; a parameter of a
    function of the program is given by its binding."""

    name: Binding | str | None
    value: Expr
    span: Span


@record
class Call:
    function: Expr
    arguments: tuple[Expr, ...]
    keywords: tuple[Keyword, ...]
    span: Span


@record
class Unary:
    """``operator`` is one of ``- + ~ not``."""

    operator: str
    operand: Expr
    span: Span


@record
class Binary:
    """``operator`` is one of ``+ - * / // % ** @ << >> & | ^``."""

    left: Expr
    operator: str
    right: Expr
    span: Span


@record
class Compare:
    """``a < b <= c``: as many operators (``== != < <= > >= in not in is is not``) as
    operands after the first."""

    left: Expr
    operators: tuple[str, ...]
    comparators: tuple[Expr, ...]
    span: Span


@record
class Logical:
    """Two or more operands joined by ``and`` or by ``or``."""

    operator: str
    operands: tuple[Expr, ...]
    span: Span


@record
class Conditional:
    """``then if test else orelse``."""

    test: Expr
    then: Expr
    orelse: Expr
    span: Span


@record
class ListDisplay:
    items: tuple[Expr, ...]
    span: Span


@record
class TupleDisplay:
    items: tuple[Expr, ...]
    span: Span


@record
class SetDisplay:
    """At least one item."""

    items: tuple[Expr, ...]
    span: Span


@record
class DictDisplay:
    """``{key: value}``; a None key writes ``**value``."""

    entries: tuple[tuple[Expr | None, Expr], ...]
    span: Span


@record
class Clause:
    """``for target in iterable if c1 if c2`` of a comprehension."""

    target: Expr
    iterable: Expr
    conditions: tuple[Expr, ...]
    span: Span


@record
class Comprehension:
    """``kind`` is ``list``, ``set`` or ``generator``.

    A generator that is the only argument of a call is written without its own
    parentheses.
    """

    kind: str
    element: Expr
    clauses: tuple[Clause, ...]
    span: Span


@record
class Lambda:
    parameters: tuple[Parameter, ...]
    body: Expr
    span: Span


@record
class Walrus:
    """``(target := value)``, only where a ``while`` test would otherwise be repeated."""

    target: Name
    value: Expr
    span: Span


Expr = (
    Name
    | Literal
    | FString
    | Attribute
    | Subscript
    | Slice
    | Starred
    | Call
    | Unary
    | Binary
    | Compare
    | Logical
    | Conditional
    | ListDisplay
    | TupleDisplay
    | SetDisplay
    | DictDisplay
    | Comprehension
    | Lambda
    | Walrus
)


@record
class Parameter:
    """``name``, ``name=default`` or, with ``kind`` ``"*"``, ``*name``."""

    name: Name
    default: Expr | None
    kind: str  # "" or "*"
    span: Span


# --- patterns of `match` ---------------------------------------------------------------


@record
class MatchValue:
    """A literal or a dotted name, compared with ``==`` (None, True and False: ``is``)."""

    value: Expr
    span: Span


@record
class MatchCapture:
    """``pattern as name``, the bare ``name``, or ``_`` when both are None."""

    pattern: Pattern | None
    name: Name | None
    span: Span


@record
class MatchStar:
    """``*name`` or ``*_`` of a sequence pattern."""

    name: Name | None
    span: Span


@record
class MatchSequence:
    items: tuple[Pattern, ...]
    span: Span


@record
class MatchMapping:
    """``{key: pattern, **rest}``."""

    entries: tuple[tuple[Expr, Pattern], ...]
    rest: Name | None
    span: Span


@record
class MatchClass:
    cls: Expr
    positional: tuple[Pattern, ...]
    keywords: tuple[tuple[str, Pattern], ...]
    span: Span


@record
class MatchOr:
    alternatives: tuple[Pattern, ...]
    span: Span


Pattern = (
    MatchValue
    | MatchCapture
    | MatchStar
    | MatchSequence
    | MatchMapping
    | MatchClass
    | MatchOr
)

# --- statements --------------------------------------------------------------------------

Body = tuple["Stmt", ...]


@record
class ExprStmt:
    value: Expr
    span: Span


@record
class Assign:
    """``t1 = t2 = value``; a target is a Name, Attribute, Subscript, Starred or tuple."""

    targets: tuple[Expr, ...]
    value: Expr
    span: Span


@record
class Declaration:
    """``name: annotation`` in the body of a class."""

    name: str
    annotation: Expr
    span: Span


@record
class AugAssign:
    """``target operator= value``."""

    target: Expr
    operator: str
    value: Expr
    span: Span


@record
class If:
    """An ``orelse`` that holds nothing but another If is written as ``elif``."""

    test: Expr
    body: Body
    orelse: Body
    span: Span


@record
class While:
    test: Expr
    body: Body
    orelse: Body
    span: Span


@record
class For:
    target: Expr
    iterable: Expr
    body: Body
    orelse: Body
    span: Span


@record
class With:
    """``with context as target, …``."""

    items: tuple[tuple[Expr, Expr | None], ...]
    body: Body
    span: Span


@record
class Handler:
    """``except type as name``; the type None is a bare except (not used by us)."""

    type: Expr | None
    name: Name | None
    body: Body
    span: Span


@record
class Try:
    body: Body
    handlers: tuple[Handler, ...]
    orelse: Body
    finalbody: Body
    span: Span


@record
class Case:
    pattern: Pattern
    guard: Expr | None
    body: Body
    span: Span


@record
class Match:
    subject: Expr
    cases: tuple[Case, ...]
    span: Span


@record
class FunctionDef:
    """``locals`` are all bindings whose names live in the function: parameters too."""

    name: Name
    parameters: tuple[Parameter, ...]
    body: Body
    decorators: tuple[Expr, ...]
    docstring: str | None
    locals: tuple[Binding, ...]
    span: Span


@record
class ClassDef:
    """``locals`` are the bindings of the methods and class variables."""

    name: Name
    bases: tuple[Expr, ...]
    body: Body
    decorators: tuple[Expr, ...]
    docstring: str | None
    locals: tuple[Binding, ...]
    span: Span


@record
class Return:
    value: Expr | None
    span: Span


@record
class Raise:
    value: Expr | None
    cause: Expr | None
    span: Span


@record
class Delete:
    targets: tuple[Expr, ...]
    span: Span


@record
class ScopeDeclaration:
    """``global a, b`` or ``nonlocal a, b``; ``kind`` is the word."""

    kind: str
    names: tuple[Name, ...]
    span: Span


@record
class Break:
    span: Span


@record
class Continue:
    span: Span


@record
class Pass:
    span: Span


@record
class Import:
    """``import module as alias``, or ``from module import name as alias``."""

    module: str
    name: str | None
    alias: str | Binding | None
    span: Span


Stmt = (
    ExprStmt
    | Assign
    | Declaration
    | AugAssign
    | If
    | While
    | For
    | With
    | Try
    | Match
    | FunctionDef
    | ClassDef
    | Return
    | Raise
    | Delete
    | ScopeDeclaration
    | Break
    | Continue
    | Pass
    | Import
)


@record
class Module:
    """``imports`` stand first, sorted and grouped by the emitter; ``locals`` are the
    bindings of the module."""

    docstring: str
    imports: tuple[Import, ...]
    body: Body
    locals: tuple[Binding, ...]
    span: Span


def child_fields(node: object) -> tuple[str, ...]:
    """Return the names of the fields of a node that can hold nodes."""
    kind = type(node)
    names = _CHILD_FIELDS.get(kind)
    if names is None:
        fields = kind.__match_args__ if issubclass(kind, Record) else ()
        names = tuple([name for name in fields if name != "span"])
        _CHILD_FIELDS[kind] = names
    return names


_CHILD_FIELDS: dict[type, tuple[str, ...]] = {}


def used_names(statements: Iterable[Stmt]) -> set[str]:
    """Return the names of builtins and imports that the statements mention."""
    found: set[str] = set()
    stack: list[object] = list(statements)
    while stack:
        node = stack.pop()
        kind = node.__class__
        if kind is tuple:
            stack.extend(node)  # type: ignore[arg-type]  # a tuple
        elif kind is Name:
            if node.id.__class__ is str:  # type: ignore[attr-defined]  # a Name
                found.add(node.id)  # type: ignore[attr-defined]
        else:
            stack.extend([getattr(node, name) for name in child_fields(node)])
    return found
