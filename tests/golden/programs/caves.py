"""Compiled from caves.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    Integers,
    List,
    Strings,
    add,
    apl,
    at,
    characters,
    dictionaries,
    higher_order,
    lists,
    ordering,
    println,
    searching,
    set_at,
    strings,
    text,
)

# graph algorithms: bfs, topological sort, union find, floyd, prim
edges = higher_order.map_typed(
    lambda item: strings.split(item, "-"),
    strings.split("start-A start-b A-c A-b b-d A-end b-end", " "),
)
g = {}
for e in edges:
    a, b = e
    if not dictionaries.key(g, a):
        g[text(a)] = List()
    if not dictionaries.key(g, b):
        g[text(b)] = List()
    at(g, a).append(b)
    at(g, b).append(a)
nb = 0


def walk(n, path, twice):
    global nb
    if n == "end":
        nb += 1
        return
    for x in at(g, n):
        if x != "start":
            if characters.is_upper(x) or not searching.contains(path, x):
                walk(x, List([x, *path]), twice)
            elif twice:
                walk(x, List([x, *path]), None)


walk("start", List(["start"]), None)
print(nb)
nb = 0
walk("start", List(["start"]), True)
print(nb)
# topo
deps = {
    "A": List(["C"]),
    "F": List(["C"]),
    "B": List(["A"]),
    "D": List(["A"]),
    "E": List(["B", "D", "F"]),
    "C": List(),
}
order = ""
while deps:
    ready = Strings(sorted([k for k in dictionaries.keys(deps) if 0 == len(deps[k])]))
    k = lists.first(ready)
    order += text(k)
    lists.pop(deps, k)
    for o in list(deps):
        deps[o] = List([x for x in deps[o] if x != k])
print(order)
# union find
parent = Integers(range(8))


def root_(x):
    while x != parent[x]:
        x = parent[x]
    return x


def union_(a, b):
    set_at(parent, root_(a), root_(b))


for p in [List([0, 1]), List([2, 3]), List([1, 3]), List([5, 6])]:
    union_(p[0], p[1])
println(
    len(searching.unique(Integers([root_(item) for item in range(8)]))),
    root_(0) == root_(2),
)
# floyd
INF = 1000
d = apl.rho(4, 4, [INF])
for i in range(4):
    set_at(d[i], i, 0)
for e in [List([0, 1, 5]), List([0, 3, 10]), List([1, 2, 3]), List([2, 3, 1])]:
    set_at(d, e[0], e[1], e[2])
for k in range(4):
    for i in range(4):
        for j in range(4):
            d[i][j] = ordering.smallest(d[i][j], add(at(d, i, k), at(d, k, j)))
println(d)
dist = {"a": 0}
queue = List(["a"])
net = {
    "a": List(["b", "c"]),
    "b": List(["d"]),
    "c": List(["d"]),
    "d": List(["e"]),
    "e": List(),
}
while queue:
    n = queue[0]
    queue = lists.rest(queue)
    for m in at(net, n):
        if m not in dist:
            dist[m] = 1 + at(dist, n)
            queue = lists.concat(queue, List([m]))
println(dist)
