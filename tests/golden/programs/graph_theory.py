"""Compiled from graph_theory.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    Integers,
    List,
    add,
    apl,
    at,
    dictionaries,
    iterate,
    lists,
    ordering,
    println,
    searching,
    set_at,
    strings,
)

# Union-find, orders of visits and shortest ways in graphs
parent = Integers(range(6))


def root(x):
    while x != parent[x]:
        x = parent[x]
    return x


def union_(a, b):
    set_at(parent, root(a), root(b))


edges = List(
    [
        List([7, 0, 1]),
        List([3, 1, 2]),
        List([1, 0, 2]),
        List([8, 3, 4]),
        List([2, 4, 5]),
        List([9, 2, 3]),
    ]
)
total = 0
for e in ordering.sort(lambda a, b: a[0] < b[0], edges):
    w, a, b = e
    if root(a) != root(b):
        union_(a, b)
        total += w
print(total)
deps = {
    "app": List(["lib", "net"]),
    "lib": List(["core"]),
    "net": List(["core", "ssl"]),
    "ssl": List(["core"]),
    "core": List(),
}
done = List()


def visit(n):
    if n not in done:
        for d in deps[n]:
            visit(d)
        done.append(n)


for n in sorted(deps):
    visit(n)
println(done)
INF = 9999
D = apl.rho(4, 4, [INF])
for i in range(4):
    set_at(D[i], i, 0)
for e in [List([0, 1, 5]), List([1, 2, 3]), List([2, 3, 1]), List([0, 3, 10])]:
    set_at(D[e[0]], e[1], e[2])
for k in range(4):
    for i in range(4):
        for j in range(4):
            D[i][j] = ordering.smallest(D[i][j], add(D[i][k], D[k][j]))
println(D[0])
adj = dictionaries.integer_dictionary(
    0, List([1, 2]), 1, List([3]), 2, List([3]), 3, List([4]), 4, List()
)


def bfs(s):
    q = List([s])
    order = List()
    seen = {s}
    while q:
        n = q[0]
        q = lists.rest(q)
        order.append(n)
        for m in iterate(at(adj, n)):
            if not searching.contains(seen, m):
                lists.insert(seen, m)
                q = List([*q, m])
    return order


println(bfs(0))


def dfs(n, seen):
    if searching.contains(seen, n):
        return seen
    acc = lists.cons_back(seen, n)
    for m in iterate(at(adj, n)):
        acc = dfs(m, acc)
    return acc


println(dfs(0, List()))
grid = strings.split("S.#\n..#\n#.E", "\n")
best = {}


def walk(r, c, d):
    while True:
        if r >= 0 and c >= 0 and r < 3 and c < 3 and grid[r][c] != "#":
            k = f"{r},{c}"
            if best.get(k) is None or d < best[k]:
                best[k] = d
                walk(r + 1, c, d + 1)
                walk(r - 1, c, d + 1)
                walk(r, c + 1, d + 1)
                c, d = c - 1, d + 1
                continue
            return
        return


walk(0, 0, 0)
print(best["2,2"], len(best))
