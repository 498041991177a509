"""Compiled from ontology.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    Failure,
    equal,
    kinds,
    lists,
    ontologies,
    println,
    same,
)

# Concepts that contain each other.
animals = ontologies.ontology("animals")
cat = ontologies.create(animals, "cat")
dog = ontologies.create(animals, "dog")
pet = ontologies.create(animals, "pet", cat | dog)
println(animals, kinds.type_of(animals), pet, kinds.type_of(pet), lists.size(pet))
println(
    ontologies.contains(pet, cat),
    ontologies.contains(cat, pet),
    ontologies.intersects(pet, dog),
)
println(
    ontologies.contained(pet),
    ontologies.name_of(animals, dog | pet),
    ontologies.is_absurd(cat & dog),
)
ontologies.add(pet, ontologies.create(animals, "fish"))
println(
    ontologies.concepts(animals),
    ontologies.contained(pet & ~cat),
    ontologies.concept(animals, "fish"),
)
try:
    result = ontologies.concept(animals, "rose")
except Failure:
    result = "unknown"
println(result, equal(pet, pet | cat))
# Concepts are compared by what they contain
println(
    same(pet & (pet | cat), pet),
    not same(cat, dog),
    same(ontologies.concept(animals, "cat"), cat),
    same(cat, dog),
)
