"""Compiled from nil_joined.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import List, Symbol, lists, println


# nil is an empty list to what joins lists
def turned(l):
    if not l:
        return None
    return lists.concat_in_place(turned(lists.rest(l)), List([lists.first(l)]))


println(turned(List([1, 2, 3])))
println(
    lists.concat_in_place(None, List([1])),
    lists.concat(List([1]), None, List([2])),
    lists.concat(None, None),
    lists.cons_back(None, Symbol("a")),
)
history = None
for word in ["x", "y"]:
    history = lists.cons_back(history, word)
println(history)
