"""The tests and patterns of types, and of empty values."""

from __future__ import annotations

from lisptorch_compile import pytree as py
from lisptorch_compile.catalogue.model import (
    BOOL,
    DICTS,
    HEAP,
    INSTANCE,
    LISTS,
    NIL,
    NOTHING,
    SET,
    STRINGS,
    TEXT,
    Fact,
)
from lisptorch_compile.diagnostics import Span
from lisptorch_compile.lowering.base import Lowerer
from lisptorch_compile.lowering.build import compare, literal
from lisptorch_compile.pytree import Expr

#: The classes of the values of a type.
CLASSES = {
    "integer_": "int",
    "short_": "int",
    "number_": "float",
    "float_": "float",
    "complex_": "complex",
    "string_": "str",
    "stringbyte_": "bytes",
    "atom_": "Symbol",
    "list_": "list",
    "llist_": "LinkedList",
    "integers_": "Integers",
    "numbers_": "Numbers",
    "floats_": "Floats",
    "shorts_": "Shorts",
    "strings_": "Strings",
    "maybe_": "Maybe",
}

#: Types whose class has subclasses that are of another type: the kinds of those.
_SUBCLASSED = {"integer_": BOOL, "short_": BOOL, "list_": STRINGS | INSTANCE}


def needs_test(type_name: str, fact: Fact) -> bool:
    """Tell whether Python's class pattern alone does not say the type."""
    if type_name not in CLASSES:
        return True
    return fact.may_be(_SUBCLASSED.get(type_name, NOTHING))


def type_pattern(lowerer: Lowerer, type_name: str, span: Span) -> py.Pattern | None:
    name = CLASSES.get(type_name)
    if name is None:
        return None
    return py.MatchClass(lowerer.imported(name, span), (), (), span)


def type_test(
    lowerer: Lowerer, type_name: str, name: Expr, fact: Fact, span: Span
) -> tuple[Expr, py.Pattern | None, tuple[Expr, ...]]:
    """Return the test that a value is of a type; the pattern that says it, and what must
    hold besides that."""
    matched = type_pattern(lowerer, type_name, span)
    if matched is None:
        kind = lowerer.runtime("kinds.type_of", [name], span)
        symbol = lowerer.runtime("Symbol", [literal(type_name, span)], span)
        return compare(kind, "is", symbol, span), None, ()
    cls = "List" if type_name == "list_" else CLASSES[type_name]
    if needs_test(type_name, fact):
        kind = py.Call(py.Name("type", span), (name,), (), span)
        exact = compare(kind, "is", lowerer.imported(cls, span), span)
        return exact, matched, (_is_no_other(lowerer, type_name, name, fact, span),)
    known = lowerer.imported(CLASSES[type_name], span)
    test = py.Call(py.Name("isinstance", span), (name, known), (), span)
    return test, matched, ()


def _is_no_other(
    lowerer: Lowerer, type_name: str, name: Expr, fact: Fact, span: Span
) -> Expr:
    """Return the test that a value of a class is of none of its subclasses: ``true`` is
    no integer, a list of texts no `list_`."""
    if type_name == "list_" and fact.may_be(INSTANCE):
        kind = py.Call(py.Name("type", span), (name,), (), span)
        return compare(kind, "is", lowerer.imported("List", span), span)
    other: Expr = py.Name("bool", span)
    if type_name == "list_":
        other = lowerer.imported("Strings", span)
    test = py.Call(py.Name("isinstance", span), (name, other), (), span)
    return py.Unary("not", test, span)


def empty_test(lowerer: Lowerer, name: Expr, fact: Fact, span: Span) -> Expr:
    """Return the test that a value is an empty container or text, or nil."""
    if fact.only(LISTS | NIL | TEXT | DICTS | SET | HEAP):
        return py.Unary("not", name, span)
    return lowerer.runtime("patterns.is_empty", [name], span)


def empty_pattern(fact: Fact, span: Span) -> py.Pattern | None:
    """Return the pattern of an empty value; None: none says it for all that it may be."""
    if fact.may_be(DICTS | SET | HEAP):
        return None
    alternatives: list[py.Pattern] = []
    if fact.kinds == NOTHING or fact.may_be(LISTS):
        alternatives.append(py.MatchSequence((), span))
    if fact.kinds == NOTHING or fact.may_be(NIL):
        alternatives.append(py.MatchValue(literal(None, span), span))
    if fact.may_be(TEXT):
        alternatives.append(py.MatchValue(literal("", span), span))
    if not alternatives:
        return None
    if len(alternatives) == 1:
        return alternatives[0]
    return py.MatchOr(tuple(alternatives), span)
