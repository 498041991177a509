"""Compiled from hill.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    List,
    add,
    at,
    compare,
    dictionaries,
    equal,
    less,
    less_equal,
    lists,
    ordering,
    println,
    set_at,
    strings,
    truth,
)

# hill climbing with heap
carte = strings.split("Sabqponm\nabcryxxl\naccszExk\nacctuvwj\nabdefghi", "\n")
H = len(carte)
W = len(carte[0])
for i in range(H):
    for j in range(W):
        match carte[i][j]:
            case "S":
                start = List([i, j])
            case "E":
                end = List([i, j])
println(start, end)


def haut(p):
    c = at(carte, at(p, 0), at(p, 1))
    return lists.first(
        strings.code_points(
            ("a" if c == "S" else None) or ("z" if c == "E" else None) or c
        )
    )


def cle(p):
    return W * lists.first(p) + lists.second(p)


def dijkstra(from_, target):
    h = ordering.heap(lambda x, y: compare(at(x, 0), at(y, 0)))
    dist = dictionaries.integer_dictionary()
    for f in from_:
        h.add(List([0, f]))
        set_at(dist, cle(f), 0)
    last = None
    while h:
        top = h.pop(0)
        d = lists.first(top)
        p = lists.second(top)
        if equal(p, target):
            return d
        last = None
        for delta in [List([0, 1]), List([1, 0]), List([0, -1]), List([-1, 0])]:
            q = add(p, delta)
            if (
                less_equal(0, at(q, 0))
                and less(at(q, 0), H)
                and less_equal(0, at(q, 1))
                and less(at(q, 1), W)
            ):
                if haut(q) - haut(p) <= 1:
                    k = cle(q)
                    result = dictionaries.integer_key(dist, k)
                    if not truth(result):
                        result = 100000
                    old = result
                    if less(d + 1, old):
                        set_at(dist, k, d + 1)
                        last = lists.insert(h, List([d + 1, q]))
                    else:
                        last = None
                else:
                    last = None
            else:
                last = None
    return last


println(dijkstra(List([start]), end))
lows = List()
for i in range(H):
    for j in range(W):
        if carte[i][j] in "aS":
            lows.append(List([i, j]))
println(len(lows), dijkstra(lows, end))
