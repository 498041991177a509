"""Compiled from label.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import Instance, List, println


# `label` may be a name, too: at the head of a form it is one where a function has it
def tag(label, value):
    return List([label, value])


println(tag("a", 1), List([label + 1 for label in [1, 2]]))


class item(Instance):
    def __init__(self, label):
        self.label = label

    def name(self):
        return self.label


println(item("x").name(), item("y"))
for label in [1, 2]:
    print(f"{label} ", end="")
kept = 5
print(kept, kept)
