"""Compiled from derived_containers.lsp by lisptorch-compile."""

import collections

from lisptorch_compile.runtime import kinds, lists, println


# Classes that derive from Python's containers go by their own names
class bag(list):
    def total(self):
        return lists.sum(self)


class big_bag(bag):
    lisp_names = (("big_bag", "big-bag"),)


class table(dict):
    pass


b = bag()
b.append(3)
b.append(4)
println(
    kinds.type_of(b),
    kinds.type_of(big_bag()),
    kinds.type_of(table()),
    b.total(),
    lists.size(b),
)
println(
    kinds.type_of(collections.Counter("ab")), kinds.type_of(collections.OrderedDict())
)
