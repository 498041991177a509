"""Compiled from added_fields.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import Instance, println


# A field that only methods set is shown by its own name.
class model(Instance):
    lisp_names = (("top_k", "top-k"), ("class_", "class"))

    def __init__(self, path):
        self.path = path

    def configure(self, k):
        self.top_k = k
        self.class_ = "A"
        return self


class tuned(model):
    pass


println(model("m").configure(3))
println(tuned("t").configure(4))
