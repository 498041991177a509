"""Compiled from blocks_world.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    List,
    Symbol,
    higher_order,
    is_null,
    iterate,
    lists,
    println,
    text,
)


# a little planner: blocks are moved one by one, the shortest plan is found first
def clear(state, x):
    return is_null(higher_order.first_result(lambda f: lists.second(f) == x, state))


def where(state, x):
    for f in state:
        if lists.first(f) == x:
            return lists.second(f)
    return None


def move(state, x, to):
    return higher_order.map_typed(
        lambda f: List([x, to]) if lists.first(f) == x else f, state, None
    )


def successors(state):
    res = List()
    for x in [Symbol("a"), Symbol("b"), Symbol("c")]:
        if clear(state, x):
            pos = where(state, x)
            for d in [Symbol("table"), Symbol("a"), Symbol("b"), Symbol("c")]:
                if d != x and d != pos and (d == Symbol("table") or clear(state, d)):
                    res.append(
                        List(
                            [
                                List(
                                    [
                                        Symbol("move"),
                                        x,
                                        Symbol("from"),
                                        pos,
                                        Symbol("to"),
                                        d,
                                    ]
                                ),
                                move(state, x, d),
                            ]
                        )
                    )
    return res


def bfs(start, goal):
    queue = [List([start, List()])]
    seen = {}
    while queue:
        node = queue.pop(0)
        state = node[0]
        path = node[1]
        if state == goal:
            return path
        k = text(state)
        seen.get(k)
        if not seen.get(k):
            seen[k] = True
            for s in successors(state):
                queue.append(List([s[1], List([*path, s[0]])]))
    return Symbol("failure")


plan = bfs(
    List(
        [
            List([Symbol("a"), Symbol("table")]),
            List([Symbol("b"), Symbol("table")]),
            List([Symbol("c"), Symbol("a")]),
        ]
    ),
    List(
        [
            List([Symbol("a"), Symbol("b")]),
            List([Symbol("b"), Symbol("c")]),
            List([Symbol("c"), Symbol("table")]),
        ]
    ),
)
for step in iterate(plan):
    println(step)
print(lists.size(plan))
