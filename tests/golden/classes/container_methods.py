"""Compiled from container_methods.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import Instance, List, Symbol, lists, println


# Methods named like instructions, called on what may be any object: `(size)` and
# `(push 1)` have too few arguments to be the instructions.
def area(x):
    return x * 2


class stack(Instance):
    def __init__(self, items=None):
        self.items = items

    def push(self, x):
        self.items = lists.cons(x, self.items)
        return self

    def pop(self):
        top = lists.first(self.items)
        self.items = lists.rest(self.items)
        return top

    def size(self):
        return 0 if not self.items else 1 + self.length(lists.rest(self.items))

    def length(self, l):
        return 0 if not l else 1 + self.length(lists.rest(l))

    def degree(self):
        return self.size()

    def area(self):
        return 2 * self.size()


def drain(s):
    popped = List()
    while s.size() > 0:
        popped.append(s.pop())
    return popped


def fill_up(s, n):
    for i in range(n):
        s.push(i * i)
    print(s.size(), s.degree(), s.area(), area(4))


fill_up(stack(), 4)
for s in [stack(List([Symbol("a"), Symbol("b")])), stack(List([Symbol("c")]))]:
    println(s.size(), drain(s), s.size())
