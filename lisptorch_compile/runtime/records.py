"""Values of ``data@`` types: lists that begin with the name of their type.

(data@ Shape [Circle [Point _ _] _] …)
class Shape(Record): ...
class Circle(Shape):
    center: Point
    radius: object
"""

from __future__ import annotations

from inspect import get_annotations
from operator import itemgetter
from typing import Any, ClassVar

from lisptorch_compile.runtime.errors import LispError
from lisptorch_compile.runtime.kinds import type_of
from lisptorch_compile.runtime.symbols import Symbol
from lisptorch_compile.runtime.values import List

_SIZE_MISMATCH = (
    "Error: Size mismatch between argument list and data structure definition"
)


class Element:
    """A field of a record by its place in the list; one that is not there is missing."""

    __slots__ = ("index",)

    def __init__(self, index: int) -> None:
        self.index = index

    def __get__(self, record: Record | None, _owner: type) -> Any:
        if record is None:
            return self
        try:
            return record[self.index]
        except IndexError:
            raise AttributeError(f"no field {self.index}") from None


#: What fields are called when the program has no names for them.
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")


class Record(List):
    """A value of a data type of the program.

    A subclass declares its fields as a dataclass does; the annotations say what they take
    (``object``: anything). Element 0 of the list is the atom that names the type.

    >>> class Point(Record):
    ...     x: int
    ...     y: int
    >>> p = Point(10, 20)
    >>> p, p[1], p.y, len(p)
    (Point(10, 20), 10, 20, 3)
    """

    __slots__ = ()
    __match_args__ = ORDINALS
    lisp_type = "data_"
    #: The name of the type in LispE, where Python's differs.
    lisp_name: ClassVar[str] = ""
    _label: ClassVar[Symbol]
    _size: ClassVar[int] = 0
    _checks: ClassVar[tuple[tuple[int, Any], ...]] = ()

    def __init_subclass__(cls) -> None:
        fields = get_annotations(cls)
        cls._label = Symbol(cls.__dict__.get("lisp_name", cls.__name__))
        cls._label.name_record(cls)
        cls._size = len(fields)
        cls._checks = tuple(
            (index, kind)
            for index, kind in enumerate(fields.values())
            if kind is not object
        )
        if fields:
            type.__setattr__(cls, "__match_args__", tuple(fields))
        for index, name in enumerate(fields, start=1):
            setattr(cls, name, property(itemgetter(index)))  # quicker than an Element

    def __init__(self, *values: Any) -> None:
        cls = type(self)
        if len(values) != cls._size:
            raise LispError(_SIZE_MISMATCH)
        for index, kind in cls._checks:
            if not fits(values[index], kind):
                raise LispError(
                    f"Error: Mismatch on argument: {index + 1} ({kind_name(kind)} required)"
                )
        super().__init__((cls._label, *values))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(map(repr, self[1:]))})"


for _place, _name in enumerate(ORDINALS, start=1):
    setattr(Record, _name, Element(_place))


def as_record(value: Any) -> Any:
    """Return the record that a list stands for, which begins with the name of its type; any
    other value as it is.

    >>> class Point(Record):
    ...     x: int
    ...     y: int
    >>> as_record(List([Symbol("Point"), 1, 2])), as_record(List([1, 2]))
    (Point(1, 2), List([1, 2]))

    Raises:
        LispError: the list does not fit the definition of the type.
    """
    record = _named_record(value)
    return value if record is None else record(*map(_as_field, value[1:]))


def _named_record(value: Any) -> type[Record] | None:
    """Return the type with whose name a list begins."""
    if not isinstance(value, list) or isinstance(value, Record) or not value:
        return None
    return value[0].constructor if type(value[0]) is Symbol else None


def _as_field(value: Any) -> Any:
    try:
        return as_record(value)
    except LispError:
        return value


class Nested:
    """What a field takes that is a record, or a list, of certain fields.

    >>> Nested(None, int, object).takes([1, "a"])
    True
    """

    __slots__ = ("fields", "record")

    def __init__(self, record: type[Record] | None, *fields: Any) -> None:
        self.record = record
        self.fields = fields

    def takes(self, value: Any) -> bool:
        if self.record is None:
            items = value if isinstance(value, list) else ()
        elif not isinstance(value, self.record):
            return False
        else:
            items = value[1:]
        return len(items) == len(self.fields) and all(map(fits, items, self.fields))


class Kind:
    """What a field takes that is an atom, or any value that has the atom for its type."""

    __slots__ = ("atom",)

    def __init__(self, name: str) -> None:
        self.atom = Symbol(name)

    def takes(self, value: Any) -> bool:
        return value is self.atom or type_of(value) is self.atom


def fits(value: Any, kind: Any) -> bool:
    """Tell whether a field that is declared so takes ``value``.

    ``kind`` is a class, a Kind, a Nested, or the name of a record that is defined later. An
    integer is also a number; true and nil are neither.
    """
    if isinstance(kind, Nested | Kind):
        return kind.takes(value)
    if isinstance(kind, str):
        return kind in [parent.__name__ for parent in type(value).__mro__]
    if kind is int or kind is float:
        return isinstance(value, int | kind) and not isinstance(value, bool)
    return kind is object or isinstance(value, kind)


_NAMES: dict[Any, str] = {
    int: "integer_",
    float: "number_",
    str: "string_",
    list: "list_",
    dict: "dictionary_",
    Symbol: "atom_",
}


def kind_name(kind: Any) -> str:
    """Return what a declared kind is called in LispE."""
    if isinstance(kind, Nested):
        return "list_" if kind.record is None else kind_name(kind.record)
    if isinstance(kind, Kind):
        return str(kind.atom)
    if isinstance(kind, str):
        return kind
    if isinstance(kind, type) and issubclass(kind, Record):
        return str(kind._label)
    return _NAMES.get(kind, getattr(kind, "__name__", "_"))
