"""Compiled from guard.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    Integers,
    List,
    at,
    dictionaries,
    greater_equal,
    is_null,
    less,
    lists,
    println,
    searching,
    sequences,
    strings,
)

# guard walking, dictionary of positions, direction switch; robots
plan = strings.split(
    "....#.....\n.........#\n..........\n..#.......\n.......#..\n..........\n.#..^.....\n........#.\n#.........\n......#...",
    "\n",
)
h = len(plan)
w = len(plan[0])
for e in sequences.enum(plan):
    c = searching.find(lists.second(e), "^")
    if not is_null(c):
        start = List([lists.first(e), c])
println(start)
dirs = List([List([-1, 0]), List([0, 1]), List([1, 0]), List([0, -1])])


def walk(extra):
    p = lists.clone(start)
    d = 0
    seen = {}
    turns = {}
    while True:
        seen[strings.join(p, ",")] = 1
        q = p + dirs[d]
        if (
            less(q[0], 0)
            or less(q[1], 0)
            or greater_equal(q[0], h)
            or greater_equal(q[1], w)
        ):
            return seen
        if at(plan, q[0], q[1]) == "#" or q == extra:
            k = strings.join(p, ",") + ":" + str(d)
            if turns.get(k):
                return None
            turns[k] = True
            d = (d + 1) % 4
        else:
            p = q


path = walk(None)
print(lists.size(path))
n = 0
for k in dictionaries.keys(path):
    pos = Integers(strings.split(k, ","))
    if pos != start and is_null(walk(pos)):
        n += 1
print(n)
