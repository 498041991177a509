"""Ontologies: what concepts contain, and what is said of wrong arguments."""

from __future__ import annotations

import pytest

from lisptorch_compile.runtime import ontologies as o
from lisptorch_compile.runtime.errors import LispError
from lisptorch_compile.runtime.text import text


@pytest.fixture
def animals() -> o.Ontology:
    result = o.ontology("animals")
    cat, dog = o.create(result, "cat"), o.create(result, "dog")
    o.create(result, "pet", cat | dog)
    return result


def test_a_concept_contains_what_it_was_made_of(animals: o.Ontology) -> None:
    cat, dog, pet = [o.concept(animals, name) for name in ("cat", "dog", "pet")]
    assert o.contains(pet, cat)
    assert not o.contains(cat, pet)
    assert o.intersects(pet, dog)
    assert not o.intersects(cat, dog)
    assert text(o.contained(pet)) == "(pet dog cat)"
    assert len(pet) == 3


def test_a_name_has_one_concept(animals: o.Ontology) -> None:
    assert o.create(animals, "cat") is o.concept(animals, "cat")
    assert text(o.concepts(animals)) == "(_absurd cat dog pet)"


def test_operators_combine_concepts(animals: o.Ontology) -> None:
    cat, dog, pet = [o.concept(animals, name) for name in ("cat", "dog", "pet")]
    assert o.is_absurd(cat & dog)
    assert o.name_of(animals, pet & (cat | pet)) == "pet"
    assert o.name_of(animals, cat ^ pet) == ""
    assert text(o.contained(~cat)) == "(pet dog)"
    assert text(cat | dog) == "_"


def test_concepts_grow_and_shrink(animals: o.Ontology) -> None:
    cat, dog, pet = [o.concept(animals, name) for name in ("cat", "dog", "pet")]
    fish = o.create(animals, "fish")
    assert o.add(pet, [fish]) is pet
    assert o.contains(pet, fish)
    o.remove(pet, [cat, dog])
    assert text(o.contained(pet)) == "(fish pet)"
    assert text(o.contained(o.remove(pet, pet))) == "(pet)"
    assert o.is_absurd(o.remove(cat | dog, cat | dog))
    assert o.create(animals, "nothing", o.absurd(animals)) is o.absurd(animals)


def test_wrong_arguments_are_errors(animals: o.Ontology) -> None:
    cat = o.concept(animals, "cat")
    stranger = o.create(o.ontology("plants"), "rose")
    with pytest.raises(LispError, match="do not belong to the same ontology"):
        o.contains(cat, stranger)
    with pytest.raises(LispError, match="does not belong to this ontology"):
        o.name_of(animals, stranger)
    with pytest.raises(LispError, match="unknown concept"):
        o.concept(animals, "rose")
    with pytest.raises(LispError, match="cannot apply '&' to this operand"):
        cat & 1
    with pytest.raises(LispError, match="We can only enrich with concepts"):
        o.add(cat, "dog")
    with pytest.raises(LispError, match="first argument should be an ontology"):
        o.create("animals", "cat")
    with pytest.raises(LispError, match="first argument should be a concept"):
        o.ontology_of("cat")
    assert o.ontology_of(cat) is animals
