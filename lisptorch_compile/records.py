"""Frozen classes with slots, like those of ``dataclasses`` and cheaper to define.

The two trees of the compiler have some eighty classes. ``dataclass`` compiles six methods
for each of them, which is a fifth of the time that ``lisptorch compile`` takes to start;
``record`` compiles one and inherits the others.
"""

from __future__ import annotations

from collections.abc import Callable
from types import FunctionType
from typing import Any, NoReturn, TypeVar, dataclass_transform

T = TypeVar("T")


class Record:
    """What all records share: they compare, hash, print and travel by their fields."""

    __slots__ = ()
    __match_args__: tuple[str, ...] = ()

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"{type(self).__name__} is frozen: {name}")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"{type(self).__name__} is frozen: {name}")

    def _values(self) -> tuple[object, ...]:
        return tuple([getattr(self, name) for name in self.__match_args__])

    def __eq__(self, other: object) -> bool:
        if type(self) is not type(other):
            return NotImplemented
        assert isinstance(other, Record)
        return self is other or self._values() == other._values()

    def __hash__(self) -> int:
        return hash((type(self), self._values()))

    def __reduce__(self) -> tuple[type[Record], tuple[object, ...]]:
        return type(self), self._values()

    def __repr__(self) -> str:
        shown = [f"{name}={getattr(self, name)!r}" for name in self.__match_args__]
        return f"{type(self).__name__}({', '.join(shown)})"


@dataclass_transform(frozen_default=True)
def record(cls: type[T]) -> type[T]:
    """Make a class with annotated fields a frozen one with slots.

    >>> @record
    ... class Point:
    ...     x: int
    ...     y: int
    ...     z: int = 0
    >>> Point(1, y=2)
    Point(x=1, y=2, z=0)
    """
    names = tuple(cls.__annotations__)
    namespace = dict(vars(cls))
    defaults = tuple([namespace.pop(name) for name in names if name in namespace])
    for own in ("__dict__", "__weakref__"):
        namespace.pop(own, None)
    namespace |= {"__slots__": names, "__match_args__": names}
    made: type[Any] = type(cls.__name__, (Record,), namespace)
    setters = [vars(made)[name].__set__ for name in names]
    initializer = _initializer(names)(*setters)
    initializer.__defaults__ = defaults
    made.__init__ = initializer
    return made


def replaced(made: T, **changes: object) -> T:
    """Return a copy of a record with other values in some fields."""
    assert isinstance(made, Record)
    fields: dict[str, Any] = {name: getattr(made, name) for name in made.__match_args__}
    return type(made)(**(fields | changes))


def _initializer(names: tuple[str, ...]) -> Callable[..., FunctionType]:
    """Return a function from the setters of the fields to ``__init__``."""
    setters = ", ".join([f"set_{name}" for name in names])
    steps = "; ".join([f"set_{name}(self, {name})" for name in names]) or "pass"
    namespace: dict[str, Any] = {}
    # the field names of our own source, as dataclasses do it
    exec(  # noqa: S102
        f"def make({setters}):\n"
        f"    def __init__({', '.join(('self', *names))}): {steps}\n"
        f"    return __init__\n",
        namespace,
    )
    made: Callable[..., FunctionType] = namespace["make"]
    return made
