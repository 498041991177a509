"""Compiled from groups_and_lists.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    Failure,
    List,
    Record,
    Symbol,
    add,
    as_record,
    equal,
    kinds,
    message,
    no_match,
    parts,
    println,
)


# A group is equal to the names of its types, not the other way round.
class Shape(Record):
    pass


class Triangle(Shape):
    first: object
    second: object
    third: object


class Square(Shape):
    x: object


class Point(Record):
    x: int
    y: int


class Circle(Record):
    point: Point
    r: object


s = Square(3)
println(
    equal(Symbol("Shape"), s[0]),
    equal(s[0], Symbol("Shape")),
    equal(Symbol("Shape"), Symbol("Square")),
    not equal(Symbol("Shape"), s[0]),
)
println(
    Symbol("Square") == s[0],
    equal(Symbol("Shape"), Symbol("Point")),
    s == Symbol("Shape"),
    kinds.type_of(s),
)


def area(value):
    value = as_record(value)
    match value:
        case Square(x):
            return x * x
        case Circle(Point(x, y), r):
            return List([x, y, r])
        case Shape(d):
            return List([Symbol("shape"), d])
    raise no_match("area")


# A list that begins with the name of a type is one of it, wherever it was made
def made(name, values):
    return List([name, *values])


println(
    area(List([Symbol("Square"), 4])), area(made(Symbol("Triangle"), List([1, 2, 3])))
)
println(area(List([Symbol("Circle"), List([Symbol("Point"), 1, 2]), 5])))


def sum_of(point):
    point = as_record(point)
    match point:
        case Point(x, y):
            return add(x, y)
    return List([Symbol("other"), point])


println(
    sum_of(made(Symbol("Point"), List([1, 2]))),
    sum_of(Point(3, 4)),
    sum_of(List([1, 2])),
)

# … and must fit its definition
try:
    result = sum_of(made(Symbol("Point"), List([1])))
except Failure as error:
    e = message(error)
    result = parts.extract(e, 0, 20)
println(result)
try:
    result = sum_of(List([Symbol("Point"), 1, "a"]))
except Failure:
    result = Symbol("mismatch")
println(result)
try:
    result = sum_of(List([Symbol("Point"), 1, "a"]))
except Failure:
    result = Symbol("mismatch")
println(result)
