"""Compiled from records.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    Failure,
    Kind,
    List,
    Nested,
    Record,
    Strings,
    Symbol,
    higher_order,
    kinds,
    lists,
    printing,
    println,
    searching,
    set_at,
)


# A point of the grid.
class Point(Record):
    first: int
    second: int


class Circle(Record):
    point: Point
    second: object


p = Point(10, 20)
c = Circle(p, 2)
println(p, p[1], c[0], kinds.type_of(p), len(p), c)
println(
    p == Point(10, 20),
    c[0] == Symbol("Circle"),
    lists.rest(p),
    searching.contains(p, 20),
)
for e in p:
    printing.print_(e, " ")
print()

# a record is a list, and can be changed
set_at(p, 1, 11)
println(p, p[1] + p[2], higher_order.map_typed(lambda x: x, lists.rest(p)))

# what does not fit is an error, where it is made
try:
    result = Point(10, Symbol("a"))
except Failure:
    result = "no point"
println(result)
try:
    result = Circle(3, 4)
except Failure:
    result = "no circle"
println(result)


def made(n):
    try:
        return Point(n)
    except Failure:
        return "too few"


println(made(1))


# groups, fields of every kind, types that hold themselves
class Shape(Record):
    pass


class Triangle(Shape):
    first: object
    second: object
    third: object


class Square(Shape):
    first: float


class Tree(Record):
    pass


class Leaf(Tree):
    pass


class Node(Tree):
    first: object
    second: Tree
    third: Tree


class Drawing(Record):
    shape: Shape
    second: str
    third: Kind("strings_")
    fourth: Nested(None, object, int)


class Chain(Record):
    first: object
    chain: "Chain"


class my_end(Record):
    lisp_name = "my-end"


d = Drawing(Square(2.5), "red", Strings(["a", "b"]), List([Symbol("x"), 1]))
println(d, Node(1, Leaf(), Node(2, Leaf(), Leaf())), Square(3), my_end())
try:
    result = Drawing(p, "red", Strings([]), List([Symbol("x"), 1]))
except Failure:
    result = "no drawing"
println(result)
try:
    result = Drawing(Square(1), "red", Strings([]), List([Symbol("x"), Symbol("y")]))
except Failure:
    result = "no drawing"
println(result)
try:
    result = Chain(1, 2)
except Failure:
    result = "no chain"
println(result)

# quoted records, constructors as functions, names as atoms
println(
    Point(1, 2),
    Point(1, 2) == Point(1, 2),
    List([Symbol("Point"), 1]),
    Node(Leaf(), Leaf(), Leaf()),
)
println(
    higher_order.map_typed(Square, [1, 2]), Symbol("Point"), Symbol("Point") == p[0]
)
copy = lists.clone(p)
set_at(copy, 1, 0)
println(p, copy, kinds.type_of(copy))
