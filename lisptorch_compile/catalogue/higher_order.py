"""Functions that take functions.

The code generator writes a comprehension or a loop when the function is written in place;
the targets here serve function values.
"""

from __future__ import annotations

from collections.abc import Sequence

from lisptorch_compile.catalogue.model import (
    BOTTOM,
    LAZY,
    LIST,
    LISTS,
    RANGE,
    TEXT,
    UNKNOWN,
    Builtin,
    Fact,
    declare,
    declare_overloads,
)
from lisptorch_compile.catalogue.yields import (
    A_LIST,
    TYPED_BY_FIRST,
    element_kinds,
    kept_of_second,
    like,
    relisted,
)


def _mapped(arguments: Sequence[Fact]) -> Fact:
    """``map``: lazy over a lazy source, otherwise a list."""
    if len(arguments) == 2 and arguments[1].only(LAZY):
        return Fact(LAZY)
    return A_LIST


def _passed(arguments: Sequence[Fact]) -> Fact:
    """``filter``, ``takewhile`` …: some elements, lazy over a lazy source."""
    if len(arguments) != 2:
        return UNKNOWN
    source = arguments[1]
    return Fact(LAZY if source.only(LAZY) else LIST, element_kinds(source))


def _taken(arguments: Sequence[Fact]) -> Fact:
    """``takewhile``: a list, of a lazy source, too."""
    return Fact(LIST, element_kinds(arguments[1])) if len(arguments) == 2 else UNKNOWN


def _remaining(arguments: Sequence[Fact]) -> Fact:
    """``drop``: of the kind of the source, lazy over a lazy source."""
    if len(arguments) != 2:
        return UNKNOWN
    source = arguments[1]
    return source if source.only(LISTS | TEXT | LAZY | RANGE) else relisted(source)


def _repeated(arguments: Sequence[Fact]) -> Fact:
    return Fact(LAZY, arguments[0].kinds if arguments else BOTTOM.kinds)


def _cycled(arguments: Sequence[Fact]) -> Fact:
    return Fact(LAZY, element_kinds(arguments[0]) if arguments else BOTTOM.kinds)


_HASKELL = (
    declare(
        "map",
        "function, items: list",
        "higher_order.map(function, items)",
        _mapped,
        "The list of the function's results.",
        aliases=("!map",),
    ),
    declare(
        "filter",
        "function, items: list",
        "higher_order.filter(function, items)",
        _passed,
        "The elements for which the function is true.",
        aliases=("!filter",),
    ),
    declare(
        "take",
        "count, items: kept",
        "higher_order.take(count, items)",
        like(1),
        "The first elements.",
        aliases=("!take",),
        pure=True,
    ),
    declare(
        "drop",
        "count, items: list",
        "higher_order.drop(count, items)",
        _remaining,
        "What follows the first elements.",
        aliases=("!drop",),
        pure=True,
    ),
    declare(
        "takewhile",
        "function, items: list",
        "higher_order.take_while(function, items)",
        _taken,
        "The elements before the first for which the function is false.",
        aliases=("!takewhile",),
    ),
    declare(
        "dropwhile",
        "function, items: list",
        "higher_order.drop_while(function, items)",
        _passed,
        "The elements from the first on for which the function is false.",
        aliases=("!dropwhile",),
    ),
    declare(
        "repeat",
        "value",
        "repeat(value)",
        _repeated,
        "A value over and over, lazily.",
        aliases=("!repeat",),
        pure=True,
    ),
    declare(
        "cycle",
        "items",
        "higher_order.cycle(items)",
        _cycled,
        "The elements over and over, lazily.",
        aliases=("!cycle",),
        pure=True,
    ),
    declare_overloads(
        "foldl",
        [
            (
                "function: function, initial, items: iterable",
                "reduce(function, items, initial)",
            ),
            (
                "function, initial, items: list",
                "higher_order.fold_left(function, initial, items)",
            ),
        ],
        UNKNOWN,
        "The function applied to the result so far and each element, from the left.",
        aliases=("!foldl",),
        value="higher_order.fold_left",
    ),
    declare(
        "foldl1",
        "function, items: list",
        "higher_order.fold_left_1(function, items)",
        UNKNOWN,
        "Like foldl, starting with the first element.",
        aliases=("!foldl1",),
    ),
    declare(
        "foldr",
        "function, initial, items: list",
        "higher_order.fold_right(function, initial, items)",
        UNKNOWN,
        "The function applied to each element and the result so far, from the right.",
        aliases=("!foldr",),
    ),
    declare(
        "foldr1",
        "function, items: list",
        "higher_order.fold_right_1(function, items)",
        UNKNOWN,
        "Like foldr, starting with the last element.",
        aliases=("!foldr1",),
    ),
    declare(
        "scanl",
        "function, initial, items: list",
        "higher_order.scan_left(function, initial, items)",
        A_LIST,
        "The intermediate results of foldl.",
        aliases=("!scanl",),
    ),
    declare(
        "scanl1",
        "function, items: list",
        "higher_order.scan_left_1(function, items)",
        A_LIST,
        "The intermediate results of foldl1.",
        aliases=("!scanl1",),
    ),
    declare(
        "scanr",
        "function, initial, items: list",
        "higher_order.scan_right(function, initial, items)",
        A_LIST,
        "The intermediate results of foldr.",
        aliases=("!scanr",),
    ),
    declare(
        "scanr1",
        "function, items: list",
        "higher_order.scan_right_1(function, items)",
        A_LIST,
        "The intermediate results of foldr1.",
        aliases=("!scanr1",),
    ),
)

_LISTS = (
    declare(
        "maplist",
        "function, items: list, typed=True",
        "higher_order.map_typed(function, items, typed)",
        TYPED_BY_FIRST,
        "The list of the function's results, typed by the first of them.",
        aliases=("↑↑", "↑", "¨"),
    ),
    declare(
        "mapcar",
        "function, items: list",
        "higher_order.map_list(function, items)",
        A_LIST,
        "The list of the function's results.",
    ),
    declare(
        "filterlist",
        "function, items: kept",
        "higher_order.filter_list(function, items)",
        kept_of_second,
        "The elements for which the function is true.",
        aliases=("filtercar",),
    ),
    declare(
        "takelist",
        "function, items: kept",
        "higher_order.take_list(function, items)",
        kept_of_second,
        "The elements before the first for which the function is false.",
        aliases=("takecar",),
    ),
    declare(
        "droplist",
        "function, items: kept",
        "higher_order.drop_list(function, items)",
        kept_of_second,
        "The elements from the first on for which the function is true.",
        aliases=("dropcar",),
    ),
    declare(
        "scanlist",
        "function, items: list",
        "higher_order.first_result(function, items)",
        UNKNOWN,
        "The first result that is not nil.",
    ),
    declare(
        "zipwith",
        "function, items: list, *others: list",
        "higher_order.zip_with(function, items, *others)",
        TYPED_BY_FIRST,
        "The function's results over several lists in parallel, typed by the first.",
    ),
    declare_overloads(
        "apply",
        [
            ("function: function, arguments: list", "function(*arguments)"),
            ("function, arguments: list", "higher_order.apply(function, arguments)"),
            (
                "function, arguments, named",
                "higher_order.apply(function, arguments, named)",
            ),
        ],
        UNKNOWN,
        "The function called with the elements of a list, and named arguments.",
        value="higher_order.apply",
    ),
    declare(
        "over",
        "function, items",
        "higher_order.over(function, items)",
        like(1),
        "Replace the content of a list by the function's result for it.",
    ),
    declare(
        "flip",
        "value: list",
        "higher_order.flip(value)",
        UNKNOWN,
        "A list with its first two elements exchanged; a dictionary by its values.",
        pure=True,
    ),
)

BUILTINS: tuple[Builtin, ...] = (*_HASKELL, *_LISTS)
