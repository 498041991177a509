"""Sequences: ranges, what is found in them, and their order."""

from __future__ import annotations

from lisptorch_compile.catalogue.model import (
    LIST,
    NIL,
    Builtin,
    Fact,
    declare,
    declare_overloads,
)
from lisptorch_compile.catalogue.yields import (
    A_BOOL,
    A_TEXT,
    AN_INTEGER,
    combined_like_first,
    counted,
    counted_in,
    extreme,
    heap_of_items,
    lazily_ranged,
    like,
    place,
    places,
    ranged,
    total,
    zipped,
)

_SEQUENCES = (
    declare(
        "range",
        "start, stop, step",
        "sequences.arange(start, stop, step)",
        ranged,
        "The values from start to stop (excluded).",
        pure=True,
    ),
    declare(
        "rangein",
        "start, stop, step",
        "sequences.arange_closed(start, stop, step)",
        ranged,
        "The values from start to stop (included).",
        pure=True,
    ),
    declare_overloads(
        "irange",
        [
            ("start: number, step: number", "count(start, step)"),
            ("start, step", "sequences.endless(start, step)"),
            ("start, stop, step", "sequences.irange(start, stop, step)"),
        ],
        lazily_ranged,
        "A lazy range, stop excluded; without a stop it never ends.",
        pure=True,
    ),
    declare_overloads(
        "irangein",
        [
            ("start: number, step: number", "count(start, step)"),
            ("start, step", "sequences.endless(start, step)"),
            ("start, stop, step", "sequences.irange_closed(start, stop, step)"),
        ],
        lazily_ranged,
        "A lazy range, stop included.",
        pure=True,
    ),
    declare_overloads(
        "iota",
        [
            ("count: integer", "Integers(range(1, count + 1))"),
            ("count", "sequences.iota(count)"),
            ("*counts", "sequences.iotas(*counts)"),
        ],
        counted,
        "The numbers from 1 to n; of several n, a list of such lists.",
        aliases=("⍳",),
        pure=True,
        value="sequences.iota",
    ),
    declare_overloads(
        "iota0",
        [
            ("count: integer", "Integers(range(count))"),
            ("count", "sequences.iota0(count)"),
            ("*counts", "sequences.iotas0(*counts)"),
        ],
        counted,
        "The numbers from 0 to n - 1; of several n, a list of such lists.",
        aliases=("⍳0",),
        pure=True,
        value="sequences.iota0",
    ),
    declare(
        "enum",
        "items: list, start=0",
        "sequences.enum(items, start)",
        Fact(LIST, LIST),
        "The list of (index element) pairs.",
        pure=True,
    ),
    declare(
        "zip",
        "items: list, *others: list",
        "sequences.zip_lists(items, *others)",
        zipped,
        "The lists of the first elements, of the second ones …",
        pure=True,
    ),
    declare_overloads(
        "join",
        [
            ("items: texts, separator: text", "separator.join(items)"),
            ("items: texts", '"".join(items)'),
            ("items: list, separator=None", "strings.join(items, separator)"),
        ],
        A_TEXT,
        "The texts of the elements with a separator between them.",
        pure=True,
    ),
)


_SEARCH = (
    declare_overloads(
        "in",
        [
            ("container: text, value: text", "value in container"),
            ("container: typed, value: number", "value in container"),
            ("container: list, value: text", "value in container"),
            ("container: set, value: text", "value in container"),
            ("container: set, value: number", "value in container"),
            ("container: list, value", "searching.contains(container, value)"),
        ],
        A_BOOL,
        "Tell whether a value is an element, a part of a text, a key or a value.",
        pure=True,
    ),
    declare(
        "find",
        "container: list, value, start=0",
        "searching.find(container, value, start)",
        place,
        "The first position of an equal element, or the key of a value; nil if none.",
        pure=True,
    ),
    declare(
        "rfind",
        "container: list, value, start=0",
        "searching.find_last(container, value, start)",
        place,
        "The last position of an equal element; nil if none.",
        pure=True,
    ),
    declare(
        "findall",
        "container: list, value, start=0",
        "searching.find_all(container, value, start)",
        places,
        "All positions of equal elements.",
        pure=True,
    ),
    declare_overloads(
        "count",
        [
            ("text: text, part: text", "text.count(part)"),
            (
                "container: list, value, start=0",
                "searching.count(container, value, start)",
            ),
        ],
        AN_INTEGER,
        "The number of equal elements, of occurrences in a text.",
        pure=True,
        value="searching.count",
    ),
    declare_overloads(
        "&&&",
        [
            ("container: set, other: set", "container & other"),
            (
                "container: kept, *containers: list",
                "searching.intersection(container, *containers)",
            ),
        ],
        combined_like_first,
        "What is in all containers, without duplicates.",
        pure=True,
        value="searching.intersection",
    ),
    declare_overloads(
        "|||",
        [
            ("container: set, other: set", "container | other"),
            (
                "container: kept, *containers: list",
                "searching.union(container, *containers)",
            ),
        ],
        combined_like_first,
        "What is in one of the containers, without duplicates.",
        pure=True,
        value="searching.union",
    ),
    declare_overloads(
        "^^^",
        [
            ("container: set, other: set", "container ^ other"),
            (
                "container: kept, *containers: list",
                "searching.exclusive_union(container, *containers)",
            ),
        ],
        combined_like_first,
        "What is in one container only, without duplicates.",
        pure=True,
        value="searching.exclusive_union",
    ),
    declare(
        "member",
        "items: list, container: list",
        "searching.member(items, container)",
        counted_in,
        "1 for each element that is in the container, 0 for the others.",
        aliases=("∈",),
        pure=True,
    ),
)


_ORDER = (
    declare(
        "sort",
        "before, items",
        "ordering.sort(before, items)",
        like(1),
        "Sort a list in place by a strict comparison; the list.",
    ),
    declare_overloads(
        "minmax",
        [
            ("items: list", "ordering.minmax(items)"),
            ("value, *values", "ordering.minmax(value, *values)"),
        ],
        Fact(LIST | NIL),
        "The smallest and the greatest of the arguments or of a list.",
        pure=True,
    ),
    declare_overloads(
        "max",
        [
            (
                "first: number, second: number, *others: number",
                "max(first, second, *others)",
            ),
            ("items: typed", "max(items, default=None)"),
            ("items: list", "ordering.greatest(items)"),
            ("value, *values", "ordering.greatest(value, *values)"),
        ],
        extreme,
        "The greatest of the arguments or of a list; nil of an empty list.",
        pure=True,
        value="ordering.greatest",
    ),
    declare_overloads(
        "min",
        [
            (
                "first: number, second: number, *others: number",
                "min(first, second, *others)",
            ),
            ("items: typed", "min(items, default=None)"),
            ("items: list", "ordering.smallest(items)"),
            ("value, *values", "ordering.smallest(value, *values)"),
        ],
        extreme,
        "The smallest of the arguments or of a list; nil of an empty list.",
        pure=True,
        value="ordering.smallest",
    ),
    declare_overloads(
        "sum",
        [("items: typed", "sum(items)"), ("items: list", "lists.sum(items)")],
        total,
        "The sum of the numbers of a container; texts are joined.",
        aliases=("∑",),
        pure=True,
        value="lists.sum",
    ),
    declare_overloads(
        "product",
        [("items: typed", "math.prod(items)"), ("items: list", "lists.product(items)")],
        total,
        "The product of the numbers of a container.",
        aliases=("∏",),
        pure=True,
        value="lists.product",
    ),
    declare(
        "heap",
        "comparator=None, *items",
        "ordering.heap(comparator, *items)",
        heap_of_items,
        "A container that keeps its values in the order of a comparator.",
    ),
)


BUILTINS: tuple[Builtin, ...] = (*_SEQUENCES, *_SEARCH, *_ORDER)
