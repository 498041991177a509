"""Compiled from instruction_names.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import Instance, add, println


# fields whose names are instructions, too: what is called decides
class Node(Instance):
    def __init__(self, value, left=None, right=None):
        self.value = value
        self.left = left
        self.right = right

    def insert_value(self, v):
        current = self
        while True:
            if v < current.value:
                if current.left is None:
                    current.left = Node(v)
                    return True
                current = current.left
                continue
            if current.right is None:
                current.right = Node(v)
                return True
            current = current.right

    def walk(self):
        return add(
            self.left.walk() if self.left else "",
            "ab"[:1],
            self.value,
            self.right.walk() if self.right else "",
        )


tree = Node(5)
for v in [3, 8, 1]:
    tree.insert_value(v)
println(tree.walk())

# the class may be named before the method
tokenizer = Node(7)
println(tokenizer.walk(), tokenizer.walk())
