"""Compiled from basins.lsp by lisptorch-compile."""

import math

from lisptorch_compile.runtime import (
    Integers,
    List,
    greater,
    higher_order,
    is_null,
    less_equal,
    lists,
    ordering,
    parts,
    println,
    sequences,
    strings,
    text,
)

# AoC: grid of digits, low points, basins
text_ = """2199943210
3987894921
9856789892
8767896789
9899965678"""
grid = higher_order.map_typed(lambda l: Integers(list(l)), strings.split(text_, "\n"))
h = len(grid)
w = len(grid[0])
cells = {}
for r in sequences.enum(grid):
    for c in sequences.enum(lists.second(r)):
        cells[f"{text(lists.first(c))},{text(lists.first(r))}"] = lists.second(c)


def neigh(x, y):
    res = List()
    for d in [List([0, 1]), List([1, 0]), List([0, -1]), List([-1, 0])]:
        k = f"{x + d[0]},{y + d[1]}"
        if not is_null(cells.get(k)):
            res.append(k)
    return res


risk = 0
lows = List()
for k in list(cells):
    x, y = Integers(strings.split(k, ","))
    v = cells[k]
    ok = True
    for n in neigh(x, y):
        if less_equal(cells[n], v):
            ok = None
            break
    if ok:
        risk = risk + (v + 1)
        lows.append(k)
println(risk, lows)


def basin(k):
    seen = {}
    todo = [k]
    while todo:
        c = todo.pop()
        if seen.get(c) is None:
            seen[c] = 1
            x, y = Integers(strings.split(c, ","))
            for n in neigh(x, y):
                if cells[n] != 9 and seen.get(n) is None:
                    todo.append(n)
    return len(seen)


sizes = Integers([basin(low) for low in lows])
ordering.sort(greater, sizes)
println(sizes, math.prod(parts.extract(sizes, 0, 3)))
