"""Compiled from graphs.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    Failure,
    Integers,
    List,
    Symbol,
    add,
    apl,
    at,
    compare,
    dictionaries,
    higher_order,
    is_null,
    iterate,
    less,
    lists,
    ordering,
    printing,
    println,
    searching,
    set_at,
    text,
    truth,
)

# memo, dijkstra with heap, floyd warshall, topological sort, union find
memo = dictionaries.integer_dictionary()


def fibm(n):
    if n < 2:
        return n
    v = memo.get(n)
    if not is_null(v):
        return v
    v = add(fibm(n - 1), fibm(n - 2))
    memo[n] = v
    return v


println(fibm(80))
edges = List(
    [
        List([Symbol("A"), Symbol("B"), 7]),
        List([Symbol("A"), Symbol("C"), 9]),
        List([Symbol("A"), Symbol("F"), 14]),
        List([Symbol("B"), Symbol("C"), 10]),
        List([Symbol("B"), Symbol("D"), 15]),
        List([Symbol("C"), Symbol("D"), 11]),
        List([Symbol("C"), Symbol("F"), 2]),
        List([Symbol("D"), Symbol("E"), 6]),
        List([Symbol("E"), Symbol("F"), 9]),
    ]
)
g = {}
for e in edges:
    a, b, c = e
    for p in [List([a, b]), List([b, a])]:
        try:
            lists.push(g[text(p[0])], List([p[1], c]))
        except Failure:
            g[text(p[0])] = List([List([p[1], c])])


def dijkstra(src):
    dist = {}
    prev = {}
    h = ordering.heap(lambda x, y: compare(x[0], y[0]), List([0, src, None]))
    while h:
        d, u, p = h.pop(0)
        if is_null(dist.get(text(u))):
            dist[text(u)] = d
            prev[text(u)] = p
            for e in iterate(g[text(u)]):
                h.add(List([d + lists.second(e), lists.first(e), u]))
    return List([dist, prev])


dist, prev = dijkstra(Symbol("A"))
for k in sorted(dist):
    printing.print_(k, ":", at(dist, k), " ")
print()
path = List()
n = Symbol("E")
while truth(n):
    path = List([n, *path])
    n = prev[text(n)]
println(path)
inf = 1000000000.0
D = apl.rho(4, 4, [inf])
for i in range(4):
    set_at(D[i], i, 0)
for e in [
    List([0, 2, -2]),
    List([1, 0, 4]),
    List([1, 2, 3]),
    List([2, 3, 2]),
    List([3, 1, -1]),
]:
    set_at(D, e[0], e[1], e[2])
for k in range(4):
    for i in range(4):
        for j in range(4):
            if less(add(at(D, i, k), at(D, k, j)), D[i][j]):
                set_at(D[i], j, add(at(D, i, k), at(D, k, j)))
for r in D:
    println(r)
deps = {
    "app": List(["lib", "net"]),
    "net": List(["core"]),
    "lib": List(["core"]),
    "core": List(),
}
done = List()


def visit(n):
    if not searching.contains(done, n):
        for d in at(deps, n):
            visit(d)
        done.append(n)


for k in deps:
    visit(k)
println(done)
parent = Integers(range(8))


def root(x):
    while at(parent, x) != x:
        x = at(parent, x)
    return x


def union_(a, b):
    set_at(parent, root(a), root(b))


for p in [List([0, 1]), List([2, 3]), List([1, 3]), List([5, 6])]:
    union_(p[0], p[1])
println(
    root(0) == root(2),
    root(0) == root(5),
    len(searching.unique(higher_order.map_typed(root, Integers(range(8))))),
)
