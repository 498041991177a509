"""What all inference of facts shares: facts that grow, and what is in containers."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence

from lisptorch_compile.aliasing import Aliases
from lisptorch_compile.catalogue.model import (
    ANY,
    BOTTOM,
    DICT,
    FUNCTION,
    HEAP,
    INSTANCE,
    LIST,
    MODULE,
    NIL,
    NOTHING,
    OBJECT,
    STRINGS,
    TENSOR,
    TYPED,
    UNKNOWN,
    Fact,
)
from lisptorch_compile.class_table import is_callable_name
from lisptorch_compile.fact_rules import stored
from lisptorch_compile.facts.filled import NONE, Filled
from lisptorch_compile.facts.table import NUMERIC, Facts
from lisptorch_compile.nodes import Literal, Node, Variable
from lisptorch_compile.places import NO_PARTS, Parts, Place
from lisptorch_compile.scope import Binding, BindingKind

_NIL = Fact(NIL, NOTHING)
_INDEXED = LIST | TYPED | STRINGS | HEAP


class Inference(ABC):
    """One round after the other over the program; facts only grow."""

    def __init__(self, facts: Facts, aliases: Aliases) -> None:
        self.facts = facts
        self.changed = False
        self.owners: list[Binding | None] = [None]
        self.aliases = aliases
        self.places = aliases.places
        self.settled = True
        self.present: set[Binding] = set()  # variables that are not nil just here
        self.nonempty: Filled = NONE  # variables whose lists are not empty just here
        self.locks = 0  # around the current node
        self.folded: dict[int, Fact] = {}  # results of functions given to builtins
        self.shuffled = False  # elements of lists change places, of records perhaps
        self.made = NOTHING  # kinds that calls of builtins were found to yield

    # --- growing facts ---------------------------------------------------------------

    def assign(self, binding: Binding, fact: Fact) -> None:
        """Note that a variable may have a value."""
        self._grow(self.facts.variables, binding, fact)

    def _grow(self, table: dict[Binding, Fact], binding: Binding, fact: Fact) -> None:
        old = table.get(binding, BOTTOM)
        new = old.join(stored(fact))
        if new != old:
            table[binding] = new
            self.changed = True
        elif binding not in table:
            table[binding] = old

    def returns(self, fact: Fact) -> None:
        """Note that the current function may return a value."""
        owner = self.owners[-1]
        if owner is not None:
            self._grow(self.facts.results, owner, fact)

    # --- expressions -------------------------------------------------------------------

    def body(self, nodes: Sequence[Node]) -> Fact:
        """Return the fact of the last of several nodes."""
        fact = _NIL
        for node in nodes:
            fact = self.fact(node)
        return fact

    @abstractmethod
    def fact(self, node: Node) -> Fact:
        """Return what is known of a value by now, and note what the node does."""

    def yielded(self, fact: Fact) -> Fact:
        """Return what a builtin yields; from now on, there may be values of its kinds."""
        if fact.kinds != ANY:
            self.made |= fact.kinds
        return fact

    def variable(self, binding: Binding) -> Fact:
        """Return what is known of a variable where it is read."""
        if is_callable_name(binding):
            return Fact(FUNCTION, NOTHING)
        if binding.kind is BindingKind.LATE:
            return UNKNOWN
        fact = self.facts.variables.get(binding, BOTTOM)
        if fact.kinds == ANY and binding in self.facts.numeric:
            fact = Fact(NUMERIC, fact.elements)
        if binding in self.present:
            fact = Fact(fact.kinds & ~NIL, fact.elements)
        return self.filled(fact, self.aliases.of_variable(binding))

    @property
    def instance(self) -> Fact:
        """What a method may run in."""
        foreign = MODULE | OBJECT if self.facts.classes.foreign else NOTHING
        return Fact(INSTANCE | foreign)

    # --- containers --------------------------------------------------------------------

    def made_at(self, place: Place, kinds: int, parts: Parts = NO_PARTS) -> None:
        """Note that a container with elements of ``kinds`` is made at a place."""
        if self.places.made(place, kinds, parts):
            self.changed = True

    def within(self, fact: Fact, place: Place) -> Fact:
        """A container's elements are of the kinds that are ever made or put in its place."""
        elements = fact.elements & self.places.kinds_in(place)
        return fact if elements == fact.elements else Fact(fact.kinds, elements)

    def filled(self, fact: Fact, place: Place) -> Fact:
        """A container that exists may hold whatever is put into any of its place; what is
        put into a tensor takes the tensor's type."""
        if fact.only(TENSOR):
            return fact
        elements = fact.elements | self.places.kinds_put(place)
        return fact if elements == fact.elements else Fact(fact.kinds, elements)

    def puts(self, place: Place, kinds: int) -> None:
        """Note that values of ``kinds`` are put into the containers of a place, behind what
        they hold."""
        if self.places.put(place, kinds):
            self.changed = True

    def puts_at(self, place: Place, key: Node | None, kinds: int) -> None:
        """Note that values of ``kinds`` take the place of others in containers: of those at
        a key, None for any."""
        self.puts(place, kinds)
        if self.places.put_at(place, constant_key(key), kinds):
            self.changed = True

    def is_nonempty(self, node: Node) -> bool:
        """Tell whether a list in a variable is surely not empty just here."""
        if not isinstance(node, Variable) or node.binding not in self.nonempty:
            return False
        if node.binding.kind is BindingKind.SHARED and not self.locks:
            return False  # another thread may take the last one
        fact = self.facts.nodes[id(node)]
        return Fact(fact.kinds & ~NIL).only(_INDEXED)

    def part(self, fact: Fact, place: Place, key: Node | int) -> Fact | None:
        """Return what is known of the element at a key that all containers of a place
        have; None: there may be none."""
        constant = key if isinstance(key, int) else constant_key(key)
        fits = LIST if isinstance(constant, int) else DICT
        if constant is None or not self.settled or not fact.only(fits):
            return None
        kinds = self.places.part(place, constant)
        return (
            None
            if kinds is None
            else self.within(Fact(kinds), self.places.inside(place))
        )


def constant_key(key: Node | None) -> int | str | None:
    """Return the position in a list or the key of a dictionary that is written so."""
    match key:
        case Literal(bool()):
            return None
        case Literal(int() as position) if position >= 0:
            return position
        case Literal(str() as name):
            return name
        case _:
            return None
