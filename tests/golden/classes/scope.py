"""Compiled from scope.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import UNSET, Instance, List, println

x = "global"
limit = 10


class thing(Instance):
    def __init__(self, x, log=UNSET):
        self.x = x
        self.log = List() if log is UNSET else log

    # a setq makes a local of the field's name; what was read before was the field
    def local(self):
        before = self.x
        x = 100
        return List([before, x])

    def maybe_local(self, c):
        x = "set" if c else self.x
        return x

    def update(self):
        self.x += 1
        self.x *= 10
        return self.x

    def note(self, m):
        self.log.append(m)
        return len(self.log)

    def over(self):
        return self.x > limit

    def each(self, l):
        for x in l:
            self.note(x)
        return self.log


t = thing(1)
println(t.local(), t.maybe_local(True), t.maybe_local(None), t.update(), t)
println(t.over(), t.each(List([1, 2])), x)


# a field that holds a function; a method as a value
class button(Instance):
    def __init__(self, action):
        self.action = action

    def press(self, n):
        return self.action(n)

    def twice(self, n):
        return self.action(self.action(n))


def double(n):
    return 2 * n


println(button(double).press(4), button(lambda n: n + 1).twice(4))


# a name that is a method and a function: what the value is decides
def grow(n):
    return n + 1


class plant(Instance):
    def __init__(self, height=1):
        self.height = height

    def grow(self, n):
        self.height += n
        return self.height


def tell(it):
    return it.grow(5) if hasattr(it, "grow") else it(grow(5))


println(tell(plant()), tell(lambda n: n * 100))
