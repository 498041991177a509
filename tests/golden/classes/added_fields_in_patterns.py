"""Compiled from added_fields_in_patterns.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import Instance, Symbol, no_match, println


# A pattern may name the fields that methods add, behind those of the class
class machine(Instance):
    __match_args__ = ("x", "y", "z")

    def __init__(self, x, y, z=1):
        self.x = x
        self.y = y
        self.z = z

    def configure(self, e):
        self.x = e
        self.speed = 100
        self.weight = 2


class robot(machine):
    __match_args__ = ("name", "x", "y", "z")

    def __init__(self, name, x, y, z=1):
        self.name = name
        super().__init__(x, y, z)


def show(value):
    match value:
        case robot(n, x, y, z, speed=s):
            println(Symbol("robot"), n, x, y, z, s)
        case machine(x, y, z, speed=speed, weight=weight):
            println(Symbol("configured"), x, y, z, speed, weight)
        case machine(x, y, z):
            println(Symbol("new"), x, y, z)
        case _:
            raise no_match("show")


m = machine(10, 12)
show(m)
m.configure(1000)
show(m)
r = robot("r2", 1, 2)
show(r)
r.configure(5)
show(r)
