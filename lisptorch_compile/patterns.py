"""What the parameters of pattern functions match: part of the core tree.

    (defpat area ([Circle _ r]) …)     Instance
    (defpat fact ([integer_ (> n 0)])  TypeTest around a Condition
    (defpat lead ([x $ rest]) …)       Sequence

A name is bound by the first `Capture` (or `Condition`, `Kleene`) that has it; where it
stands again in the same rule, an equal value is wanted (`Same`).
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from lisptorch_compile.diagnostics import Span
from lisptorch_compile.records import record
from lisptorch_compile.scope import Binding

if TYPE_CHECKING:  # nodes hold patterns, and patterns hold nodes
    from lisptorch_compile.nodes import Data, Literal, Node


@record
class Anything:
    """``_``, ``nil`` and ``true``."""

    span: Span


@record
class Capture:
    """``x``."""

    binding: Binding
    span: Span


@record
class Same:
    """``x``, where the rule has bound it before."""

    binding: Binding
    span: Span


@record
class Equal:
    """A number, a text or a quoted atom."""

    value: Literal | Data
    span: Span


@record
class Empty:
    """``()``: every empty container, the empty text, nil."""

    span: Span


@record
class TypeTest:
    """``[integer_ x]``: a value whose `type` is exactly the atom ``type``."""

    type: str
    inner: Pattern
    span: Span


@record
class Condition:
    """``(< x 10)``: ``inner`` binds the variable, then ``test`` must be true.

    A test that fails with an error is no match.
    """

    inner: Capture | Same
    test: Node
    span: Span


class Quantity(Enum):
    """How many elements a `Kleene` takes."""

    SOME = "+"  # at least one
    ANY = "*"
    OPTIONAL = "%"  # one or none: the binding holds the element, or nil


@record
class Kleene:
    """``a+``, ``(< x 10)*``, only in a `Sequence`.

    ``item`` None: elements are taken until the next pattern matches; else as long as it
    matches (it binds ``binding`` to each of them in turn). ``binding`` then holds the list
    of what was taken; None: nobody asks.
    """

    quantity: Quantity
    item: Pattern | None
    binding: Binding | None
    span: Span


@record
class Sequence:
    """``[p1 p2 $ rest]``; ``rest`` None: there are no more elements."""

    items: tuple[Pattern | Kleene, ...]
    rest: Pattern | None
    span: Span


@record
class Instance:
    """``[Point x y]``: a value of a data type or class of the program, its fields in order.

    ``group``: ``type`` stands for several data types, and any number of the first fields
    may be given.
    """

    type: Binding
    fields: tuple[Pattern, ...]
    group: bool
    span: Span


@record
class Mapping:
    """``{"k":v x:y $:rest}``; ``rest`` None: there are no more entries."""

    entries: tuple[tuple[Pattern, Pattern], ...]
    rest: Pattern | None
    span: Span


@record
class Elements:
    """``{1 x $ rest}``: a set."""

    items: tuple[Pattern, ...]
    rest: Pattern | None
    span: Span


Pattern = (
    Anything
    | Capture
    | Same
    | Equal
    | Empty
    | TypeTest
    | Condition
    | Sequence
    | Instance
    | Mapping
    | Elements
)


def parts(pattern: Pattern | Kleene) -> tuple[Pattern | Kleene, ...]:
    """Return the patterns directly in a pattern."""
    match pattern:
        case TypeTest(_, inner) | Condition(inner):
            return (inner,)
        case Kleene(_, item):
            return () if item is None else (item,)
        case Sequence(items, rest) | Elements(items, rest):
            return items if rest is None else (*items, rest)
        case Instance(_, fields):
            return fields
        case Mapping(entries, rest):
            both = tuple([part for entry in entries for part in entry])
            return both if rest is None else (*both, rest)
        case _:
            return ()


def within(pattern: Pattern | Kleene) -> list[Pattern | Kleene]:
    """Return a pattern and all patterns in it, from left to right."""
    found: list[Pattern | Kleene] = [pattern]
    for part in parts(pattern):
        found.extend(within(part))
    return found


def bindings(patterns: tuple[Pattern, ...]) -> tuple[Binding, ...]:
    """Return the variables that the patterns of one rule bind, each once."""
    found: dict[Binding, None] = {}
    pending: list[Pattern | Kleene] = list(reversed(patterns))
    while pending:
        match pending.pop():
            case Capture(binding) | Kleene(_, _, Binding() as binding):
                found[binding] = None
            case Kleene():
                pass  # what it binds to one element is nobody else's
            case pattern:
                pending.extend(reversed(parts(pattern)))
    return tuple(found)


def conditions(patterns: tuple[Pattern, ...]) -> tuple[Node, ...]:
    """Return the code in patterns: the tests of their conditions."""
    inner = [part for pattern in patterns for part in within(pattern)]
    return tuple([part.test for part in inner if isinstance(part, Condition)])


def whole(pattern: Pattern) -> Binding | None:
    """Return the variable that a pattern binds to the value as a whole."""
    match pattern:
        case Capture(binding):
            return binding
        case Condition(inner) | TypeTest(_, inner):
            return whole(inner)
        case _:
            return None
