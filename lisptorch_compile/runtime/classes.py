"""What the classes of a LispE program derive from, and what instances are asked."""

from __future__ import annotations

import weakref
from typing import Any, ClassVar

from lisptorch_compile.runtime.text import Shape, text


class Instance:
    """An object of a class of the program; it prints as LispE shows it.

    Fields are ordinary attributes, in the order in which the constructor sets them.
    ``lisp_names``: the names of the class and its fields, each with LispE's, where these
    differ.

    >>> class Point(Instance):
    ...     def __init__(self, x, y=0):
    ...         self.x = x
    ...         self.y = y
    >>> print(Point(1))
    (Point "x":1 "y":0)
    """

    lisp_names: ClassVar[tuple[tuple[str, str], ...]] = ()

    def __str__(self) -> str:
        return text(self)

    def __repr__(self) -> str:
        return text(self)

    def text_shape(self) -> Shape:
        """Return how the instance is written: its class, then its fields."""
        fields = vars(self).items()
        parts = ((f'"{lisp_name(self, name)}":', value) for name, value in fields)
        opening = f"({lisp_name(self, type(self).__name__)}"
        return opening + " " * bool(fields), parts, ")"


def lisp_name(instance: object, name: str) -> str:
    """Return the name in LispE of a class or field of an instance."""
    names = getattr(type(instance), "lisp_names", ())
    return next((lisp for python, lisp in names if python == name), name)


def fields_of(instance: object) -> dict[str, Any]:
    """Return a new dictionary of the fields of an instance by their names in LispE."""
    return {lisp_name(instance, name): value for name, value in vars(instance).items()}


def python_name(instance: object, name: str) -> str:
    """Return the attribute of an instance that LispE calls ``name``."""
    names = getattr(type(instance), "lisp_names", ())
    return next((python for python, lisp in names if lisp == name), name)


def to_clean(instance: Any, method: str) -> bool:
    """Let ``method`` run once the instance is gone, at the latest when the program ends.

    It runs on another object with the same fields: one that held on to the instance
    itself would keep it alive.
    """
    remains = object.__new__(type(instance))
    remains.__dict__ = instance.__dict__
    weakref.finalize(instance, getattr(remains, method))
    return True
