"""Compiled from mapping.lsp by lisptorch-compile."""

import math
from functools import reduce

from lisptorch_compile.runtime import (
    Integers,
    List,
    Symbol,
    add,
    higher_order,
    ordering,
    parts,
    println,
    strings,
    subtract,
)

# Functions over lists: names, operators, lambdas and templates.
words = List(["apple", "fig", "cherry"])


def double(x):
    return 2 * x


println(
    Integers([len(word) for word in words]),
    List([double(item) for item in [1, 2]]),
    List([word.upper() for word in words]),
)
println(
    List([item - 1 for item in [1, 2, 3]]),
    List([1 - item for item in [1, 2, 3]]),
    Integers([10 - item for item in range(1, 4)]),
)
println(
    List([item for item in [1, 20, 3] if 10 < item]),
    List([item for item in [1, 20, 3] if item < 10]),
    higher_order.drop_list(lambda item: 10 < item, List([1, 11, 2])),
)
println(
    higher_order.map_typed(lambda item: strings.split(item, " "), ["a b", "c d"]),
    List([w for w in words if len(w) > 4]),
)
println(
    reduce(subtract, [1, 2, 3], 10),
    higher_order.fold_right_1(subtract, [1, 2, 3]),
    higher_order.scan_left_1(add, [1, 2, 3]),
    sum([1, 2, 3]),
)
println(
    higher_order.zip_with(
        lambda x, y: List([x, y]), [1, 2], [Symbol("a"), Symbol("b")]
    ),
    2 - 10,
    higher_order.zip_with(ordering.greatest, [1, 5], [4, 2]),
)
acc = 0
for x in [1, 2, 3]:
    acc = 10 * acc + x
print(acc)
println(ordering.sort(lambda a, b: len(a) < len(b), words))


# A lambda with more than one form
def transform(w):
    # the first letter, large
    head = w[0].upper()
    return head + parts.extract(w, 1, len(w))


println(higher_order.map_typed(transform, words))

# A condition in the lambda
println(List([Symbol("large") if x > 2 else Symbol("small") for x in [1, 2, 3]]))
println(List([List([x * y for y in [1, 2]]) for x in [1, 2]]))
# An operator between the elements of each row; a function that only calls another.
println(
    Integers([sum(item) for item in [List([1, 2]), List([3, 4])]]),
    List([math.prod(item) for item in [List([1, 2]), List([3, 4])]]),
)
println(
    higher_order.map_typed(lambda s: strings.split(s, "-"), ["a-b", "c"]),
    Integers([len(s) for s in ["ab"]]),
)
