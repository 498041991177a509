"""Lists: construction, access, change, parts."""

from __future__ import annotations

import itertools

from lisptorch_compile.catalogue.model import (
    BYTES,
    FLOAT,
    FLOATS,
    LINKED,
    LIST,
    NUMBERS,
    UNKNOWN,
    Builtin,
    Fact,
    Yields,
    declare,
    declare_overloads,
    declare_statement,
    element_of_first,
    first_argument,
)
from lisptorch_compile.catalogue.yields import (
    A_BOOL,
    A_LIST,
    AN_INTEGER,
    SHORT_NUMBERS,
    TEXTS,
    TYPED_BY_FIRST,
    WHOLE_NUMBERS,
    consed,
    copied,
    element,
    first_or_nil,
    flattened,
    like,
    list_of_arguments,
    part,
    reversed_first,
    text_or_texts,
    with_elements_added,
    with_items_added,
)

_CONSTRUCTION = (
    declare(
        "list",
        "*items",
        "List([*items])",
        list_of_arguments,
        "A new list of the arguments.",
        pure=True,
    ),
    declare(
        "llist",
        "*items",
        "LinkedList([*items])",
        Fact(LINKED),
        "A new linked list of the arguments.",
        pure=True,
    ),
    declare_overloads(
        "integers",
        [
            ("*items: integer", "Integers([*items])"),
            ("items: list", "Integers(items)"),
            ("*items", "lists.integers(*items)"),
        ],
        WHOLE_NUMBERS,
        "A list of 64-bit integers; lists among the arguments are spliced.",
    ),
    declare_overloads(
        "numbers",
        [
            ("*items: number", "Numbers([*items])"),
            ("items: list", "Numbers(items)"),
            ("*items", "lists.numbers(*items)"),
        ],
        Fact(NUMBERS, FLOAT),
        "A list of double precision numbers; lists among the arguments are spliced.",
    ),
    declare_overloads(
        "floats",
        [
            ("*items: number", "Floats([*items])"),
            ("items: list", "Floats(items)"),
            ("*items", "lists.floats(*items)"),
        ],
        Fact(FLOATS, FLOAT),
        "A list of single precision numbers; lists among the arguments are spliced.",
    ),
    declare_overloads(
        "shorts",
        [
            ("*items: integer", "Shorts([*items])"),
            ("items: list", "Shorts(items)"),
            ("*items", "lists.shorts(*items)"),
        ],
        SHORT_NUMBERS,
        "A list of 16-bit integers; lists among the arguments are spliced.",
    ),
    declare_overloads(
        "strings",
        [
            ("*items: text", "Strings([*items])"),
            ("items: list", "Strings(items)"),
            ("*items", "lists.strings(*items)"),
        ],
        TEXTS,
        "A list of texts; lists among the arguments are spliced.",
    ),
    declare(
        "stringbytes",
        "*items",
        "ByteStrings([*items])",
        Fact(LIST, BYTES),
        "A list of byte strings; lists among the arguments are spliced.",
    ),
    declare_overloads(
        "cons",
        [
            ("item, items: array", "List([item, *items])"),
            ("item, items: kept", "lists.cons(item, items)"),
        ],
        consed(0, 1),
        "A new list: the item, then the items; a dotted pair when they are no list.",
        pure=True,
    ),
    declare_overloads(
        "consb",
        [
            ("items: array, item", "List([*items, item])"),
            ("items: kept, item", "lists.cons_back(items, item)"),
        ],
        consed(1, 0),
        "A new list: the items, then the item.",
        pure=True,
    ),
    declare(
        "nconc",
        "*containers",
        "lists.concat_in_place(*containers)",
        with_elements_added,
        "The first list with the others appended to it, in place.",
    ),
    declare(
        "nconcn",
        "*containers",
        "lists.concat(*containers)",
        with_elements_added,
        "A new list with the elements of all the lists.",
        pure=True,
    ),
    declare_overloads(
        "to_list",
        [
            ("value", "to_list(value)"),
            ("value, count", "sequences.replicate(count, value)"),
        ],
        A_LIST,
        "A list of the elements of a container; with a count, that many copies of it.",
        aliases=("⊂",),
        pure=True,
        value="to_list",
    ),
    declare(
        "to_llist",
        "value: list",
        "lists.to_linked(value)",
        Fact(LINKED),
        "A linked list of the elements of a container.",
        pure=True,
    ),
    declare_overloads(
        "replicate",
        [
            ("count: integer, value: number", "List([value] * count)"),
            ("count: integer, value: text", "List([value] * count)"),
            ("count, value", "sequences.replicate(count, value)"),
        ],
        A_LIST,
        "A list of that many copies of a value.",
        pure=True,
    ),
    declare(
        "clone",
        "value",
        "lists.clone(value)",
        copied,
        "A copy of a container; other values are themselves.",
        aliases=("copy",),
    ),
    declare(
        "explode",
        "text",
        "strings.explode(text)",
        A_LIST,
        "The atoms that a text's characters name.",
        pure=True,
    ),
)


def _accessor(letters: str) -> Builtin:
    """Declare one of ``cadr``, ``cddr``, ``caadr`` …, read from right to left."""
    target = {
        "ad": "lists.second(items)",
        "add": "lists.third(items)",
    }.get(letters, f'lists.follow(items, "{letters}")')
    yields: Yields = UNKNOWN
    if set(letters) == {"d"}:
        yields = text_or_texts
    elif letters.count("a") == 1 and letters.startswith("a"):
        yields = element
    words = " of the ".join("first" if letter == "a" else "rest" for letter in letters)
    return declare(
        f"c{letters}r",
        "items: kept" if letters.startswith("d") else "items: list",
        target,
        yields,
        f"The {words} of a list.",
        pure=True,
    )


def deep_accessor(name: str) -> Builtin:
    """Declare an accessor of any depth, such as ``cadddddr``, by its name."""
    return _accessor(name[1:-1])


_ACCESSORS = tuple(
    _accessor("".join(letters))
    for depth in (2, 3, 4)
    for letters in itertools.product("ad", repeat=depth)
)

_ACCESS = (
    declare(
        "car",
        "items: list",
        "lists.first(items)",
        element_of_first,
        "The first element of a list or text; nil of an empty list.",
        pure=True,
    ),
    declare(
        "cdr",
        "items: kept",
        "lists.rest(items)",
        text_or_texts,
        "A list or text without its first element.",
        pure=True,
    ),
    declare(
        "last",
        "items: list",
        "lists.last(items)",
        element_of_first,
        "The last element of a list or text, nil when it is empty.",
        pure=True,
    ),
    declare(
        "@",
        "container, key, *keys",
        "at(container, key, *keys)",
        UNKNOWN,
        "The element at an index, key or path; negative indexes count from the end.",
        aliases=("at", "nth"),
        pure=True,
    ),
    declare(
        "set@",
        "container, key, value, *path",
        "set_at(container, key, value, *path)",
        first_argument,
        "Replace the element at an index, key or path; the container.",
    ),
    declare(
        "@@",
        "container: kept, start, *bounds",
        "parts.extract(container, start, *bounds)",
        part,
        "The part from start to stop (excluded); with a start alone, the element there.",
        aliases=("extract",),
        pure=True,
    ),
    declare(
        "set@@",
        "container, start, value, *more",
        "parts.set_range(container, start, value, *more)",
        first_argument,
        "Replace the part from start to stop (excluded); the container.",
        aliases=("setrange",),
    ),
    declare(
        "@@@",
        "items: list, shape: list, *indexes",
        "parts.at_shape(items, shape, *indexes)",
        element_of_first,
        "The element of a flat list that is read as a matrix of the shape.",
        aliases=("atshape",),
        pure=True,
    ),
    declare(
        "set@@@",
        "items, shape: list, index, *indexes",
        "parts.set_shape(items, shape, index, *indexes)",
        first_argument,
        "Replace an element of a flat list that is read as a matrix of the shape.",
        aliases=("setshape",),
    ),
    declare_overloads(
        "size",
        [("value: sized", "len(value)"), ("value", "lists.size(value)")],
        AN_INTEGER,
        "The number of elements or characters; 0 of a number or nil.",
        pure=True,
    ),
    declare(
        "tally",
        "value: list",
        "lists.tally(value)",
        AN_INTEGER,
        "The number of leaves of nested lists.",
        aliases=("≢",),
        pure=True,
    ),
)

_CHANGE = (
    declare(
        "push",
        "container, item, *items",
        "lists.push(container, item, *items)",
        with_items_added,
        "Append values (linked list: in front; set, heap: add them); the container.",
    ),
    declare(
        "pushlast",
        "container, item, *items",
        "lists.push_last(container, item, *items)",
        with_items_added,
        "Append values; the container.",
    ),
    declare(
        "pushfirst",
        "container, item, *items",
        "lists.push_first(container, item, *items)",
        with_items_added,
        "Put values in front; the container.",
    ),
    declare(
        "pushtrue",
        "container, item, *items",
        "lists.push_true(container, item, *items)",
        with_items_added,
        "Append the values that are neither nil nor the empty list; the container.",
    ),
    declare(
        "pop",
        "container, key=None",
        "lists.pop(container, key)",
        first_or_nil,
        "Remove the last element, or that at a key; the container, nil if none went.",
    ),
    declare(
        "popfirst",
        "container",
        "lists.pop_first(container)",
        first_or_nil,
        "Remove the first element; the container.",
    ),
    declare(
        "poplast",
        "container",
        "lists.pop_last(container)",
        first_or_nil,
        "Remove the last element; the container.",
    ),
    declare_overloads(
        "insert",
        [
            (
                "container, item, place: function",
                "ordering.insert_sorted(container, item, place)",
            ),
            ("container, item, place=None", "lists.insert(container, item, place)"),
        ],
        with_items_added,
        "Insert at an index, or in order of a comparator; the container.",
    ),
    declare(
        "extend",
        "container, items",
        "lists.extend(container, items)",
        first_argument,
        "Append the elements of a list; the container.",
    ),
    declare_overloads(
        "reverse",
        [
            ("text: text", "text[::-1]"),
            ("container, copy: flag=False", "lists.reverse(container, copy)"),
        ],
        reversed_first,
        "Reverse a list in place (a copy with true); a text, a dictionary reversed.",
        value="lists.reverse",
    ),
    declare(
        "rotate",
        "container: kept, turn=-1, line=None",
        "lists.rotate(container, turn, line)",
        text_or_texts,
        "Rotated by one to the right, by n to the left, by one to the left with true.",
        aliases=("⌽",),
        pure=True,
    ),
    declare(
        "swap",
        "items, first, second=None",
        "lists.swap(items, first, second)",
        first_argument,
        "Exchange two elements (neighbours by default) in place; the list.",
    ),
    declare(
        "replaceall",
        "items, old, new",
        "searching.replace_all(items, old, new)",
        AN_INTEGER,
        "Replace equal elements in place; how many.",
    ),
    declare_overloads(
        "mark",
        [
            ("items", "marks.is_marked(items)"),
            ("items, value", "marks.set_mark(items, value)"),
        ],
        A_BOOL,
        "Tell whether a list is marked; with a value, mark it or remove the mark.",
    ),
    declare_statement(
        "resetmark",
        "items",
        "marks.reset(items)",
        "Remove the marks of a list and of the lists inside it.",
    ),
)

_PARTS = (
    declare(
        "flatten",
        "value: kept",
        "lists.flatten(value)",
        flattened,
        "All leaves of nested lists; keys and values of a dictionary.",
        pure=True,
    ),
    declare(
        "takenb",
        "count, items: kept, from_front=True",
        "parts.take_count(count, items, from_front)",
        like(1),
        "The first elements; the last ones with a negative count or a false third.",
        pure=True,
    ),
    declare(
        "slice",
        "items: list, length",
        "parts.slices(items, length)",
        A_LIST,
        "The pieces of a length, the last one shorter.",
        aliases=("cutlist",),
        pure=True,
    ),
    declare(
        "shift",
        "function, items: kept, distance=1",
        "sequences.shift(function, items, distance)",
        UNKNOWN,
        "The function applied to the list and the list moved by a distance.",
    ),
    declare(
        "mask@",
        "choices: list, chosen: list, others: list=None",
        "sequences.mask(choices, chosen, others)",
        TYPED_BY_FIRST,
        "Where the choice is true the next of one list, otherwise of the other.",
        aliases=("mask",),
        pure=True,
    ),
    declare_overloads(
        "unique",
        [
            ("items: array", "searching.unique(items)"),
            ("items: kept", "searching.unique(items)"),
        ],
        text_or_texts,
        "Without duplicates, in order of first appearance.",
        pure=True,
    ),
)

BUILTINS: tuple[Builtin, ...] = (
    *_CONSTRUCTION,
    *_ACCESSORS,
    *_ACCESS,
    *_CHANGE,
    *_PARTS,
)
