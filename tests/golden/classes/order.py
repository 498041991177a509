"""Compiled from order.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import Instance, List, lists, println, same


def make():
    return child(1, 2)


class parent(Instance):
    def __init__(self, b):
        self.b = b

    def mine(self):
        return self.b


class child(parent):
    def __init__(self, a, b):
        self.a = a
        super().__init__(b)

    def both(self):
        return List([self.a, self.mine()])


# children before parents, uses before definitions
println(make().both())


class cell(Instance):
    def __init__(self, value, next):
        self.value = value
        self.next = next

    def total(self):
        return self.value + self.next.total() if self.next else self.value


node = cell(1, None)
chain = cell(1, cell(2, cell(3, None)))
println(chain.total(), chain)
again = chain
println(chain == again, cell(1, None) == cell(1, None), same(chain, again))
copy = lists.clone(chain)
copy.value = 50
println(chain.value, copy.value, same(chain.next, copy.next))
