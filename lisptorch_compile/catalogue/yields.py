"""What functions yield: the facts and the small functions that several declarations share."""

from __future__ import annotations

from collections.abc import Sequence

from lisptorch_compile.catalogue.model import (
    ANY,
    BOOL,
    BOTTOM,
    BYTES,
    COMPLEX,
    DICT,
    DICTS,
    EMPTY,
    FLOAT,
    FUNCTION,
    HEAP,
    INT,
    INTEGERS,
    LAZY,
    LINKED,
    LIST,
    LISTS,
    NIL,
    NOTHING,
    NUMBERED,
    NUMBERS,
    OBJECT,
    PLAIN,
    RANGE,
    SET,
    SHORTS,
    STRINGS,
    SYMBOL,
    TEXT,
    TYPED,
    UNKNOWN,
    Fact,
    Yields,
    element_of_first,
)

A_NIL = Fact(NIL, NOTHING)
A_TRUE = Fact(BOOL, NOTHING)
A_BOOL = Fact(BOOL, NOTHING)  # Python's
A_TRUTH = Fact(BOOL | NIL, NOTHING)
AN_INTEGER = Fact(INT, NOTHING)
AN_INDEX = Fact(INT | NIL, NOTHING)
A_FLOAT = Fact(FLOAT, NOTHING)
A_NUMBER = Fact(INT | FLOAT, NOTHING)
A_COMPLEX = Fact(COMPLEX, NOTHING)
A_TEXT = Fact(TEXT, NOTHING)
BYTE_STRING = Fact(BYTES, NOTHING)
AN_ATOM = Fact(SYMBOL, NOTHING)
A_FUNCTION = Fact(FUNCTION)
AN_OBJECT = Fact(OBJECT)
A_LIST = Fact(LIST)
TEXTS = Fact(STRINGS, TEXT)
WHOLE_NUMBERS = Fact(INTEGERS, INT)
REALS = Fact(NUMBERS, FLOAT)
NUMBER_LIST = Fact(INTEGERS | NUMBERS, INT | FLOAT)
SHORT_NUMBERS = Fact(SHORTS, INT)
A_DICTIONARY = Fact(DICT)
A_NUMBERED_DICTIONARY = Fact(NUMBERED)
A_SET = Fact(SET)
PRINTED = Fact(EMPTY, NOTHING)

ANY_LIST = Fact(LISTS & ~PLAIN)

#: The list that a function builds whose element type follows its first element.
TYPED_BY_FIRST = Fact(LIST | INTEGERS | NUMBERS | STRINGS)


def list_of_arguments(arguments: Sequence[Fact]) -> Fact:
    """A list of the arguments themselves (``list``)."""
    elements = NOTHING
    for argument in arguments:
        elements |= argument.kinds
    return Fact(LIST, elements)


def heap_of_items(arguments: Sequence[Fact]) -> Fact:
    """A heap of all arguments but the comparator."""
    return Fact(HEAP, list_of_arguments(arguments[1:]).elements)


def stored(fact: Fact) -> Fact:
    """The fact of a list like ``fact`` that LispE code sees: none is plain or lazy."""
    other = PLAIN | LAZY | RANGE
    if fact.may_be(other):
        return Fact(fact.kinds & ~other | LIST, fact.elements)
    return fact


def relisted(fact: Fact) -> Fact:
    """A container made of elements of another one: a list of what is no list, of the keys
    of a dictionary."""
    fact = stored(fact)
    if fact.kinds == NOTHING or fact.only(LISTS | TEXT | SET):
        return fact
    return Fact(fact.kinds & ~DICTS | LIST, element_kinds(fact))


def like(position: int) -> Yields:
    """A container of the kind of the argument at ``position``, with its elements."""

    def result(arguments: Sequence[Fact]) -> Fact:
        if position >= len(arguments):
            return UNKNOWN
        return relisted(arguments[position])

    return result


def kept_of_second(arguments: Sequence[Fact]) -> Fact:
    """Some elements of the second argument in a list of its kind; texts of a text."""
    if len(arguments) < 2:
        return UNKNOWN
    fact = relisted(arguments[1])
    if not fact.may_be(TEXT):
        return fact
    return Fact(fact.kinds & ~TEXT | STRINGS, fact.elements | TEXT)


def keys_of_first(arguments: Sequence[Fact]) -> Fact:
    """The keys of a dictionary, the indexes of a list (``keys@``)."""
    container = arguments[0] if arguments else UNKNOWN
    if container.only(DICT):
        return TEXTS
    if container.only(NUMBERED):
        return NUMBER_LIST
    if container.only(LISTS | TEXT):
        return WHOLE_NUMBERS
    return Fact(STRINGS | INTEGERS | NUMBERS | LIST)


def with_items_added(arguments: Sequence[Fact]) -> Fact:
    """The first argument with the others among its elements (``push``)."""
    if not arguments:
        return UNKNOWN
    container = stored(arguments[0])
    elements = container.elements
    if not container.only(TYPED | STRINGS):
        for argument in arguments[1:]:
            elements |= argument.kinds
    return Fact(container.kinds, elements)


def copied(arguments: Sequence[Fact]) -> Fact:
    """A copy of the first argument (``clone``)."""
    return stored(arguments[0]) if arguments else UNKNOWN


def reversed_first(arguments: Sequence[Fact]) -> Fact:
    """The first argument turned around: an empty list of nil, a number of a truth value, a
    dictionary of the keys by their values."""
    fact = copied(arguments)
    made = LIST if fact.may_be(NIL) else NOTHING
    made |= INT if fact.may_be(BOOL) else NOTHING
    if fact.may_be(DICTS):
        return Fact(fact.kinds | made | DICT, fact.elements | LIST)
    return Fact(fact.kinds | made, fact.elements)


def with_elements_added(arguments: Sequence[Fact]) -> Fact:
    """The first argument with the elements of the others behind its own (``nconc``); a
    single value counts as a list of one."""
    if not arguments:
        return UNKNOWN
    first = relisted(arguments[0])
    if first.only(TYPED | STRINGS) or first.kinds == NOTHING:
        return first
    elements = first.elements
    for argument in arguments:
        elements |= argument.kinds | argument.elements
    return Fact(first.kinds | LIST, elements)


def combined_like_first(arguments: Sequence[Fact]) -> Fact:
    """Elements of several containers in one of the kind of the first (``|||``)."""
    if not arguments:
        return UNKNOWN
    first = relisted(arguments[0])
    if first.only(TEXT | TYPED | STRINGS):
        return first
    elements = NOTHING
    for argument in arguments:
        elements |= relisted(argument).elements | argument.kinds & TEXT
    return Fact(first.kinds, elements)


def first_or_nil(arguments: Sequence[Fact]) -> Fact:
    """The first argument, or nil (``pop``)."""
    return stored(arguments[0]).join(A_NIL) if arguments else UNKNOWN


def dictionary_of(kind: int) -> Yields:
    """A new dictionary of keys and values in turn; of one or two arguments it may copy."""

    def result(arguments: Sequence[Fact]) -> Fact:
        if len(arguments) % 2 or (arguments and not arguments[0].only(_KEYS)):
            return Fact(kind)
        values = NOTHING
        for argument in arguments[1::2]:
            values |= stored(argument).kinds
        return Fact(kind, values)

    return result


#: The kinds of keys as dictionaries keep them, and as they may be written.
_REAL_KEYS = TEXT | INT | FLOAT
_KEYS = _REAL_KEYS | SYMBOL


def element_kinds(fact: Fact) -> int:
    """The kinds of what a loop over a value of ``fact`` gives."""
    if fact.only(TEXT):
        return TEXT
    return fact.elements | (_REAL_KEYS if fact.may_be(DICTS) else NOTHING)


def consed(element: int, items: int) -> Yields:
    """The list at ``items`` with the argument at ``element`` in front or behind."""

    def result(arguments: Sequence[Fact]) -> Fact:
        if max(element, items) >= len(arguments):
            return UNKNOWN
        container = stored(arguments[items])
        if container.kinds == NOTHING:
            return BOTTOM
        if container.only(TYPED | STRINGS):
            return container
        kinds = container.kinds & (TYPED | STRINGS | LINKED) | LIST
        elements = container.elements | arguments[element].kinds
        if not container.only(LIST | TYPED | STRINGS):
            kinds |= LINKED  # a dotted pair, which goes on with the elements of a list
            elements |= container.kinds | arguments[element].elements
        return Fact(kinds, elements)

    return result


def text_or_texts(arguments: Sequence[Fact]) -> Fact:
    """Text from text, otherwise a container like the first argument."""
    if not arguments:
        return UNKNOWN
    return A_TEXT if arguments[0].only(TEXT) else relisted(arguments[0])


def counted(arguments: Sequence[Fact]) -> Fact:
    """``iota``: integers for an integer, reals for a real, lists for several counts."""
    if len(arguments) != 1:
        return Fact(LIST, INTEGERS | NUMBERS)
    return WHOLE_NUMBERS if arguments[0].only(INT | BOOL) else NUMBER_LIST


def ranged(arguments: Sequence[Fact]) -> Fact:
    """``range``: integers when all arguments are, reals, or texts between two texts."""
    if all([argument.only(INT | BOOL) for argument in arguments]):
        return WHOLE_NUMBERS
    if arguments and arguments[0].only(INT | FLOAT | BOOL):
        return NUMBER_LIST
    return Fact(INTEGERS | NUMBERS | STRINGS, INT | FLOAT | TEXT)


def lazily_ranged(arguments: Sequence[Fact]) -> Fact:
    """``irange``: of integers when all arguments are, else of numbers; endless for two."""
    whole = all([argument.only(INT | BOOL) for argument in arguments])
    kind = RANGE if len(arguments) == 3 else LAZY
    return Fact(kind, INT if whole else INT | FLOAT)


_INDEXED = TEXT | LIST | PLAIN | TYPED | STRINGS | LINKED


def place(arguments: Sequence[Fact]) -> Fact:
    """``find``: an index, or the key of a dictionary."""
    return AN_INDEX if arguments and arguments[0].only(_INDEXED) else UNKNOWN


def places(arguments: Sequence[Fact]) -> Fact:
    """``findall``: indexes, or keys of a dictionary."""
    if arguments and arguments[0].only(_INDEXED):
        return WHOLE_NUMBERS
    return Fact(INTEGERS | STRINGS | LIST)


def value_at_key(arguments: Sequence[Fact]) -> Fact:
    """``key@`` with a dictionary and a key: one of its values or nil."""
    if len(arguments) == 2 and arguments[0].only(DICTS):
        return Fact(arguments[0].elements | NIL)
    return UNKNOWN


def extreme(arguments: Sequence[Fact]) -> Fact:
    """``max`` and ``min``: one of the arguments, or an element of the only one."""
    if len(arguments) == 1:
        alone = arguments[0].kinds & ~(LISTS | SET | HEAP | DICTS)
        return element_of_first(arguments).join(Fact(alone))
    result = BOTTOM
    for argument in arguments:
        result = result.join(stored(argument))
    return result


def total(arguments: Sequence[Fact]) -> Fact:
    """``sum``: an integer of integers, a real of other numbers, text of texts."""
    if not arguments:
        return UNKNOWN
    container = arguments[0]
    if container.only(INTEGERS | SHORTS):
        return AN_INTEGER
    if container.only(TYPED):
        return A_NUMBER
    if container.only(STRINGS):
        return A_TEXT
    if container.only(LIST | PLAIN) and not container.elements & ~(INT | FLOAT):
        return A_FLOAT
    return UNKNOWN


def element(arguments: Sequence[Fact]) -> Fact:
    """An element of the first argument that is surely there (``cadr`` …)."""
    if not arguments or not arguments[0].only(TEXT | _INDEXED):
        return UNKNOWN
    return Fact(element_kinds(arguments[0]))


def part(arguments: Sequence[Fact]) -> Fact:
    """``@@``: an element with one bound, otherwise a container like the first argument."""
    return element(arguments) if len(arguments) == 2 else text_or_texts(arguments)


def flattened(arguments: Sequence[Fact]) -> Fact:
    """``flatten``: typed lists stay what they are, others become lists of anything."""
    if arguments and arguments[0].only(TYPED | STRINGS):
        return arguments[0]
    return Fact(LIST | TYPED | STRINGS)


def zipped(arguments: Sequence[Fact]) -> Fact:
    """``zip``: rows that are typed by their first elements, or linked as the first list."""
    first = arguments[0] if arguments else UNKNOWN
    linked = NOTHING if first.kinds == ANY else first.kinds & LINKED
    return Fact(LIST, LIST | TYPED | STRINGS | linked)


def counted_in(arguments: Sequence[Fact]) -> Fact:
    """``member``: integers for a list, rows of integers for rows."""
    looked_for = arguments[0] if arguments else UNKNOWN
    flat = looked_for.only(LISTS) and not looked_for.elements & LISTS
    return WHOLE_NUMBERS if flat else Fact(INTEGERS | LIST)


def rows_of(kind: int) -> Yields:
    """``matrix_integer`` and its kin: rows of a kind, one row of a flat description."""

    def result(arguments: Sequence[Fact]) -> Fact:
        sizes = len(arguments) > 1 and arguments[0].only(INT)
        rows = bool(arguments) and Fact(arguments[0].elements).only(LISTS)
        return A_LIST if sizes or rows else Fact(LIST | kind)

    return result


def reshaped(arguments: Sequence[Fact]) -> Fact:
    """``rho``: the shape of one argument, otherwise as many sizes as there are others."""
    if len(arguments) == 1:
        return WHOLE_NUMBERS
    row = LIST | TYPED | STRINGS
    return Fact(row) if len(arguments) == 2 else Fact(LIST, row)
