"""Compiled from old_names.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    List,
    Symbol,
    dictionaries,
    is_null,
    kinds,
    less,
    loops,
    matrices,
    ordering,
    parts,
    println,
    sequences,
    strings,
)

# Names of instructions in older versions.
d = {}
dictionaries.key(d, "a", 1)
dictionaries.key(d, "b", 2)
println(
    dictionaries.key(d, "a"),
    dictionaries.key(d, "zz"),
    ordering.sort(less, dictionaries.keys(d)),
    ordering.sort(less, dictionaries.values(d)),
)
di = dictionaries.integer_key(1, "x", 2, "y")
println(dictionaries.integer_key(di, 1), di)
println(strings.explode("abc"))
m = matrices.number_matrix(2, 2)
println(m)
println(sequences.arange(1, 5, 1))
last = None
for i in range(3):
    last = i
println(last)
l = List([1, 2, 3])
println(l[1], l[2], parts.slices(l, 2))
nought = 0
println(
    kinds.is_atom(Symbol("a")),
    kinds.is_list(List([1])),
    is_null(List()),
    nought == 0,
    kinds.is_number(1),
    kinds.is_text("s"),
    not [],
)
last = None
for a, b in loops.parallel_values([1, 2], [3, 4]):
    last = a + b
println(last)
println(sequences.mask([1, 0, 1], [Symbol("a"), Symbol("b")], [Symbol("c")]))
