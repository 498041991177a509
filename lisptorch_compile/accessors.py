"""The accessors of lists: ``last``, and those by letters, ``car``, ``cadr``, ``cdar`` …"""

from __future__ import annotations

import re

from lisptorch_compile.records import record

#: The position of the last element.
LAST = -1

_NAME = re.compile("c([ad]+)r")


@record
class Accessor:
    """``(cadar x)``: the element at 1 of the element at 0 of ``x``.

    ``positions``: of the elements that lead there, outermost first. Unless the accessor
    ``is_element``, it is a rest: what stands behind ``skipped`` elements there.
    """

    positions: tuple[int, ...]
    skipped: int

    @property
    def is_element(self) -> bool:
        return not self.skipped


def parsed(name: str) -> Accessor | None:
    """Return what the accessor of a name gives; None: it is the name of something else.

    >>> parsed("cadar"), parsed("cddr").skipped, parsed("car").positions
    (Accessor(positions=(0, 1), skipped=0), 2, (0,))
    """
    if name == "last":
        return Accessor((LAST,), 0)
    named = _NAME.fullmatch(name)
    if named is None:
        return None
    positions: list[int] = []
    skipped = 0
    for letter in reversed(named[1]):
        if letter == "a":
            positions.append(skipped)
            skipped = 0
        else:
            skipped += 1
    return Accessor(tuple(positions), skipped)
