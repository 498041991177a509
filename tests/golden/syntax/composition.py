"""Compiled from composition.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import List, lists, println

# A dot joins calls: (f x . g . h y) is (f x (g (h y))).
print("  abc ".strip().upper())
print(1 + 2 * 3)
l = List([3, 1, 2])
println(lists.first(sorted(l)), l)
