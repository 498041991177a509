"""Ontologies: named concepts that contain each other, as sets of bits."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lisptorch_compile.runtime.arithmetic import is_list
from lisptorch_compile.runtime.containers import elements
from lisptorch_compile.runtime.conversions import to_text
from lisptorch_compile.runtime.errors import LispError
from lisptorch_compile.runtime.values import ComparedByValue, List


class Ontology:
    """Concepts by their names; the first, the absurd one, is what no concept contains."""

    lisp_type = "ontology_"

    def __init__(self, name: str) -> None:
        self.name = name
        self.concepts: dict[str, Concept] = {}
        self.absurd = self.add("_absurd", 0)

    def add(self, name: str, bits: int) -> Concept:
        """Return the concept of a name, made of ``bits`` and its own if it is new."""
        known = self.concepts.get(name)
        if known is not None:
            return known
        index = len(self.concepts)
        concept = Concept(self, name, bits | 1 << index, index)
        self.concepts[name] = concept
        return concept

    def unnamed(self, bits: int) -> Concept:
        """Return the concept of some bits, the absurd one of none."""
        return Concept(self, "_", bits) if bits else self.absurd

    def __iter__(self) -> Iterator[Concept]:
        return iter(self.concepts.values())

    def __len__(self) -> int:
        return len(self.concepts)

    def __bool__(self) -> bool:
        return True

    def __str__(self) -> str:
        return self.name


class Concept(ComparedByValue):
    """A concept of an ontology: the bits of all concepts that it contains.

    ``index`` is the place of its own bit, 0 for a concept without a name.
    """

    lisp_type = "concept_"

    def __init__(
        self, ontology: Ontology, name: str, bits: int, index: int = 0
    ) -> None:
        self.ontology = ontology
        self.name = name
        self.bits = bits
        self.index = index

    def checked(self, other: Concept) -> Concept:
        """Return ``other`` if it belongs to the same ontology."""
        if other.ontology is not self.ontology:
            raise LispError("Error: these concepts do not belong to the same ontology")
        return other

    def _combined(
        self, other: object, operation: Callable[[int, int], int], sign: str
    ) -> Concept:
        if not isinstance(other, Concept):
            raise LispError(f"Error: cannot apply '{sign}' to this operand")
        bits = operation(self.bits, self.checked(other).bits)
        return self.ontology.unnamed(bits)

    def __and__(self, other: object) -> Concept:
        return self._combined(other, int.__and__, "&")

    def __or__(self, other: object) -> Concept:
        return self._combined(other, int.__or__, "|")

    def __xor__(self, other: object) -> Concept:
        return self._combined(other, int.__xor__, "^")

    def __invert__(self) -> Concept:
        everything = (1 << len(self.ontology)) - 2  # all but the absurd one
        return self.ontology.unnamed(everything & ~self.bits)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Concept) and self.bits == other.bits

    __hash__ = None  # type: ignore[assignment]  # a concept can change

    def __len__(self) -> int:
        return self.bits.bit_count()

    def __bool__(self) -> bool:
        return True

    def __str__(self) -> str:
        return self.name


def ontology(name: object) -> Ontology:
    """Return a new ontology, which holds the absurd concept."""
    return Ontology(to_text(name))


def create(owner: object, name: object, content: object = None) -> Concept:
    """Return the concept of a name; a new one contains itself and ``content``."""
    home = _ontology(owner)
    if content is None:
        return home.add(to_text(name), 0)
    if not isinstance(content, Concept):
        raise LispError("Error: the last element should be a 'concept'")
    if content is home.absurd:
        return content
    return home.add(to_text(name), content.bits)


def concept(owner: object, name: object) -> Concept:
    """Return the concept of a name."""
    found = _ontology(owner).concepts.get(to_text(name))
    if found is None:
        raise LispError("Error: unknown concept")
    return found


def contains(larger: object, smaller: object) -> bool:
    """Tell whether a concept contains another."""
    whole, part = _pair(larger, smaller, "Error: We can only compare concepts")
    return whole.bits & part.bits == part.bits


def intersects(left: object, right: object) -> bool:
    """Tell whether two concepts contain a common one."""
    one, other = _pair(left, right, "Error: We can only compare concepts")
    return one.bits & other.bits != 0


def add(target: object, additions: object) -> Concept:
    """Let a concept contain another, or those of a list, too; the concept."""
    changed, added = _changed(
        target, additions, "Error: We can only enrich with concepts"
    )
    for other in added:
        changed.bits |= changed.checked(other).bits
    return changed


def remove(target: object, removals: object) -> Concept:
    """Let a concept no longer contain another, or those of a list; the concept.

    It always contains itself. One without a name that is empty then is the absurd one.
    """
    problem = "Error: We can only remove a concept from another concept"
    changed, removed = _changed(target, removals, problem)
    for other in removed:
        changed.bits &= ~changed.checked(other).bits
    if not changed.bits and changed.index:
        changed.bits = 1 << changed.index
    return changed if changed.bits else changed.ontology.absurd


def contained(value: object) -> List:
    """Return the named concepts that a concept contains, the newest first."""
    whole = _concept(value, "Error: the last element should be a 'concept'")
    named = [part for part in whole.ontology if whole.bits >> part.index & 1]
    return List(named[::-1])


def name_of(owner: object, value: object) -> str:
    """Return the name of the concept that equals ``value``, empty if none does."""
    home = _ontology(owner)
    wanted = _concept(value, "Error: the last element should be a 'concept'")
    if wanted.ontology is not home:
        raise LispError("Error: this concept does not belong to this ontology")
    return next((known.name for known in home if known == wanted), "")


def concepts(owner: object) -> List:
    """Return all concepts of an ontology."""
    return List(_ontology(owner))


def absurd(owner: object) -> Concept:
    """Return the absurd concept of an ontology."""
    return _ontology(owner).absurd


def is_absurd(value: object) -> bool:
    """Tell whether a concept is the absurd one."""
    known = _concept(value, "Error: the first argument should be a concept")
    return known is known.ontology.absurd


def ontology_of(value: object) -> Ontology:
    """Return the ontology of a concept."""
    return _concept(value, "Error: the first argument should be a concept").ontology


def _ontology(value: object) -> Ontology:
    if not isinstance(value, Ontology):
        raise LispError("Error: the first argument should be an ontology")
    return value


def _concept(value: object, problem: str) -> Concept:
    if not isinstance(value, Concept):
        raise LispError(problem)
    return value


def _pair(left: object, right: object, problem: str) -> tuple[Concept, Concept]:
    one = _concept(left, problem)
    return one, one.checked(_concept(right, problem))


def _changed(
    target: object, others: object, problem: str
) -> tuple[Concept, list[Concept]]:
    items = elements(others) if is_list(others) else [others]
    return _concept(target, problem), [_concept(item, problem) for item in items]
