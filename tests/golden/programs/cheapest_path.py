"""Compiled from cheapest_path.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    Integers,
    List,
    compare,
    dictionaries,
    higher_order,
    less,
    lists,
    ordering,
    println,
    set_at,
    strings,
)

# The cheapest path through a grid, with a heap of what to try next.
cave = higher_order.map_typed(
    lambda l: Integers(list(l)), strings.split("11911 91919 91111 11191 99911", " ")
)
n = len(cave)


def dijkstra():
    dist = dictionaries.integer_dictionary()
    h = ordering.heap(lambda a, b: compare(lists.first(a), lists.first(b)))
    lists.insert(h, List([0, 0, 0]))
    set_at(dist, 0, 0)
    while len(h):
        top = lists.first(h)
        lists.pop_first(h)
        d, r, c = top
        if r == n - 1 and c == n - 1:
            return d
        if d <= dist[r * n + c]:
            for v in [List([1, 0]), List([0, 1]), List([-1, 0]), List([0, -1])]:
                y = r + lists.first(v)
                x = c + lists.second(v)
                if y >= 0 and y < n and x >= 0 and x < n:
                    nd = d + cave[y][x]
                    k = y * n + x
                    old = dist.get(k)
                    if old is None or less(nd, old):
                        set_at(dist, k, nd)
                        lists.insert(h, List([nd, y, x]))
    return None


println(dijkstra())
