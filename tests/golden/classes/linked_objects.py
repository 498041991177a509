"""Compiled from linked_objects.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import Failure, Instance, List, no_match, println


# A method that calls itself last on another object goes from one to the next.
class cell(Instance):
    def __init__(self, value, next=None):
        self.value = value
        self.next = next

    def last(self):
        current = self
        while current.next:
            current = current.next
        return current.value

    def value_at(self, position):
        current = self
        while position != 0:
            if current.next:
                current, position = current.next, position - 1
                continue
            return "beyond the end"
        return current.value

    def replace_all(self, old, new):
        current = self
        while True:
            if current.value == old:
                current.value = new
            if current.next:
                current = current.next
                continue
            return current.value

    def renumber(self, n):
        current = self
        while True:
            current.value = n
            if current.next:
                current, n = current.next, n + 1
                continue
            return n

    def until(self, items):
        current = self
        while True:
            match items:
                case []:
                    return current.value
                case [v, *rest]:
                    rest = List(rest)
                    if current.next and v == current.value:
                        current, items = current.next, rest
                        continue
                    return List([current.value, v])
                case _:
                    raise no_match("until")

    # not known to be there: a plain call, and nil has no such method
    def after(self, steps):
        if steps > 0:
            return self.next.after(steps - 1)
        return self.value


chain = cell(0)
for i in range(20000):
    chain = cell(i + 1, chain)
println(chain.last(), chain.value_at(19000), chain.value_at(30000))
chain.replace_all(0, "start")
println(chain.last(), chain.after(3))
try:
    result = cell(1).after(1)
except Failure:
    result = "no next"
println(result)
cell(1, cell(2)).renumber(5)
println(chain.renumber(1), chain.until(List([1, 2, 3])), chain.until(List([1, 7, 3])))
