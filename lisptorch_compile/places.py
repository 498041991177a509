"""Places: sets of variables and elements that may hold the same containers.

A union-find structure in which each place knows the place of what is inside its containers,
so that the rows of a matrix are known apart from the matrix. Joining two places joins what
is inside them.

Of containers that serve as records, ``(list cost node)`` and ``{"name":n "age":a}``, a place
knows the *parts* too: the kinds of the elements at the positions and keys that all
containers of the place were made with and keep.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from lisptorch_compile.catalogue.model import ANY, NOTHING

#: A place is a number; None is the place of what is surely no container.
Place = int | None

#: Kinds of elements, by their position in a list or their key in a dictionary.
Parts = Mapping[int | str, int]
NO_PARTS: Parts = MappingProxyType({})


class Places:
    """A union of places: each has one inside, which two joined places share."""

    def __init__(self) -> None:
        self._parents: list[int] = []
        self._insides: list[Place] = []
        #: Kinds of what was put into an existing container of the place.
        self._put: list[int] = []
        #: Kinds of the elements with which a container of the place was made.
        self._made: list[int] = []
        #: The parts of all containers of the place; None: none was made so far.
        self._parts: list[Parts | None] = []
        self._anywhere = NOTHING

    def new(self, inside: Place = None) -> int:
        """Return a place that shares nothing with another."""
        place = len(self._parents)
        self._parents.append(place)
        self._insides.append(inside)
        self._put.append(NOTHING)
        self._made.append(NOTHING)
        self._parts.append(None)
        return place

    def unknown(self) -> int:
        """Return a place whose containers hold anything, each other included."""
        place = self.new()
        self._insides[place] = place
        self._made[place] = ANY
        self._parts[place] = NO_PARTS
        return place

    def find(self, place: int) -> int:
        """Return the number that stands for all places joined with ``place``."""
        parents = self._parents
        while parents[place] != place:
            parents[place] = parents[parents[place]]
            place = parents[place]
        return place

    def inside(self, place: Place) -> Place:
        """Return the place of the elements of a container."""
        if place is None:
            return None
        place = self.find(place)
        inside = self._insides[place]
        if inside is None:
            inside = self._insides[place] = self.new()
        return inside

    def join(self, one: Place, other: Place) -> Place:
        """Make two places one, and what is inside them; return it."""
        pending = [(one, other)]
        while pending:
            first, second = pending.pop()
            if first is None or second is None:
                continue
            first, second = self.find(first), self.find(second)
            if first == second:
                continue
            self._parents[second] = first
            self._put[first] |= self._put[second]
            self._made[first] |= self._made[second]
            self._parts[first] = _common(self._parts[first], self._parts[second])
            inside = self._insides[second]
            if self._insides[first] is None:
                self._insides[first] = inside
            elif inside is not None:
                pending.append((self._insides[first], inside))
        return other if one is None else one

    def put(self, place: Place, kinds: int) -> bool:
        """Note that values of ``kinds`` are put into containers; whether that is new."""
        return place is not None and self._note(self._put, place, kinds)

    def made(self, place: Place, kinds: int, parts: Parts = NO_PARTS) -> bool:
        """Note that a container was made with elements of ``kinds``; whether that is new."""
        if place is None:
            return False
        fewer = self._keep_parts(place, parts)
        return self._note(self._made, place, kinds) or fewer

    def put_at(self, place: Place, key: int | str | None, kinds: int) -> bool:
        """Note that the element at ``key``, None for any, becomes one of ``kinds``; whether
        that is new."""
        if place is None or not (parts := self._parts[self.find(place)]):
            return False
        hit = parts if key is None else parts.keys() & {key, str(key)}
        changed = {k: v | kinds if k in hit else v for k, v in parts.items()}
        return self._keep_parts(place, changed)

    def _keep_parts(self, place: int, parts: Parts) -> bool:
        place = self.find(place)
        old = self._parts[place]
        self._parts[place] = common = _common(old, parts)
        return common != old

    def _note(self, table: list[int], place: int, kinds: int) -> bool:
        place = self.find(place)
        if not kinds & ~table[place]:
            return False
        table[place] |= kinds
        return True

    def put_anywhere(self) -> None:
        """Note that anything may be put into any container."""
        self._anywhere = ANY

    def part(self, place: Place, key: int | str) -> int | None:
        """Return the kinds of the element at ``key``; None: there may be none."""
        parts = None if place is None else self._parts[self.find(place)]
        return None if not parts or self._anywhere else parts.get(key)

    def kinds_put(self, place: Place) -> int:
        """Return the kinds of all that is ever put into the containers of a place."""
        put = NOTHING if place is None else self._put[self.find(place)]
        return put | self._anywhere

    def kinds_in(self, place: Place) -> int:
        """Return the kinds of all elements that the containers of a place ever have."""
        if place is None:
            return ANY
        place = self.find(place)
        return self._put[place] | self._made[place] | self._anywhere


def _common(one: Parts | None, other: Parts | None) -> Parts | None:
    """Return the parts that both have, each with the kinds of both."""
    if one is None or other is None:
        return other if one is None else one
    return {key: kinds | other[key] for key, kinds in one.items() if key in other}
