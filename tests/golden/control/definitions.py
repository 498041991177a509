"""Compiled from definitions.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import Instance, List, classes, ontologies, println


# Names of definitions that other programs spell another way.
class resource(Instance):
    def __init__(self, name):
        self.name = name

    def open(self):
        classes.to_clean(self, "close")
        print("open", self.name)

    def close(self):
        print("closed", self.name)


def use_it():
    return resource("file").open()


use_it()


def smaller(a, b):
    results = List()
    if a < b:
        if a:
            results.append(a)
        return results
    if b:
        results.append(b)
    return results


println(smaller(1, 2), smaller(2, 1))
print(1 + 2)
println(ontologies.absurd(ontologies.ontology("empty")))
animals = ontologies.ontology("animals")
both = ontologies.create(animals, "cat")
println(ontologies.ontology_of(both), ontologies.remove(both, both))
