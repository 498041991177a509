"""Where LispE's arithmetic differs from Python's: an integer on the left cuts a real.

All questions are about facts; in programs with Python's arithmetic the answer is no.
"""

from __future__ import annotations

from collections.abc import Sequence

from lisptorch_compile.catalogue.model import (
    BOOL,
    DICTS,
    FLOAT,
    INT,
    LISTS,
    NOTHING,
    NUMBER,
    TENSOR,
    TEXT,
    TYPED,
    Arithmetic,
    Fact,
)
from lisptorch_compile.fact_rules import element
from lisptorch_compile.lowering.base import Lowerer

#: Containers that are equal when their elements are.
_CONTAINERS = LISTS | DICTS
_CUTTING = frozenset(("+", "-", "*", "%", "&", "|", "^", "&~", "<<", ">>"))


def cuts(lowerer: Lowerer, name: str, left: Fact, right: Fact) -> bool:
    """Tell whether ``(name left right)`` may cut a real, or read a text as a number."""
    if lowerer.facts.numbers is Arithmetic.PYTHON or name not in _CUTTING:
        return False
    if left.only(TENSOR) or right.only(TENSOR):
        return False
    if left.only(TYPED) or (right.only(TYPED) and not left.may_be(LISTS)):
        return False  # a typed list cuts what it stores by itself
    if name == "*" and right.may_be(TEXT) and left.kinds != NOTHING:
        return True
    if right.may_be(LISTS) and _may_cut(right, left):
        return True  # the elements may be on the left
    return _may_cut(left, right)


def compares_otherwise(lowerer: Lowerer, name: str, left: Fact, right: Fact) -> bool:
    """Tell whether LispE may compare the two in another way than Python."""
    if lowerer.facts.numbers is Arithmetic.PYTHON:
        return False
    if left.only(TENSOR) or right.only(TENSOR):
        return False
    if name in ("=", "!="):
        return _equals_otherwise(left, right)
    return _may_cut(left, right)


def is_unreached(lowerer: Lowerer, *facts: Fact) -> bool:
    """Tell whether an operand is of a function that nobody calls, and so gets Python's
    operators. With LispE's arithmetic it may be any number."""
    if lowerer.facts.numbers is Arithmetic.LISPE:
        return False
    return any([fact.kinds == NOTHING for fact in facts])


def _may_cut(left: Fact, right: Fact) -> bool:
    return bool(_numbers(left) & INT and _numbers(right) & FLOAT)


def _numbers(fact: Fact) -> int:
    """Return the kinds of a value and its elements; of an unreached one, all numbers."""
    if fact.kinds == NOTHING:
        return INT | FLOAT
    inner = element(fact).kinds if fact.may_be(LISTS) else NOTHING
    if inner & LISTS:  # nested: who knows how deep
        return NUMBER
    return fact.kinds | inner


def _equals_otherwise(left: Fact, right: Fact) -> bool:
    if _converts(left, right) or _may_cut(left, right):
        return True
    if not (left.may_be(_CONTAINERS) and right.may_be(_CONTAINERS)):
        return False
    inner = element(left), element(right)
    nested = any([fact.may_be(_CONTAINERS) for fact in inner])
    return nested or _converts(*inner) or _may_cut(*inner)


def _converts(left: Fact, right: Fact) -> bool:
    """Tell whether a number on the left reads what is no number as one; true equals only
    true."""
    if left.may_be(INT | FLOAT):
        return right.kinds == NOTHING or not right.only(NUMBER | BOOL)
    if left.may_be(BOOL):
        return not right.only(BOOL)
    return False


def any_compares_otherwise(
    lowerer: Lowerer, name: str, facts: Sequence[Fact], *, first: bool = False
) -> bool:
    """Tell whether any neighbours (with ``first``: the first and another) compare
    otherwise."""
    lefts = [facts[0]] * len(facts) if first else facts
    return any(
        [
            compares_otherwise(lowerer, name, left, right)
            for left, right in zip(lefts, facts[1:], strict=False)
        ]
    )
