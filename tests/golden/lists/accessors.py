"""Compiled from accessors.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import List, at, lists, parts, println, sequences, set_at

# Every way to say where in a list.
tree = List(
    [
        List([List([1, 2]), List([3, 4])]),
        List([List([5, 6]), List([7, 8])]),
        List([9, 10]),
        11,
        12,
    ]
)
println(lists.follow(tree, "aa"), lists.follow(tree, "da"), lists.follow(tree, "dd"))
println(
    lists.second(tree),
    lists.third(tree),
    lists.follow(tree, "addd"),
    lists.follow(tree, "ddd"),
    lists.follow(tree, "dddd"),
)
println(
    lists.follow(tree, "aaa"),
    lists.follow(tree, "aad"),
    lists.follow(tree, "ada"),
    lists.follow(tree, "daa"),
    lists.follow(tree, "dad"),
    lists.follow(tree, "dda"),
)
deep = List(
    [
        List([List([List([1, 2]), List([3, 4])]), List([List([5, 6]), 7])]),
        List([List([List([8, 9]), 10]), 11]),
        List([List([12, 13]), 14]),
        List([15]),
    ]
)
println(
    lists.follow(deep, "aaaa"),
    lists.follow(deep, "aaad"),
    lists.follow(deep, "aada"),
    lists.follow(deep, "adaa"),
    lists.follow(deep, "daaa"),
)
println(
    lists.follow(deep, "aadd"),
    lists.follow(deep, "adad"),
    [List([1, 2, 3])][0][2],
    lists.follow(deep, "daad"),
    lists.follow(deep, "dada"),
)
println(
    lists.follow(deep, "dadd"),
    lists.follow(deep, "ddaa"),
    lists.follow(List([1, List([2, 3, 4])]), "ddad"),
    lists.follow(List([List([1, 2, 3, 4])]), "ddda"),
)
println(lists.last(tree), lists.last("word"), lists.last([]))
println(at(tree, 0, 1, 0), tree[-1], tree[2])

cube = sequences.arange(0, 24, 1)
println(
    parts.at_shape(cube, [2, 3, 4], 1, 2, 3), parts.at_shape(cube, [2, 3, 4], 0, 1, 0)
)
parts.set_shape(cube, [2, 3, 4], 1, 2, 3, -1)
parts.set_shape(cube, [2, 3, 4], 0, 1, 0, -2)
println(cube)

row = List([1, 2, 3, 4, 5, 6])
println(parts.extract(row, 1, 3), parts.extract(row, -3, 0), parts.extract(row, 4))
set_at(row, 0, 10)
parts.set_range(row, 1, 3, List([20, 30]))
parts.set_range(row, 4, 6, 99)
println(row)
