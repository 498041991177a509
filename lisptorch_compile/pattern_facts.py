"""The facts of what patterns bind: what is known of a value, once it has matched."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from lisptorch_compile.catalogue.model import (
    BYTES,
    COMPLEX,
    DICT,
    DICTS,
    FLOAT,
    FLOATS,
    FUNCTION,
    HEAP,
    INSTANCE,
    INT,
    INTEGERS,
    LINKED,
    LIST,
    LISTS,
    MAYBE,
    NIL,
    NOTHING,
    NUMBERED,
    NUMBERS,
    OBJECT,
    SET,
    SHORTS,
    STRINGS,
    SYMBOL,
    TENSOR,
    TEXT,
    Fact,
)
from lisptorch_compile.fact_rules import element
from lisptorch_compile.nodes import (
    Capture,
    Condition,
    Elements,
    Instance,
    Kleene,
    Mapping,
    Pattern,
    Quantity,
    Sequence,
    TypeTest,
)
from lisptorch_compile.scope import Binding

_KINDS = {
    "integer_": INT,
    "short_": INT,
    "number_": FLOAT,
    "float_": FLOAT,
    "complex_": COMPLEX,
    "string_": TEXT,
    "stringbyte_": BYTES,
    "atom_": SYMBOL,
    "list_": LIST,
    "llist_": LINKED,
    "integers_": INTEGERS,
    "numbers_": NUMBERS,
    "floats_": FLOATS,
    "shorts_": SHORTS,
    "strings_": STRINGS,
    "dictionary_": DICT,
    "dictionarytree_": DICT,
    "heap_": HEAP,
    "maybe_": MAYBE,
    "data_": INSTANCE,
}

_FAMILIES = (
    ("dictionary", NUMBERED),
    ("set_", SET),
    ("matrix", OBJECT),
    ("tensor", OBJECT | TENSOR),
)


def kinds_of_type(name: str) -> int:
    """Return the kinds of the values whose `type` is the atom ``name``."""
    known = _KINDS.get(name)
    if known is not None:
        return known
    for stem, kinds in _FAMILIES:
        if name.startswith(stem):
            return kinds
    return FUNCTION if name in _FUNCTIONS else OBJECT


_FUNCTIONS = frozenset(
    ("function_", "pattern_", "predicate_", "lambda_", "library_function_", "thread_")
)


#: What is known of the fields of an instance that a pattern takes apart.
FieldFacts = Callable[[Instance], Iterable[Fact]]


def bound_facts(
    pattern: Pattern | Kleene, fact: Fact, fields_of: FieldFacts
) -> Iterator[tuple[Binding, Fact]]:
    """Yield the variables that a pattern binds, each with what is known of it when a
    value of ``fact`` has matched."""
    match pattern:
        case Capture(binding):
            yield binding, fact
        case Condition(inner):
            yield from bound_facts(inner, fact, fields_of)
        case TypeTest(name, inner):
            kinds = kinds_of_type(name)
            known = Fact(kinds) if fact.kinds == NOTHING else narrowed(fact, kinds)
            yield from bound_facts(inner, known, fields_of)
        case Sequence(items, rest):
            within = narrowed(fact, LISTS)
            for item in items:
                yield from bound_facts(item, element(within), fields_of)
            if rest is not None:
                yield from bound_facts(rest, within, fields_of)
        case Kleene(quantity, item, binding):
            if item is not None:
                yield from bound_facts(item, fact, fields_of)
            if binding is not None:
                optional = quantity is Quantity.OPTIONAL
                taken = Fact(LIST, fact.kinds)
                yield binding, fact.join(Fact(NIL, NOTHING)) if optional else taken
        case Instance(_, fields):
            for part, known in zip(fields, fields_of(pattern), strict=False):
                yield from bound_facts(part, known, fields_of)
        case Mapping(entries, rest):
            within = narrowed(fact, DICTS)
            for key, value in entries:
                yield from bound_facts(key, _key(within), fields_of)
                yield from bound_facts(value, element(within), fields_of)
            if rest is not None:
                yield from bound_facts(rest, within, fields_of)
        case Elements(items, rest):
            within = narrowed(fact, SET)
            for item in items:
                yield from bound_facts(item, element(within), fields_of)
            if rest is not None:
                yield from bound_facts(rest, within, fields_of)


def narrowed(fact: Fact, kinds: int) -> Fact:
    """Return what is known of a value of ``fact`` that proved to be of ``kinds``."""
    if fact.kinds == NOTHING:
        return fact
    left = fact.kinds & kinds
    return Fact(left, fact.elements) if left else Fact(kinds)


def _key(dictionary: Fact) -> Fact:
    if dictionary.only(DICT):
        return Fact(TEXT, NOTHING)
    return Fact(TEXT | INT | FLOAT, NOTHING)
