"""Bindings: what a name of the program stands for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from lisptorch_compile.diagnostics import Span


class BindingKind(Enum):
    """Where a binding lives."""

    GLOBAL = auto()  # a variable of the module
    FUNCTION = auto()  # a function of the module
    CLASS = auto()  # a class of the module
    METHOD = auto()  # a function of a class, called through an instance
    FIELD = auto()  # an attribute of the instances of a class and of its kin
    LOCAL = auto()  # a variable of a function or lambda
    PARAMETER = auto()
    TEMPORARY = auto()  # made by the compiler, named for its role
    LATE = auto()  # defined by code that the running program evaluates
    SHARED = auto()  # a variable of the space that all threads share (`seth`)


@dataclass(frozen=True, slots=True, eq=False)
class Binding:
    """One variable, parameter or function; two bindings are never equal.

    ``name`` is the LispE name (for a temporary: the wished-for Python name).
    ``attribute``: what Python calls a field, where a method has the name itself.
    """

    name: str
    kind: BindingKind
    span: Span
    attribute: str | None = None
