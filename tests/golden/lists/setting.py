"""Compiled from setting.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import List, println, set_at


# An element that was just read is there to be set; beyond the end, `set@` appends.
def doubled(items):
    for i in range(len(items)):
        items[i] = 2 * items[i]
    return items


println(doubled(List([1, 2, 3])))


def grown(items, i):
    set_at(items, i, items[i] if i < 2 else 9)
    items[i - 1] = 1 + items[i - 1]
    return items


println(grown(List([1, 2, 3]), 1), grown(List([1, 2, 3]), 3))


def stepped(grid, y, x):
    grid[y][x] = 1 + grid[y][x]
    return grid


println(stepped(List([List([1, 2]), List([3, 4])]), 1, 0))
