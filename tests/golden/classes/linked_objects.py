"""Compiled from linked_objects.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import Failure, Instance, println


# A method that calls itself last on another object goes from one to the next.
class cell(Instance):
    def __init__(self, value, next=None):
        self.value = value
        self.next = next

    def last(self):
        while self.next:
            self = self.next
        return self.value

    def value_at(self, position):
        while position != 0:
            if self.next:
                self, position = self.next, position - 1
                continue
            return "beyond the end"
        return self.value

    def replace_all(self, old, new):
        while True:
            if self.value == old:
                self.value = new
            if self.next:
                self = self.next
                continue
            return None

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
