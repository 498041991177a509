"""Places: sets of variables and elements that may hold the same containers.

A union-find structure in which each place knows the place of what is inside its containers,
so that the rows of a matrix are known apart from the matrix. Joining two places joins what
is inside them.
"""

from __future__ import annotations

from lisptorch_compile.catalogue.model import ANY, NOTHING

#: A place is a number; None is the place of what is surely no container.
Place = int | None


class Places:
    """A union of places: each has one inside, which two joined places share."""

    def __init__(self) -> None:
        self._parents: list[int] = []
        self._insides: list[Place] = []
        #: Kinds of what was put into an existing container of the place.
        self._put: list[int] = []
        #: Kinds of the elements with which a container of the place was made.
        self._made: list[int] = []
        self._anywhere = NOTHING

    def new(self, inside: Place = None) -> int:
        """Return a place that shares nothing with another."""
        place = len(self._parents)
        self._parents.append(place)
        self._insides.append(inside)
        self._put.append(NOTHING)
        self._made.append(NOTHING)
        return place

    def unknown(self) -> int:
        """Return a place whose containers hold anything, each other included."""
        place = self.new()
        self._insides[place] = place
        self._made[place] = ANY
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
            inside = self._insides[second]
            if self._insides[first] is None:
                self._insides[first] = inside
            elif inside is not None:
                pending.append((self._insides[first], inside))
        return other if one is None else one

    def put(self, place: Place, kinds: int) -> bool:
        """Note that values of ``kinds`` are put into containers; whether that is new."""
        return place is not None and self._note(self._put, place, kinds)

    def made(self, place: Place, kinds: int) -> bool:
        """Note that a container was made with elements of ``kinds``; whether that is new."""
        return place is not None and self._note(self._made, place, kinds)

    def _note(self, table: list[int], place: int, kinds: int) -> bool:
        place = self.find(place)
        if not kinds & ~table[place]:
            return False
        table[place] |= kinds
        return True

    def put_anywhere(self) -> None:
        """Note that anything may be put into any container."""
        self._anywhere = ANY

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
