"""Compiled from pushed.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import List, Symbol, lists

# pushing into a text makes its variable hold the longer one
line = "b"
line = lists.push(line, "c", 1)
line = lists.push_first(line, "a", "-")
line = lists.push(line, Symbol("d"))
line = lists.push_true(line, None, "", List(), 2.5)
print(line)


def bracketed(s):
    s = lists.push_first(s, "(")
    return lists.push(s, ")")


print(bracketed("x"), lists.push("y", "z"))
