"""Compiled from fields.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    UNSET,
    Failure,
    Instance,
    LispError,
    List,
    dictionaries,
    kinds,
    println,
)


# fields without a value, with one that is computed, with one that needs another
class grid(Instance):
    def __init__(self, width, height=UNSET, cells=UNSET, title=None, area=UNSET):
        self.width = width
        if height is UNSET:
            height = width
        self.height = height
        self.cells = List() if cells is UNSET else cells
        self.title = title
        self.area = width * height if area is UNSET else area

    def describe(self):
        println(self.title, self.width, self.height, self.cells, self.area)


grid(3).describe()
grid(3, 2, List([1]), "t").describe()
grid(3, title="named", height=4).describe()
grid(3, title="set").describe()


# required fields of the parent behind a field with a default
class base(Instance):
    def __init__(self, x, y):
        self.x = x
        self.y = y


class child(base):
    def __init__(self, z=1, x=UNSET, y=UNSET):
        if x is UNSET or y is UNSET:
            raise LispError("Error: Missing arguments")
        self.z = z
        super().__init__(x, y)

    def all(self):
        return List([self.z, self.x, self.y])


println(child(5, 6, 7).all())
try:
    result = child(5, 6)
except Failure:
    result = "too few"
println(result)


# a field of the parent that the child declares, too; a child without own fields
class other(base):
    def __init__(self, y, x):
        self.y = y
        super().__init__(x, y)


class same(base):
    def swapped(self):
        return same(self.y, self.x)


println(other(1, 2), same(1, 2), same(1, 2).swapped())


# fields that a method adds
class counter(Instance):
    def start(self):
        self.count = 0
        return self

    def next(self):
        self.count += 1
        return self.count


c = counter()
println(c)
c.start()
c.next()
println(c.next(), c)


# names that Python would not take
class my_class(Instance):
    lisp_names = (
        ("my_class", "my-class"),
        ("max_size", "max-size"),
        ("is_open", "is-open?"),
    )

    def __init__(self, max_size, is_open=True):
        self.max_size = max_size
        self.is_open = is_open

    def grow_by(self, n):
        self.max_size += n


m = my_class(3)
m.grow_by(2)
println(m, kinds.type_of(m), m.max_size, dictionaries.dictionary(m))
