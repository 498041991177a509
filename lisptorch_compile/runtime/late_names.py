"""Names that are found late: those that evaluated code defines, those of who loads us."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

from lisptorch_compile.runtime.errors import UnknownLabel


class LateNames:
    """The variables of a module, some of which are still to come, as attributes.

    >>> variables = {}
    >>> late = LateNames(variables)
    >>> variables["answer"] = 42
    >>> late.answer
    42
    """

    def __init__(self, variables: dict[str, Any]) -> None:
        self._variables = variables

    def __getattr__(self, name: str) -> Any:
        try:
            return self._variables[name]
        except KeyError:
            raise UnknownLabel(name) from None


def loading_file(name: str) -> ModuleType:
    """Return the module ``name``, which is loading the one that asks.

    It may be running as ``__main__``, so this is no import: that would run it twice.
    """
    module = sys.modules.get(name)
    return sys.modules["__main__"] if module is None else module


class LaterFile:
    """What a file defines that the program loads after the one that asks, as attributes.

    >>> sys.modules["tools"] = ModuleType("tools")
    >>> tools = LaterFile("tools")
    >>> tools.answer = 42
    >>> tools.answer
    42
    """

    def __init__(self, module: str) -> None:
        vars(self)["_module"] = module

    def __getattr__(self, name: str) -> Any:
        try:
            return getattr(sys.modules[self._module], name)
        except (KeyError, AttributeError):
            raise UnknownLabel(name) from None

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(sys.modules[self._module], name, value)
