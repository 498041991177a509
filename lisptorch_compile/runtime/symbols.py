"""Atoms, and the two values that stand for "nothing was printed" and "not given"."""

from __future__ import annotations

from functools import total_ordering
from typing import Any, ClassVar, NoReturn, Self


@total_ordering
class Symbol:
    """An atom: there is one for each name, it is no text, and it cannot be changed.

    >>> Symbol("red") is Symbol("red"), Symbol("red") == "red"
    (True, False)
    """

    __slots__ = ("name",)
    __match_args__ = ("name",)

    name: str
    _interned: ClassVar[dict[str, Any]] = {}

    def __new__(cls, name: str) -> Self:
        symbol: Self | None = cls._interned.get(name)
        if symbol is None:
            made = super().__new__(cls)
            object.__setattr__(made, "name", name)
            # Two threads may meet here: the first symbol that is stored is the one.
            symbol = cls._interned.setdefault(name, made)
        return symbol

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"cannot set {name!r} of an atom")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"cannot delete {name!r} of an atom")

    def __lt__(self, other: object) -> bool:
        return self.name < other.name if isinstance(other, Symbol) else NotImplemented

    def __str__(self) -> str:
        return self.name

    def __repr__(self) -> str:
        return f"Symbol({self.name!r})"

    def __reduce__(self) -> tuple[type[Symbol], tuple[str]]:
        return Symbol, (self.name,)

    def __copy__(self) -> Symbol:
        return self

    def __deepcopy__(self, _memo: dict[int, Any]) -> Symbol:
        return self


#: The value of a printing instruction: it prints as nothing, and it is true.
EMPTY = Symbol("")


class Unset:
    """The type of ``UNSET``, the default of a parameter for which nil is a value, too."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "UNSET"

    def __reduce__(self) -> str:
        return "UNSET"


UNSET = Unset()
