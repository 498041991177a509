"""Compiled from life_by_rotation.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import List, apl, higher_order, lists, println, set_at


# The game of life with rotations of the whole board.
def shift2(m, dy, dx):
    return higher_order.map_typed(lambda r: lists.rotate(r, dx), lists.rotate(m, dy))


def life(m):
    n = m * 0
    for dy in [-1, 0, 1]:
        for dx in [-1, 0, 1]:
            if dy != 0 or dx != 0:
                n = n + shift2(m, dy, dx)
    return higher_order.zip_with(
        lambda rn, rm: higher_order.zip_with(
            lambda a, b: 1 if a == 3 or a == 2 and b == 1 else 0, rn, rm
        ),
        n,
        m,
    )


glider = apl.rho(6, 6, [0])
for p in [List([0, 1]), List([1, 2]), List([2, 0]), List([2, 1]), List([2, 2])]:
    set_at(glider[p[0]], p[1], 1)


def show(m):
    for r in m:
        print("".join(["█" if x == 1 else "·" for x in r]))


show(glider)
g = glider
for _ in range(4):
    g = life(g)
show(g)
println(lists.sum(lists.flatten(g)))
