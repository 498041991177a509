"""Compiled from methods.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    Instance,
    Integers,
    List,
    add,
    higher_order,
    kinds,
    println,
    remainder,
)


class shape(Instance):
    def __init__(self, name):
        self.name = name

    def area(self):
        return 0

    def describe(self):
        return f"{self.name}: {self.area()}"


class square(shape):
    def __init__(self, side, name):
        self.side = side
        super().__init__(name)

    def area(self):
        return self.side * self.side


class circle(shape):
    def __init__(self, radius, name):
        self.radius = radius
        super().__init__(name)

    def area(self):
        return 3 * self.radius * self.radius


shapes = List([square(2, "square"), circle(1, "circle"), shape("nothing")])
for s in shapes:
    print(s.describe())
print(sum([s.area() for s in shapes]))
println(higher_order.map_typed(kinds.type_of, [s for s in shapes if s.area() > 3]))


# several calls, the class named, an expression inside the instance
class point(Instance):
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def move(self, dx, dy=0):
        self.x += dx
        self.y += dy
        return self

    def dist(self, other):
        return abs(self.x - other.x) + abs(self.y - other.y)

    def scaled(self, k):
        return point(self.x * k, self.y * k)

    def double(self):
        return self.scaled(2)

    def each(self, l):
        return Integers([n * self.x for n in l])

    def apply_all(self, l):
        return higher_order.map_typed(self.plus_x, l)

    def plus_x(self, n):
        return add(n, self.x)


p = point(1, 2)
p.move(3)
p.move(1, 1)
println(p.scaled(10))
println(p.double(), p.x + p.y, p.x)
println(p.dist(point(0, 0)), p.each(List([1, 2, 3])), p.apply_all(List([1, 2, 3])))
println(p.move(1, dy=5))
println(point(5, 6).double(), shapes[0].area())


# recursion, tail calls
class maths(Instance):
    def __init__(self, calls=0):
        self.calls = calls

    def fact(self, n):
        self.calls += 1
        return 1 if n < 2 else n * self.fact(n - 1)

    def gcd(self, a, b):
        while b != 0:
            a, b = b, remainder(a, b)
        return a

    def count(self, n):
        while n > 0:
            n = n - 1
        return "done"


m = maths()
println(m.fact(10), m.gcd(48, 18), m.count(100000), m)
