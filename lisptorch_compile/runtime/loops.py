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

    Dictionaries give their values, the others the element at the first one's key.

    Raises:
        LispError: another container lacks an entry.
    """
    keys: Iterable[Any] = first if isinstance(first, dict) else range(len(first))
    for key in list(keys):
        yield (at(first, key), *[at(other, key) for other in others])


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
