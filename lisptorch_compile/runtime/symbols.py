"""Atoms, and the two values that stand for "nothing was printed" and "not given"."""

from __future__ import annotations

from collections.abc import Callable
from functools import total_ordering
from typing import Any, ClassVar, NoReturn, Self, TypeVar

from lisptorch_compile.runtime.errors import LispError

#: How LispE prints the atoms that are other spellings of an instruction.
SPELLINGS: dict[str, str] = {
    "**": "^^",
    "**=": "^^=",
    "-//": "⌿",
    "-\\\\": "⍀",
    "//": "↗",
    "/\\": "infix",
    "@": "at",
    "@@": "extract",
    "@@@": "atshape",
    "\\": "λ",
    "\\\\": "↘",
    "atom?": "atomp",
    "backreduce": "⌿",
    "backscan": "⍀",
    "cons?": "consp",
    "containerkeys": "keys@",
    "containervalues": "values@",
    "cutlist": "slice",
    "cyclic?": "cyclicp",
    "defclass": "class@",
    "dotimes": "loopcount",
    "empty?": "emptyp",
    "inner": ".",
    "invert": "⌹",
    "iota": "⍳",
    "iota0": "⍳0",
    "lambda": "λ",
    "maplist": "↑↑",
    "member": "∈",
    "not": "¬",
    "nth": "at",
    "null?": "nullp",
    "number?": "numberp",
    "outer": "°",
    "product": "∏",
    "reduce": "↗",
    "rho": "ρ",
    "rotate": "⌽",
    "scan": "↘",
    "set@@": "setrange",
    "set@@@": "setshape",
    "sign?": "signp",
    "string?": "stringp",
    "sum": "∑",
    "tally": "≢",
    "to_list": "⊂",
    "to_tensor": "⊃",
    "transpose": "⍉",
    "zero?": "zerop",
    "§": "infix",
    "¨": "↑↑",
    "•": "infix",
    "⍤": "rank@",
    "⍴": "ρ",
}


@total_ordering
class Symbol:
    """An atom: there is one for each name, it is no text, and it cannot be changed.

    Calling it calls the function of its name, which stands beside the name where a program
    quotes it; operators are known. As in LispE, an instruction of two names prints as the
    first of them: ``not`` as ``¬``.

    >>> Symbol("red") is Symbol("red"), Symbol("red") == "red"
    (True, False)
    >>> Symbol("size", len)("abc"), Symbol("size")([1, 2])
    (3, 2)
    """

    __slots__ = ("function", "name", "record")
    __match_args__ = ("name",)

    name: str
    function: Callable[..., Any] | None
    #: The class of the data type, or the group of such, that has the name.
    record: type | None
    _interned: ClassVar[dict[str, Any]] = {}

    def __new__(cls, name: str, function: Callable[..., Any] | None = None) -> Self:
        symbol: Self | None = cls._interned.get(name)
        if symbol is None:
            made = super().__new__(cls)
            object.__setattr__(made, "name", name)
            object.__setattr__(made, "function", None)
            object.__setattr__(made, "record", None)
            # Two threads may meet here: the first symbol that is stored is the one.
            symbol = cls._interned.setdefault(name, made)
        if function is not None:
            object.__setattr__(symbol, "function", function)
        return symbol

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        function = self.function or self.constructor
        if function is None:
            raise LispError(f"Error: unknown instruction: '{self.name}'")
        return function(*arguments, **keywords)

    @property
    def constructor(self) -> type | None:
        """The data type that has the name; a group of such makes nothing."""
        record = self.record
        return None if record is None or record.__subclasses__() else record

    def name_record(self, record: type) -> None:
        """Make the atom the name of a data type."""
        object.__setattr__(self, "record", record)

    def is_group_of(self, other: object) -> bool:
        """Tell whether the atoms name a data type and the group that it belongs to."""
        if self.record is None or type(other) is not Symbol or other.record is None:
            return False
        return issubclass(other.record, self.record)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"cannot set {name!r} of an atom")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"cannot delete {name!r} of an atom")

    def _refuse(self, other: object) -> Any:
        """Answer ``1 + atom`` with LispE's error."""
        if not isinstance(other, int | float | complex):
            return NotImplemented
        raise LispError(
            f"Error: cannot use this element in an arithmetic expression: '{self}'"
        )

    __radd__ = __rsub__ = __rmul__ = __rtruediv__ = __rmod__ = __rpow__ = _refuse

    def __lt__(self, other: object) -> bool:
        return self.name < other.name if isinstance(other, Symbol) else NotImplemented

    def __str__(self) -> str:
        return SPELLINGS.get(self.name, self.name)

    def __repr__(self) -> str:
        return f"Symbol({self.name!r})"

    def __reduce__(self) -> tuple[type[Symbol], tuple[str]]:
        return Symbol, (self.name,)

    def __copy__(self) -> Symbol:
        return self

    def __deepcopy__(self, _memo: dict[int, Any]) -> Symbol:
        return self


_Named = TypeVar("_Named", bound=Callable[..., Any])


def called_by_name(name: str) -> Callable[[_Named], _Named]:
    """Let the atom of a name call the function: for atoms that are made of texts.

    >>> @called_by_name("double")
    ... def double(x):
    ...     return 2 * x
    >>> Symbol("dou" + "ble")(4)
    8
    """

    def register(function: _Named) -> _Named:
        Symbol(name, function)
        return function

    return register


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
