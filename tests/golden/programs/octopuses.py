"""Compiled from octopuses.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    Integers,
    List,
    add,
    at,
    greater,
    higher_order,
    lists,
    println,
    set_at,
    strings,
)

# Octopuses that light each other up
grid = higher_order.map_typed(
    lambda l: Integers(list(l)),
    strings.split(
        "5483143223\n2745854711\n5264556173\n6141336146\n6357385478\n4167524645\n2176841721\n6882881134\n4846848554\n5283751526",
        "\n",
    ),
)
flashes = 0
dirs = List(
    [
        List([-1, -1]),
        List([-1, 0]),
        List([-1, 1]),
        List([0, -1]),
        List([0, 1]),
        List([1, -1]),
        List([1, 0]),
        List([1, 1]),
    ]
)


def bump(r, c):
    if (
        r >= 0
        and c >= 0
        and r < len(grid)
        and c < lists.size(grid[0])
        and 0 != at(grid, r, c)
    ):
        set_at(grid, r, c, add(at(grid, r, c), 1))
        return flash(r, c) if greater(at(grid, r, c), 9) else None


def flash(r, c):
    global flashes
    set_at(grid, r, c, 0)
    flashes += 1
    for d in dirs:
        bump(r + d[0], c + d[1])


def step_():
    global grid
    grid = grid + 1
    ready = []
    for i in range(10):
        for j in range(10):
            if greater(at(grid, i, j), 9):
                ready.append(List([i, j]))
    for p in ready:
        if greater(at(grid, p[0], p[1]), 9):
            flash(p[0], p[1])


n = 0
while True:
    step_()
    n += 1
    if n == 100:
        print("after 100:", flashes)
    if 0 == lists.sum(lists.flatten(grid)):
        break
print("all at", n)
println(grid)
