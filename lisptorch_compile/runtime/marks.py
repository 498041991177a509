"""Marks on lists, by which a program that walks them sees where it has been."""

from __future__ import annotations

from typing import Any

from lisptorch_compile.runtime.arithmetic import is_list
from lisptorch_compile.runtime.containers import elements
from lisptorch_compile.runtime.errors import LispError
from lisptorch_compile.runtime.operators import truth

#: The marked lists, by identity: as long as one is kept here, no other has its.
_marked: dict[int, Any] = {}


def is_marked(items: object) -> bool:
    """Tell whether a list is marked."""
    return id(_checked(items)) in _marked


def set_mark(items: object, value: object) -> bool:
    """Mark a list, or with a false value remove its mark; true."""
    if truth(value):
        _marked[id(_checked(items))] = items
    else:
        _marked.pop(id(_checked(items)), None)
    return True


def reset(items: object) -> None:
    """Remove the marks of a list and of the lists inside it."""
    pending, seen = [_checked(items)], set()
    while pending:
        current = pending.pop()
        if id(current) not in seen:
            seen.add(id(current))
            _marked.pop(id(current), None)
            pending += [item for item in elements(current) if is_list(item)]


def _checked(items: object) -> object:
    if not is_list(items):
        raise LispError("Error: only lists have marks")
    return items
