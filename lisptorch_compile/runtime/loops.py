"""What loops walk and count when Python has no direct way to say it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import reduce
from typing import Any

from lisptorch_compile.runtime.errors import LispError
from lisptorch_compile.runtime.operators import add, at


def rounds(count: Any) -> range:
    """Return the counter values of ``loopcount``: 0 … n-1, of a negative n downwards."""
    number = int(count)
    return range(number) if number >= 0 else range(-number - 1, -1, -1)


def parallel_values(first: Any, *others: Any) -> Iterator[tuple[Any, ...]]:
    """Walk containers side by side, as many rounds as the first has entries.

    Dictionaries give their values: those at one key together, beside other containers
    those in the order of the keys.

    >>> list(parallel_values({"x": 1, "y": 2}, {"y": 4, "x": 3}, [5, 6]))
    [(1, 3, 5), (2, 4, 6)]

    Raises:
        LispError: another container lacks an entry.
    """
    by_key = isinstance(first, dict)
    sources = [
        other if isinstance(other, dict) and by_key else _row(other) for other in others
    ]
    for place, key in enumerate(list(first) if by_key else range(len(first))):
        keys = [key if isinstance(source, dict) else place for source in sources]
        rest = [
            at(source, at_key) for source, at_key in zip(sources, keys, strict=True)
        ]
        yield (at(first, key), *rest)


def _row(container: Any) -> Any:
    """Return what counts a container by places: the values of a dictionary."""
    return list(container.values()) if isinstance(container, dict) else container


def fold_add(items: Iterable[Any]) -> Any:
    """Return the sum of numbers, the concatenation of texts; 0 of nothing.

    Raises:
        LispError: ``items`` is one number or text, which is nothing to fold.
    """
    if isinstance(items, int | float | complex | str) or items is None:
        raise LispError("Error: cannot apply '+' to one element")
    iterator = iter(items)
    first = next(iterator, 0)
    return reduce(add, iterator, first)
