"""LispE's containers and what converts between them: lists, typed lists, linked lists."""

from __future__ import annotations

import copy
from array import array
from collections.abc import Iterable, Iterator, MutableSequence
from typing import TYPE_CHECKING, Any, Literal, Self, SupportsIndex

from lisptorch_compile.runtime.arithmetic import Elementwise, is_list
from lisptorch_compile.runtime.conversions import (
    to_complex,
    to_float,
    to_integer,
    to_short,
    to_text,
)
from lisptorch_compile.runtime.errors import LispError
from lisptorch_compile.runtime.symbols import EMPTY, UNSET, Symbol, Unset
from lisptorch_compile.runtime.text import CYCLE, Part, Shape, in_order, text

__all__ = [
    "EMPTY",
    "UNSET",
    "ByteStrings",
    "Floats",
    "Integers",
    "LinkedList",
    "List",
    "Matrix",
    "Member",
    "Numbers",
    "Shorts",
    "Strings",
    "Symbol",
    "TypedList",
    "Unset",
    "to_complex",
    "to_float",
    "to_integer",
    "to_list",
    "to_short",
    "to_text",
]


class ComparedByValue:
    """What `eq` compares by value, as numbers and texts: not only the same object is equal."""

    __slots__ = ()


def is_nothing(value: object) -> bool:
    """Tell whether ``value`` is nil, which an empty list equals."""
    return value is None or value is False


class List(Elementwise, list[Any]):
    """A LispE list: Python's list with LispE's element-wise operators.

    It equals every list with equal elements, and an empty one equals nil. Indexing and
    slicing are Python's own, so a slice is a plain list.

    >>> List([1, 2, 3]) + List([10, 20]), 1 - List([1, 2])
    (List([11, 22, 3]), List([0, -1]))
    """

    __slots__ = ()

    __iter__ = list.__iter__
    __len__ = list.__len__

    def with_items(self, items: Iterable[Any]) -> List:
        return List(items)

    def as_list(self, items: Iterable[Any]) -> List:
        return List(items)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, list):
            return list.__eq__(self, other)
        answer = _equal_elements(self, other)
        return NotImplemented if answer is None else answer

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = None  # a list can change

    def __repr__(self) -> str:
        return f"{type(self).__name__}({list.__repr__(self)})"


class Strings(List):
    """A list that holds texts only: what is put into it becomes its printed form."""

    __slots__ = ()

    @staticmethod
    def convert(item: Any) -> Any:
        """Return ``item`` as an element of the list."""
        return to_text(item)

    def __init__(self, items: Iterable[Any] = ()) -> None:
        convert = self.convert
        texts_only = type(self) is Strings and isinstance(items, list)
        if texts_only and set(map(type, items)) <= {str}:
            super().__init__(items)  # nothing to convert, as mostly
        else:
            super().__init__([convert(item) for item in _flat(items)])

    @classmethod
    def of(cls, texts: Iterable[str]) -> Self:
        """Return a list of what are texts already: none is looked at."""
        result = cls.__new__(cls)
        list.extend(result, texts)
        return result

    def with_items(self, items: Iterable[Any]) -> Strings:
        return type(self)(items)

    def append(self, item: Any) -> None:
        super().append(self.convert(item))

    def insert(self, index: SupportsIndex, item: Any) -> None:
        super().insert(index, self.convert(item))

    def extend(self, items: Iterable[Any]) -> None:
        super().extend([self.convert(item) for item in items])

    def __setitem__(self, index: Any, item: Any) -> None:
        if isinstance(index, slice):
            super().__setitem__(index, [self.convert(part) for part in item])
        else:
            super().__setitem__(index, self.convert(item))


class ByteStrings(Strings):
    """A list that holds byte strings only: what is put into it is encoded in UTF-8."""

    __slots__ = ()
    lisp_type = "stringbytes_"

    @staticmethod
    def convert(item: Any) -> bytes:
        return item if isinstance(item, bytes) else to_text(item).encode()


class Matrix(List):
    """A list of typed rows, or of such lists: what ``rho`` and its kin make."""

    __slots__ = ()


class Member(List):
    """A list as an element of a set, where it is told by its content."""

    __slots__ = ()

    def __hash__(self) -> int:  # type: ignore[override]  # lists have none, they change
        try:
            return hash(tuple(self))
        except TypeError:  # lists inside
            return hash(text(self))


# --- typed lists ------------------------------------------------------------------------------


if TYPE_CHECKING:
    _Array = array[Any]
else:
    _Array = array  # its class takes no parameters before Python 3.12


class TypedList(Elementwise, _Array):
    """A list whose elements are numbers of one C type, stored without boxing.

    What is put into it is converted (``"3"`` to 3, 2.7 to 2 in a list of integers); a
    number beyond the type's range is an error. Results of operators keep the type; as of a
    List, indexing and slicing are Python's own, so a slice is a plain array.
    """

    __slots__ = ()
    code: Literal["q", "h", "f", "d"]
    name: str

    def __new__(cls, items: Iterable[Any] = ()) -> Self:
        if isinstance(items, str | bytes):
            items = list(items)
        elif not isinstance(items, list | tuple | array | range):
            items = items.tolist() if hasattr(items, "tolist") else list(items)
        try:
            return super().__new__(cls, cls.code, items)
        except TypeError:
            return cls._from_elements([cls.convert(item) for item in _flat(items)])
        except OverflowError as error:
            raise cls._too_large() from error

    @classmethod
    def _from_elements(cls, elements: list[Any]) -> Self:
        try:
            return super().__new__(cls, cls.code, elements)
        except OverflowError as error:
            raise cls._too_large() from error

    @classmethod
    def convert(cls, item: Any) -> Any:
        """Return ``item`` as an element: a Python int or float."""
        raise NotImplementedError

    @classmethod
    def _too_large(cls) -> LispError:
        return LispError(f"Error: number out of range in '{cls.name}'")

    __iter__ = array.__iter__
    __len__ = array.__len__

    def with_items(self, items: Iterable[Any]) -> TypedList:
        return type(self)(items)

    def as_list(self, items: Iterable[Any]) -> List:
        return List(items)

    # `array` by name instead of `super()`, which takes as long as the work itself.

    def append(self, item: Any) -> None:
        try:
            array.append(self, item)
        except TypeError:
            array.append(self, self.convert(item))
        except OverflowError as error:
            raise self._too_large() from error

    def insert(self, index: int, item: Any) -> None:
        try:
            super().insert(index, item)
        except TypeError:
            super().insert(index, self.convert(item))
        except OverflowError as error:
            raise self._too_large() from error

    def extend(self, items: Iterable[Any]) -> None:
        super().extend(items if type(items) is type(self) else type(self)(items))

    def __setitem__(self, index: Any, item: Any) -> None:
        if type(index) is slice:
            array.__setitem__(self, index, type(self)(item))
            return
        try:
            array.__setitem__(self, index, item)
        except TypeError:
            array.__setitem__(self, index, self.convert(item))
        except OverflowError as error:
            raise self._too_large() from error

    def __eq__(self, other: object) -> bool:
        if isinstance(other, array):
            return bool(array.__eq__(self, other))
        answer = _equal_elements(self, other)
        return NotImplemented if answer is None else answer

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = None  # a list can change

    def __copy__(self) -> TypedList:
        return type(self)(self)

    def __deepcopy__(self, _memo: dict[int, Any]) -> TypedList:
        return type(self)(self)

    def __reduce_ex__(self, _protocol: SupportsIndex) -> tuple[Any, ...]:
        return type(self), (self.tolist(),)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.tolist()})"


class Integers(TypedList):
    """A list of 64-bit integers.

    >>> Integers([1, "3", 2.7]), Integers([1, 2]) + 0.5
    (Integers([1, 3, 2]), Integers([1, 2]))
    """

    __slots__ = ()
    code = "q"
    name = "integers"

    @classmethod
    def convert(cls, item: Any) -> int:
        return to_integer(item)


class Shorts(TypedList):
    """A list of 16-bit integers."""

    __slots__ = ()
    code = "h"
    name = "shorts"

    @classmethod
    def convert(cls, item: Any) -> int:
        return to_integer(item)


class Numbers(TypedList):
    """A list of double precision numbers."""

    __slots__ = ()
    code = "d"
    name = "numbers"

    @classmethod
    def convert(cls, item: Any) -> float:
        return to_float(item)


class Floats(TypedList):
    """A list of single precision numbers."""

    __slots__ = ()
    code = "f"
    name = "floats"

    @classmethod
    def convert(cls, item: Any) -> float:
        return to_float(item)


def _flat(items: Iterable[Any]) -> Iterator[Any]:
    """Return the elements in order, those of lists among them in their place."""
    pending = [iter(items)]
    while pending:
        for item in pending[-1]:
            if is_list(item) or isinstance(item, tuple):
                pending.append(iter(item))
                break
            yield item
        else:
            pending.pop()


def _equal_elements(items: Any, other: object) -> bool | None:
    """Compare a list of ours with any value; None leaves the answer to the other one."""
    if is_nothing(other):
        return len(items) == 0
    if isinstance(other, list | array | LinkedList):
        return bool(list(items) == list(other))
    return None


# --- linked lists -------------------------------------------------------------------------------


class Cell:
    """One element of a linked list and what follows: a cell, None, or a dotted end."""

    __slots__ = ("following", "value")

    def __init__(self, value: Any, following: Any) -> None:
        self.value = value
        self.following = following


class LinkedList(Elementwise):
    """A linked list: adding and removing in front takes the same time at any length.

    ``end`` makes a dotted pair, ``(a . b)``; a list as the end goes on with its elements.
    A list that runs into itself is walked once.
    """

    __slots__ = ("head",)
    head: Any

    def __init__(self, items: Iterable[Any] = (), end: Any = None) -> None:
        if isinstance(end, list | array):
            end = LinkedList(end)
        self.head = end.head if isinstance(end, LinkedList) else end
        for item in reversed(list(items)):
            self.head = Cell(item, self.head)

    @classmethod
    def from_cell(cls, head: Any) -> LinkedList:
        """Return the list that starts at a cell of another one, which it shares."""
        result = cls()
        result.head = head
        return result

    def with_items(self, items: Iterable[Any]) -> LinkedList:
        return LinkedList(items)

    def as_list(self, items: Iterable[Any]) -> LinkedList:
        return LinkedList(items)

    @property
    def end(self) -> Any:
        """What ends a dotted list; None for any other."""
        last = self._last_cell()
        following = self.head if last is None else last.following
        return None if isinstance(following, Cell) else following

    @property
    def is_cyclic(self) -> bool:
        """Whether the list runs into itself."""
        last = self._last_cell()
        return last is not None and isinstance(last.following, Cell)

    @property
    def rest(self) -> Any:
        """The list without its first element, whose cells it shares; of a dotted pair
        what stands behind the dot."""
        following = self.head.following if isinstance(self.head, Cell) else None
        is_list = following is None or isinstance(following, Cell)
        return LinkedList.from_cell(following) if is_list else following

    def _cells(self) -> Iterator[Cell]:
        seen: set[int] = set()
        cell = self.head
        while isinstance(cell, Cell) and id(cell) not in seen:
            seen.add(id(cell))
            yield cell
            cell = cell.following

    def _last_cell(self) -> Cell | None:
        last = None
        for cell in self._cells():
            last = cell
        return last

    def _cell(self, index: int) -> Cell:
        if index < 0:
            index += len(self)
        if index >= 0:
            for position, cell in enumerate(self._cells()):
                if position == index:
                    return cell
        raise IndexError("list index out of range")

    def __iter__(self) -> Iterator[Any]:
        return (cell.value for cell in self._cells())

    def __len__(self) -> int:
        return sum(1 for _ in self._cells())

    def __bool__(self) -> bool:
        return self.head is not None

    def __getitem__(self, index: int | slice) -> Any:
        if isinstance(index, slice):
            return LinkedList(list(self)[index])
        return self._cell(index).value

    def __setitem__(self, index: int, value: Any) -> None:
        self._cell(index).value = value

    def __delitem__(self, index: int) -> None:
        if index < 0:
            index += len(self)
        if index == 0 and isinstance(self.head, Cell):
            self.head = self.head.following
        else:
            before = self._cell(index - 1) if index > 0 else None
            if before is None or not isinstance(before.following, Cell):
                raise IndexError("list index out of range")
            before.following = before.following.following

    def insert(self, index: int, value: Any) -> None:
        """Put ``value`` before the element at ``index``, at the end beyond it."""
        length = len(self) if index != 0 else 0
        position = max(0, index + length) if index < 0 else min(index, length)
        if position == 0:
            self.head = Cell(value, self.head)
        else:
            before = self._cell(position - 1)
            before.following = Cell(value, before.following)

    def append(self, value: Any) -> None:
        """Put ``value`` at the end."""
        self.insert(len(self), value)

    def extend(self, items: Iterable[Any]) -> None:
        """Put ``items`` at the end, in their order."""
        last = self._last_cell()
        if items is self and last is not None:  # the end meets the beginning
            last.following = self.head
            return
        added = LinkedList(items, self.end)
        if last is None:
            self.head = added.head
        else:
            last.following = added.head

    def reverse(self) -> None:
        """Turn the order of the elements around, in place."""
        self.head = LinkedList(list(self)[::-1]).head

    def remove(self, value: Any) -> None:
        """Remove the first element that equals ``value``."""
        del self[list(self).index(value)]

    def __contains__(self, value: object) -> bool:
        return any(item == value for item in self)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, LinkedList) and self.end != other.end:
            return False
        answer = _equal_elements(self, other)
        return NotImplemented if answer is None else answer

    __hash__ = None  # type: ignore[assignment]  # a list can change

    def __copy__(self) -> LinkedList:
        return LinkedList(self, self.end)

    def __deepcopy__(self, memo: dict[int, Any]) -> LinkedList:
        return LinkedList(
            copy.deepcopy(list(self), memo), copy.deepcopy(self.end, memo)
        )

    def __repr__(self) -> str:
        end = "" if self.end is None else f", {self.end!r}"
        return f"LinkedList({list(self)!r}{end})"

    def text_shape(self) -> Shape:
        """Return what ``text`` writes."""
        return "(", self._parts(), ")"

    def _parts(self) -> Iterator[Part]:
        for value in self:
            yield "", value
        if self.is_cyclic:
            yield CYCLE
        elif self.end is not None:
            yield ". ", self.end


# --- conversions ----------------------------------------------------------------------------------


# so that patterns of `match` take a linked list apart like any other
MutableSequence.register(LinkedList)


def to_list(value: Any) -> List:
    """Return the elements of a container as a List; a single value alone in one."""
    if value is None:
        return List()
    if isinstance(value, str | bytes) or not isinstance(value, Iterable):
        return List([value])
    return List(in_order(value) if isinstance(value, set | frozenset) else value)
