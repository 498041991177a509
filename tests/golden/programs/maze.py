"""Compiled from maze.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    List,
    add,
    apl,
    at,
    equal,
    is_null,
    lists,
    println,
    searching,
    sequences,
    set_at,
    strings,
    text,
)

# Searches in a maze and in a graph.
maze = strings.split("S.#.\n..#.\n.##E\n....", "\n")
H = len(maze)
W = len(maze[0])


def find_char(c):
    for r in sequences.enum(maze):
        x = searching.find(lists.second(r), c)
        if not is_null(x):
            return List([lists.first(r), x])
    return None


println(find_char("S"), find_char("E"))


def bfs(start, end):
    q = List([List([start, 0])])
    seen = {}
    seen[text(start)] = True
    while q:
        pos, d = q[0]
        q = lists.rest(q)
        if equal(pos, end):
            return d
        for dir in [List([0, 1]), List([1, 0]), List([0, -1]), List([-1, 0])]:
            np = add(pos, dir)
            y, x = np
            if (
                y >= 0
                and y < H
                and x >= 0
                and x < W
                and "#" != at(maze, y, x)
                and not seen.get(text(np))
            ):
                seen[text(np)] = True
                q = lists.concat(q, List([List([np, d + 1])]))
    return -1


println(bfs(find_char("S"), find_char("E")))
graph = {"a": List(["b", "c"]), "b": List(["d"]), "c": List(["d"]), "d": List()}


def paths(node, end):
    if node == end:
        return List([List([end])])
    res = List()
    for n in graph[node]:
        for p in paths(n, end):
            res.append(List([node, *p]))
    return res


println(paths("a", "d"))


def dfs(n, visited):
    if n not in visited:
        visited.append(n)
        for m in graph[n]:
            dfs(m, visited)
    return visited


println(dfs("a", List()))


def flood(g, y, x, c):
    if y < 0 or x < 0 or y >= len(g) or x >= len(g[0]):
        return 0
    if g[y][x] != 0:
        return 0
    set_at(g[y], x, c)
    return (
        1
        + flood(g, y + 1, x, c)
        + flood(g, y - 1, x, c)
        + flood(g, y, x + 1, c)
        + flood(g, y, x - 1, c)
    )


g = apl.rho(3, 3, [0, 1, 0, 0, 1, 1])
println(g)
println(flood(g, 0, 0, 7), g)
