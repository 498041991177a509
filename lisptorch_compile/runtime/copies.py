"""Copies of containers with all that is in them; lists may be cyclic."""

from __future__ import annotations

import copy
from array import array
from typing import Any

from lisptorch_compile.runtime.classes import Instance
from lisptorch_compile.runtime.values import LinkedList


def container_copy(value: Any) -> Any:
    """Return a copy of a container that shares no container with it; what is no container
    stays the same object."""
    return _Containers().copy(value)


def full_copy(value: Any) -> Any:
    """Return a copy that shares neither containers nor instances of classes; objects of
    Python, tensors among them, stay the same.

    >>> table = {"a": [1]}
    >>> full_copy(table)["a"].append(2)
    >>> table
    {'a': [1]}
    """
    return _ContainersAndInstances().copy(value)


class _Containers:
    """Copies containers; ``made`` are the copies so far, by the identity of the original."""

    def __init__(self) -> None:
        self.made: dict[int, Any] = {}

    def copy(self, value: Any) -> Any:
        """Return a copy of ``value``, the one that was made of it before if there is."""
        if id(value) in self.made:
            return self.made[id(value)]
        match value:
            case array() | set():
                return copy.copy(value)
            case list():
                self.made[id(value)] = new = copy.copy(value)
                new[:] = [self.copy(item) for item in value]
                return new
            case dict():
                self.made[id(value)] = entries = type(value)()
                for key, item in value.items():
                    entries[key] = self.copy(item)
                return entries
            case LinkedList():
                return LinkedList([self.copy(item) for item in value], value.end)
        return self.copy_object(value)

    def copy_object(self, value: Any) -> Any:
        return value


class _ContainersAndInstances(_Containers):
    def copy_object(self, value: Any) -> Any:
        if not isinstance(value, Instance):
            return value
        self.made[id(value)] = new = copy.copy(value)
        for name, item in vars(value).items():
            setattr(new, name, self.copy(item))
        return new
