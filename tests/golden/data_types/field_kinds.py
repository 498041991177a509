"""Compiled from field_kinds.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    Record,
    add,
    higher_order,
    no_match,
    println,
    set_at,
)


# fields are of the kinds that they declare and that the program puts into them
class Term(Record):
    pass


class Number(Term):
    n: object


class Plus(Term):
    a: object
    b: object


class Name(Term):
    text: str


def value(value_2):
    match value_2:
        case Number(n):
            return n
        case Plus(a, b):
            return add(value(a), value(b))
        case Name(text):
            return len(text)
    raise no_match("value")


println(value(Plus(Number(2), Plus(Number(2.5), Name("abc")))))


# a quoted record, and one that the program changes
class Pair(Record):
    a: object
    b: object


def total(pair):
    match pair:
        case Pair(a, b):
            return add(a, b)
    raise no_match("total")


pair = Pair(1, 2)
print(total(pair))
set_at(pair, 1, "one")
print(total(pair))


# what is put in by the name of the type as an atom is not known
class Box(Record):
    x: object


def twice(box):
    match box:
        case Box(x):
            return add(x, x)
    raise no_match("twice")


println(twice(Box(4)), twice(Box("a")))
for box in higher_order.map_typed(Box, ["b", 1]):
    println(twice(box))
