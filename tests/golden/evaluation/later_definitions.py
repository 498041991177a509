"""Compiled from later_definitions.lsp by lisptorch-compile."""

from lisptorch_compile import evaluate
from lisptorch_compile.runtime import Instance, Symbol, called_by_name, println

# What is evaluated finds the functions below; one of them has the name of a form.
code = "(twice 4)"


@called_by_name("twice")
def twice(x):
    return 2 * x


@called_by_name("Box")
class Box(Instance):
    def __init__(self, w, h):
        self.w = w
        self.h = h

    def area(self):
        return self.w * self.h


@called_by_name("label")
def label(box):
    return box.area()


println(evaluate(code, globals()), Symbol("twice")(5))
shape = Box(1, 2)
println(label(Box(3, 4)), shape)
