"""Ontologies: named concepts that contain each other."""

from __future__ import annotations

from lisptorch_compile.catalogue.model import Builtin, declare
from lisptorch_compile.catalogue.yields import A_BOOL, A_LIST, A_TEXT, AN_OBJECT

BUILTINS: tuple[Builtin, ...] = (
    declare(
        "ontology",
        "name",
        "ontologies.ontology(name)",
        AN_OBJECT,
        "A new ontology, which holds the absurd concept.",
    ),
    declare(
        "ontology_create",
        "ontology, name, content=None",
        "ontologies.create(ontology, name, content)",
        AN_OBJECT,
        "The concept of a name; a new one contains itself and another concept.",
    ),
    declare(
        "ontology_concept",
        "ontology, name",
        "ontologies.concept(ontology, name)",
        AN_OBJECT,
        "The concept of a name.",
    ),
    declare(
        "ontology_contain",
        "larger, smaller",
        "ontologies.contains(larger, smaller)",
        A_BOOL,
        "Tell whether a concept contains another.",
    ),
    declare(
        "ontology_intersect",
        "left, right",
        "ontologies.intersects(left, right)",
        A_BOOL,
        "Tell whether two concepts contain a common one.",
    ),
    declare(
        "ontology_add",
        "concept, others",
        "ontologies.add(concept, others)",
        AN_OBJECT,
        "Let a concept contain another, or those of a list, too; the concept.",
    ),
    declare(
        "ontology_remove",
        "concept, others",
        "ontologies.remove(concept, others)",
        AN_OBJECT,
        "Let a concept no longer contain another, or those of a list; the concept.",
    ),
    declare(
        "ontology_list",
        "concept",
        "ontologies.contained(concept)",
        A_LIST,
        "The named concepts that a concept contains, the newest first.",
    ),
    declare(
        "ontology_find",
        "ontology, concept",
        "ontologies.name_of(ontology, concept)",
        A_TEXT,
        "The name of the concept that equals another, empty if none does.",
    ),
    declare(
        "ontology_all",
        "ontology",
        "ontologies.concepts(ontology)",
        A_LIST,
        "All concepts of an ontology.",
    ),
    declare(
        "ontology_absurd",
        "ontology",
        "ontologies.absurd(ontology)",
        AN_OBJECT,
        "The concept that no other contains.",
    ),
    declare(
        "ontology_absurdp",
        "concept",
        "ontologies.is_absurd(concept)",
        A_BOOL,
        "Tell whether a concept is the absurd one.",
    ),
    declare(
        "ontology_ontology",
        "concept",
        "ontologies.ontology_of(concept)",
        AN_OBJECT,
        "The ontology of a concept.",
    ),
)
