"""Sequences made from numbers and from other sequences: ranges, pairs, masks."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, overload

from lisptorch_compile.runtime.containers import elements, like, typed_by_first
from lisptorch_compile.runtime.errors import LispError
from lisptorch_compile.runtime.lists import clone
from lisptorch_compile.runtime.text import text
from lisptorch_compile.runtime.values import Integers, List, Numbers, Strings

Real = int | float

# --- ranges -------------------------------------------------------------------------------


def arange(start: Any, stop: Any, step: Real) -> Integers | Numbers | Strings:
    """Return the values from ``start`` to ``stop`` (excluded).

    Integers for three integers, otherwise numbers. The sign of the step does not matter:
    the values run towards ``stop``. Between two characters the last one is included.

    >>> list(arange(1, 5, 1)), list(arange(5, 1, 1))
    ([1, 2, 3, 4], [5, 4, 3, 2])
    """
    return _values(start, stop, step, closed=isinstance(start, str))


def arange_closed(start: Any, stop: Any, step: Real) -> Integers | Numbers | Strings:
    """Return the values from ``start`` to ``stop``, that included."""
    return _values(start, stop, step, closed=True)


def towards(start: Real, stop: Real, step: Real) -> range | RealRange:
    """Return the values of ``arange`` without storing them.

    >>> list(towards(1, 4, 1)), list(towards(4, 1, 1))
    ([1, 2, 3], [4, 3, 2])
    """
    return irange(start, stop, _towards(start, stop, step))


def towards_closed(start: Real, stop: Real, step: Real) -> range | RealRange:
    """Return the values of ``arange_closed`` without storing them."""
    return irange(start, stop, _towards(start, stop, step), closed=True)


def _values(
    start: Any, stop: Any, step: Real, *, closed: bool
) -> Integers | Numbers | Strings:
    if isinstance(start, str) and isinstance(stop, str):
        first, last = ord(start), ord(stop)
        codes = irange(first, last, _towards(first, last, step), closed=closed)
        return Strings([chr(int(code)) for code in codes])
    values = irange(start, stop, _towards(start, stop, step), closed=closed)
    return Integers(values) if isinstance(values, range) else Numbers(values)


def _towards(start: Real, stop: Real, step: Real) -> Real:
    return abs(step) if start <= stop else -abs(step)


class RealRange(Sequence[float]):
    """The reals from ``start`` on in steps, computed when they are asked for.

    Each is a multiple of the step, since a running sum would gather its rounding errors.
    """

    __slots__ = ("length", "start", "step")

    def __init__(self, start: Real, step: Real, length: int) -> None:
        self.start = start
        self.step = step
        self.length = max(0, length)

    def __len__(self) -> int:
        return self.length

    @overload
    def __getitem__(self, index: int) -> float: ...
    @overload
    def __getitem__(self, index: slice) -> Numbers: ...
    def __getitem__(self, index: int | slice) -> float | Numbers:
        if isinstance(index, slice):
            return Numbers([self[i] for i in range(self.length)[index]])
        return float(self.start + range(self.length)[index] * self.step)

    def __str__(self) -> str:
        return text(Numbers(list(self)))


def irange(
    start: Real, stop: Real, step: Real, *, closed: bool = False
) -> range | RealRange:
    """Return the values from ``start`` to ``stop`` (excluded) without storing them.

    The sign of the step decides the direction, other than in ``arange``.

    >>> list(irange(3, 0, -1)), list(irange(3, 0, 1))
    ([3, 2, 1], [])
    """
    if step == 0:
        raise LispError("Error: increment cannot be 0")
    if isinstance(start, int) and isinstance(stop, int) and isinstance(step, int):
        end = stop + (1 if step > 0 else -1) if closed else stop
        return range(start, end, step)
    steps = (stop - start) / step
    # One billionth of a step forgives what rounding does to 0.1 * 3 and its like.
    length = math.floor(steps + 1e-9) + 1 if closed else math.ceil(steps - 1e-9)
    return RealRange(start, step, length)


def irange_closed(start: Real, stop: Real, step: Real) -> range | RealRange:
    """Return the values from ``start`` to ``stop``, that included, without storing them."""
    return irange(start, stop, step, closed=True)


def endless(start: Real, step: Real) -> Iterator[Real]:
    """Return the values from ``start`` on without end."""
    if step == 0:
        raise LispError("Error: increment cannot be 0")
    return itertools.count(start, step)


def iota(count: Any) -> Integers | Numbers:
    """Return the integers from 1 to an integer; of a real the numbers up to it.

    >>> list(iota(3)), list(iota(2.5))
    ([1, 2, 3], [1.5, 2.5])
    """
    return _counted(count, first=1)


def iota0(count: Any) -> Integers | Numbers:
    """Return the integers from 0 to an integer less one."""
    return _counted(count, first=0)


def _counted(count: Any, *, first: int) -> Integers | Numbers:
    if isinstance(count, int):
        return Integers(range(first, count + first))
    if not isinstance(count, float):
        raise LispError("Error: expecting a number in 'iota'")
    whole = math.floor(count)
    fraction = round(count - whole, 12)
    return Numbers([index + fraction for index in range(first, whole + first)])


def iotas(*counts: Any) -> Any:
    """Return the list of the ``iota`` of each argument; of one argument its own."""
    return iota(*counts) if len(counts) == 1 else List([iota(n) for n in counts])


def iotas0(*counts: Any) -> Any:
    """Return the list of the ``iota0`` of each argument; of one argument its own."""
    return iota0(*counts) if len(counts) == 1 else List([iota0(n) for n in counts])


# --- from other sequences -----------------------------------------------------------------


def replicate(count: Any, value: Any) -> List:
    """Return a list of copies of ``value``; containers are copied each time."""
    if isinstance(value, list | dict | set):
        return List([clone(value) for _ in range(int(count))])
    return List([value] * int(count))


def enum(items: Any, start: int = 0) -> List:
    """Return the list of (index element) pairs.

    >>> [list(pair) for pair in enum(["a", "b"])]
    [[0, 'a'], [1, 'b']]
    """
    return List([List(pair) for pair in enumerate(elements(items), int(start))])


def zip_lists(items: Any, *others: Any) -> List:
    """Return the lists of the first elements, of the second ones …

    They are typed when all arguments are lists of one type.
    """
    columns = (items, *others)
    if any(isinstance(c, str | int | float) or c is None for c in columns):
        raise LispError("Error: 'zip' only accepts lists as arguments")
    rows = [list(elements(column)) for column in columns]
    if len({len(row) for row in rows}) > 1:
        raise LispError("Error: Lists should all have the same size in 'zip'")
    kinds = {type(column) for column in columns}
    kind = items if len(kinds) == 1 else List()
    return List([like(kind, row) for row in zip(*rows, strict=True)])


def mask(choices: Iterable[Any], chosen: Any, others: Any = None) -> Any:
    """Return for each true choice the next of one list, for the others of another.

    nil stands where the other list is missing or used up.
    """
    one = iter(elements(chosen))
    other = iter(elements(others))
    picked = [next(one, None) if choice else next(other, None) for choice in choices]
    return typed_by_first(picked) if None not in picked else List(picked)


def shift(function: Callable[[Any, Any], Any], items: Any, distance: int = 1) -> Any:
    """Return the function of the list without its last and without its first elements.

    A negative distance exchanges the two; nil when the list is too short.
    """
    width = abs(int(distance))
    if len(items) <= width:
        return None
    front = like(items, items[: len(items) - width])
    back = like(items, items[width:])
    return function(front, back) if distance >= 0 else function(back, front)
