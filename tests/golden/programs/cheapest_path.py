"""Compiled from cheapest_path.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    Integers,
    List,
    compare,
    dictionaries,
    higher_order,
    ordering,
    println,
    strings,
)

# The cheapest path through a grid, with a heap of what to try next.
cave = higher_order.map_typed(
    lambda l: Integers(list(l)), strings.split("11911 91919 91111 11191 99911", " ")
)
n = len(cave)


def dijkstra():
    dist = dictionaries.integer_dictionary()
    h = ordering.heap(lambda a, b: compare(a[0], b[0]))
    h.add(List([0, 0, 0]))
    dist[0] = 0
    while h:
        top = h.pop(0)
        d, r, c = top
        if r == n - 1 and c == n - 1:
            return d
        if d <= dist[r * n + c]:
            for v in [List([1, 0]), List([0, 1]), List([-1, 0]), List([0, -1])]:
                y = r + v[0]
                x = c + v[1]
                if y >= 0 and y < n and x >= 0 and x < n:
                    nd = d + cave[y][x]
                    k = y * n + x
                    old = dist.get(k)
                    if old is None or nd < old:
                        dist[k] = nd
                        h.add(List([nd, y, x]))
    return None


println(dijkstra())
