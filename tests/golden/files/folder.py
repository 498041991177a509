"""Compiled from folder.lsp by lisptorch-compile."""

import os

from lisptorch_compile.runtime import List, println

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "")
# Where a file asks twice for its folder, a constant holds it.
names = List(["notes.txt", "none.txt"])


# The path of a file beside this one.
def beside(name):
    return HERE + name


println(List([len(beside(name)) - len(HERE) for name in names]))
println(os.path.exists(f"{HERE}no such file"), HERE.endswith("/"))
