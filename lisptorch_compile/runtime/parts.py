"""Cutting parts out of lists and texts, and replacing them."""

from __future__ import annotations

import itertools
import math
from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from lisptorch_compile.runtime.arithmetic import is_list
from lisptorch_compile.runtime.containers import like, texts
from lisptorch_compile.runtime.conversions import to_text
from lisptorch_compile.runtime.errors import LispError
from lisptorch_compile.runtime.operators import at
from lisptorch_compile.runtime.symbols import Symbol
from lisptorch_compile.runtime.torch_presence import is_tensor
from lisptorch_compile.runtime.values import LinkedList, List

Number = int | float


def extract(container: Any, start: Any, *bounds: Any) -> Any:
    """Return the part from ``start`` to ``stop`` (excluded), or one element.

    Negative bounds, and a stop of 0, count from the end; out of bounds the part is empty.
    The bounds of a text may be texts, as ``text_part`` says. Of nil there is nil. The part
    of a tensor holds rows, and its bounds must be right.

    Raises:
        LispError: the bounds of a tensor are beyond its rows, or nothing is between them.
    """
    if container is None:
        return None
    if isinstance(container, str) and not _are_numbers((start, *bounds)):
        return text_part(container, start, *bounds)
    if not bounds:
        return at(container, start)
    if is_tensor(container):
        return _rows(container, int(start), int(bounds[0]))
    begin, end = _range(container, start, bounds[0])
    return like(container, container[begin:end])


def _rows(tensor: Any, start: int, stop: int) -> Any:
    """Return ``tensor[start:stop]``, some rows of it, with bounds that are right."""
    length = tensor.size(0) if tensor.dim() else 0
    begin = start + length if start < 0 else start
    end = stop + length if stop < 0 else stop
    if not 0 <= begin < end <= length:
        raise LispError("Error: indices out of bounds or invalid range")
    return tensor[begin:end]


def _are_numbers(bounds: Iterable[object]) -> bool:
    return all(isinstance(bound, int | float) for bound in bounds)


def _range(container: Any, start: Any, stop: Any) -> tuple[int, int]:
    """Return the bounds of a part from the front; an empty part when they are wrong."""
    length = len(container)
    begin, end = int(start), int(stop)
    if begin < 0:
        begin += length
    if end <= 0:
        end += length
    return (begin, max(begin, end)) if begin >= 0 else (0, 0)


def text_part(text: str, start: Any, *bounds: Any) -> str:
    """Return the part of a text between two bounds, which may be texts.

    A text as start is looked for from the front and left out, a text as stop is looked for
    behind the start and left out. The atom ``+`` before a text takes it in, ``-`` looks for
    it from the end, ``-+`` does both; ``-`` alone at the end stands for the end. A number
    behind a start that is a text is a number of characters after that text. Empty when one
    is not found.

    >>> text_part("abcdefghij", "b", "e"), text_part("abcdefghij", "b", 3)
    ('cd', 'cde')
    """
    sign, bound, stops = _signed((start, *bounds))
    if bound is None:
        raise LispError("Error: cannot use the first position in 'extract'")
    found = _start_of_part(text, sign, bound)
    if found is None:
        return ""
    begin, behind = found
    stop_sign, stop, _ = _signed(stops)
    if stop is None:
        return text[begin:]
    if isinstance(stop, Number) and not isinstance(bound, Number):
        end: int | None = behind + int(stop) if stop > 0 else len(text) + int(stop)
    else:
        end = _end_of_part(text, behind, stop_sign, stop)
    return "" if end is None else text[begin:end]


def _signed(bounds: tuple[Any, ...]) -> tuple[str, Any, tuple[Any, ...]]:
    """Return the sign of the next bound, the bound (None: none follows), and the rest."""
    if bounds and isinstance(bounds[0], Symbol):
        sign = to_text(bounds[0])
        return (sign, bounds[1], bounds[2:]) if bounds[1:] else (sign, None, ())
    return ("", bounds[0], bounds[1:]) if bounds else ("", None, ())


def _start_of_part(text: str, sign: str, bound: Any) -> tuple[int, int] | None:
    """Return where the part starts, and where its end is looked for."""
    if isinstance(bound, Number):
        begin = int(bound) if bound >= 0 else max(0, len(text) + int(bound))
        return begin, begin
    searched = to_text(bound)
    found = text.rfind(searched) if "-" in sign else text.find(searched)
    if found < 0:
        return None
    behind = found + len(searched)
    return (found if "+" in sign else behind), behind


def _end_of_part(text: str, start: int, sign: str, bound: Any) -> int | None:
    if isinstance(bound, Number):
        return int(bound) if bound > 0 else len(text) + int(bound)
    searched = to_text(bound)
    find = text.rfind if "-" in sign else text.find
    found = find(searched, start)
    if found < 0:
        return None
    return found + len(searched) if "+" in sign else found


def set_range(container: Any, start: Any, *stop_and_value: Any) -> Any:
    """Replace the part from ``start`` to ``stop`` (excluded, by default the end).

    A list takes its place with all its elements, any other value as the only one. The list
    is changed; of a text a new one is returned.
    """
    *stops, value = stop_and_value
    begin, end = _range(container, start, stops[0] if stops else 0)
    if isinstance(container, str):
        return container[:begin] + to_text(value) + container[end:]
    new = list(value) if isinstance(value, list | array | LinkedList) else [value]
    container[begin:end] = like(container, new)
    return container


def at_shape(items: Any, shape: Iterable[int], *indexes: int) -> Any:
    """Return the element of a flat list that is read as an array of ``shape``.

    Fewer indexes than axes give the elements of all the axes that are left. A negative
    index stands for all of its axis, -1 line by line, -2 column by column.

    >>> at_shape(range(60), [3, 4, 5], 1, 2, 3)
    33
    >>> list(at_shape(List(range(6)), [2, 3], -1, 0))
    [0, 3]
    """
    lengths = list(shape)
    _require_axes(lengths, indexes)
    if any(index < 0 for index in indexes):
        places = [_place(lengths, one) for one in _all_indexes(lengths, indexes)]
        several = [items[start : start + (length or 1)] for start, length in places]
        return like(items, [item for part in several for item in part])
    start, length = _place(lengths, indexes)
    if length is None:
        return items[start]
    return like(items, items[start : start + length])


def set_shape(items: Any, shape: Iterable[int], *indexes_and_value: Any) -> Any:
    """Replace an element of a flat list that is read as an array of ``shape``, or with
    fewer indexes the elements of all the axes that are left; the list."""
    *indexes, value = indexes_and_value
    lengths = list(shape)
    _require_axes(lengths, indexes)
    start, length = _place(lengths, indexes)
    if length is None:
        items[start] = value
        return items
    values = list(value) if is_list(value) else [value] * length
    if len(values) != length:
        raise LispError("Error: the size of the values does not fit the shape")
    items[start : start + length] = like(items, values)
    return items


def _require_axes(shape: list[int], indexes: Sequence[int]) -> None:
    if len(indexes) > len(shape):
        raise LispError("Error: index mismatch with shape")


def _all_indexes(shape: list[int], indexes: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Yield the indexes that some with negative ones stand for.

    The last negative one decides: with -1 the last axis varies fastest, otherwise its own
    axis varies slowest.
    """
    last = max(axis for axis, index in enumerate(indexes) if index < 0)
    choices = [
        range(length) if index < 0 else (index,)
        for length, index in zip(shape, indexes, strict=False)
    ]
    if indexes[last] == -1:
        yield from itertools.product(*choices)
        return
    for chosen, *others in itertools.product(
        choices[last], *choices[:last], *choices[last + 1 :]
    ):
        yield (*others[:last], chosen, *others[last:])


def _place(shape: list[int], indexes: Sequence[int]) -> tuple[int, int | None]:
    """Return where an element stands, or where several start and how many they are."""
    offset = 0
    for length, index in zip(shape, indexes, strict=False):
        if not 0 <= index < length:
            raise LispError("Error: index mismatch with shape")
        offset = offset * length + index
    if len(indexes) == len(shape):
        return offset, None
    rest = math.prod(shape[len(indexes) :])
    return offset * rest, rest


def take_count(count: Any, items: Any, from_front: object = True) -> Any:
    """Return the first elements; the last ones with a negative count or false."""
    if not isinstance(items, list | array | LinkedList):
        raise LispError("Error: Expecting a list as second element")
    source = items if not isinstance(items, LinkedList) else List(items)
    wanted = min(abs(int(count)), len(source))
    if count < 0 or not from_front:
        return like(items, source[len(source) - wanted :])
    return like(items, source[:wanted])


def slices(items: Any, length: Any) -> Any:
    """Return the pieces of a length, the last one shorter.

    >>> list(slices("abcdef", 4))
    ['abcd', 'ef']
    """
    size_of_piece = int(length)
    if size_of_piece <= 0:
        raise LispError("Error: the size of a slice must be positive")
    source: Any = items if isinstance(items, str | list | array) else List(items)
    starts = range(0, len(source), size_of_piece)
    pieces = [source[i : i + size_of_piece] for i in starts]
    if isinstance(items, str):
        return texts(pieces)
    return List([like(source, piece) for piece in pieces])
