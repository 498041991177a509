"""Compiled from dictionaries.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    List,
    Symbol,
    add,
    at,
    dictionaries,
    higher_order,
    lists,
    printing,
    println,
    searching,
    set_at,
    strings,
    text,
    update_at,
)

# Dictionaries: walked, changed, counted in, nested.
d = {"b": 2, "a": 1, "c": 3}
for k in d:
    print(k, end="")
print()
for k in list(d):
    d[k] = 10 * d[k]
println(d)
for v in dictionaries.values(d):
    printing.print_(v, " ")
print()
d.pop("a", None)
println(d, len(d), searching.contains(d, 20), searching.contains(d, "b"))
println(d.get("q"), d.get("q") or Symbol("none"))
inv = {}
for k in d:
    inv[text(at(d, k))] = k
println(inv, inv["20"])
dd = {"list": List()}
dd["list"].append(5)
println(dd)
m = dictionaries.integer_dictionary()
for i in range(1, 6):
    set_at(m, i, i * i)
println(m, m[3], lists.sum(dictionaries.values(m)))
println(higher_order.map_typed(lambda k: List([k, at(m, k)]), dictionaries.keys(m)))
dn = dictionaries.number_dictionary(1.5, "x", 2, "y")
println(dn, at(dn, 1.5))
copy = lists.clone(d)
copy["new"] = 1
println(len(d), len(copy), d == copy, d == lists.clone(d))
println(dictionaries.dictionary(List(["x", "y"]), List([1, 2])))
println(higher_order.filter_list(lambda k: at(m, k) > 5, dictionaries.keys(m)))


def hist(s):
    h = {}
    for c in s:
        h[c] = h.get(c, 0) + 1
    return h


h = hist("mississippi")
for k in sorted(h):
    print(f"{k}{h[k]} ", end="")
print()
print("&".join([f"{k}={h[k]}" for k in sorted(h)]))
nested = {}
for p in [List(["x", "a", 1]), List(["x", "b", 2]), List(["y", "a", 3])]:
    if not nested.get(p[0]):
        nested[p[0]] = {}
    set_at(nested, p[0], p[1], p[2])
println(nested, nested["x"]["b"])
update_at(nested, ("x", "b"), add, 40)
print(nested["x"]["b"])
counts = dictionaries.tree_dictionary()
for w in strings.split("one two three two three three", " "):
    counts[w] = counts.get(w, 0) + 1
println(counts)
println(higher_order.map_list(lambda k: add(k, "!"), counts))
