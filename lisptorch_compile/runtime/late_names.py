"""Names that are defined while the program runs, by code that it evaluates."""

from __future__ import annotations

from typing import Any

from lisptorch_compile.runtime.errors import LispError


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
            raise LispError(f"Error: unknown label: '{name}'") from None
