"""Elements of containers that are replaced by what is computed from them: ``(+= (@ d k) 1)``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lisptorch_compile.runtime.dictionaries import lookup_key
from lisptorch_compile.runtime.errors import LispError
from lisptorch_compile.runtime.operators import at, set_at
from lisptorch_compile.runtime.symbols import UNSET
from lisptorch_compile.runtime.values import List


class Entry:
    """An element, read at once: what it is updated with may change the container.

    >>> seen = {"a": 1}
    >>> Entry(seen, "a").update(max, seen.pop("a") + 4), seen
    (5, {'a': 5})
    """

    __slots__ = ("_container", "_key", "_value")

    def __init__(self, container: Any, keys: Any) -> None:
        """Read the element at ``keys``: one key, or a tuple of the keys of a path.

        Raises:
            LispError: there is no such element, and the container is no dictionary; or
                it is a text.
        """
        *path, key = keys if isinstance(keys, tuple) else (keys,)
        for step in path:
            container = at(container, step)
        if isinstance(container, str):
            raise LispError("Error: a text cannot be changed in place")
        self._container = container
        self._key = key
        if isinstance(container, dict):
            self._value = container.get(lookup_key(container, key), UNSET)
        else:
            self._value = at(container, key)

    def update(
        self, operation: Callable[..., Any], operand: Any, *operands: Any
    ) -> Any:
        """Replace the element by ``operation(element, operand)``, and so on; the new one.

        A key that a dictionary lacked starts from 0, from the empty text before a text.
        """
        value = self._value
        if value is UNSET:
            value = "" if isinstance(operand, str) else 0
        for other in (operand, *operands):
            value = operation(value, other)
        set_at(self._container, self._key, value)
        return value


def update_at(
    container: Any,
    keys: Any,
    operation: Callable[..., Any],
    operand: Any,
    *operands: Any,
) -> Any:
    """Replace the element at ``keys`` by ``operation(element, operand, …)``; the new one.

    ``keys`` is one key, or a tuple of the keys of a path. A key that a dictionary lacks
    starts from 0, from the empty text before a text.

    >>> seen = {}
    >>> update_at(seen, "a", max, 1), update_at(seen, "a", max, 3), seen
    (1, 3, {'a': 3})
    """
    if type(keys) is int and type(container) is List and not operands:
        value = operation(at(container, keys), operand)
        set_at(container, keys, value)
        return value
    if type(container) is dict and type(keys) is str and not operands:
        start = "" if type(operand) is str else 0
        value = container[keys] = operation(container.get(keys, start), operand)
        return value
    return Entry(container, keys).update(operation, operand, *operands)
