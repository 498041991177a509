"""Compiled from made_by_key.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    List,
    add,
    at,
    dictionaries,
    iterate,
    json_text,
    kinds,
    lists,
    println,
    set_at,
)

# key@ makes dictionaries, too; their values may be of any kind later.
d = dictionaries.key("a", List([1, 2]))
lists.push(at(d, "a"), "x")
for k in iterate(d):
    println(k, at(d, k), add(at(d, "a", 0), 1))
e = dictionaries.integer_key(1, 5)
set_at(e, 2, "text")
println(e, at(e, 2), add(at(e, 1), 1), {}, kinds.type_of(json_text.parse("{}")))
println(at({1, 2}, 5), at({1, 2}, 1))
