"""Compiled from patterns.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import Instance, Record, Symbol, no_match, println, text


# rules for types, groups and classes
class Shape(Record):
    pass


class Point(Shape):
    x: int
    y: int


class Circle(Shape):
    point: Point
    r: object


class Square(Shape):
    s: object


class Take(Record):
    x: object


def area(value):
    match value:
        case Circle(Point(_, _), r):
            return 3 * r * r
        case Square(s):
            return s * s
        case Shape(x):
            return x
    return "none"


println(
    area(Circle(Point(1, 2), 2)),
    area(Square(3)),
    area(Point(7, 8)),
    area(5),
    area(Square(4)),
)


def action(take):
    match take:
        case Take(Symbol("key")):
            return "special"
        case Take(x):
            return f"take {text(x)}"
    raise no_match("action")


print(action(Take(Symbol("key"))), action(Take("coin")))


def move(point, value):
    match point:
        case Point(x, y):
            match value:
                case Point(dx, dy):
                    return Point(x + dx, y + dy)
    raise no_match("move")


println(move(Point(1, 2), Point(3, 4)))


class account(Instance):
    __match_args__ = ("owner", "balance")

    def __init__(self, owner, balance=0):
        self.owner = owner
        self.balance = balance

    def total(self):
        return self.balance


def show(value):
    match value:
        case account(o, b):
            print("account", o, b)
        case Point(x, y):
            print("point", x, y)
        case _:
            raise no_match("show")


show(account("Ann", 3))
show(Point(1, 2))


# expressions
class Expr(Record):
    pass


class Num(Expr):
    n: object


class Add(Expr):
    a: Expr
    b: Expr


class Mul(Expr):
    a: Expr
    b: Expr


def calc(value):
    match value:
        case Num(n):
            return n
        case Add(a, b):
            return calc(a) + calc(b)
        case Mul(a, b):
            return calc(a) * calc(b)
    raise no_match("calc")


print(calc(Add(Num(1), Mul(Num(2), Num(3)))))
