"""Compiled from searching.lsp by lisptorch-compile."""

import math

from lisptorch_compile.runtime import (
    Integers,
    List,
    compare,
    lists,
    ordering,
    println,
    searching,
    sequences,
    to_list,
)

fruit = "banana"
words = List(["a", "b", "a", "c"])
println(
    searching.find(words, "a"),
    searching.find_last(words, "a"),
    searching.find_all(words, "a"),
    searching.count(words, "a"),
)
println(
    searching.find(words, "z"),
    searching.find_last(words, "z"),
    searching.find_all(words, "z"),
    searching.find(words, "a", 1),
)
println(
    searching.find("banana", "an"),
    searching.find_last("banana", "an"),
    searching.find_all("banana", "a"),
    "banana".count("an"),
)
println(
    "b" in words,
    "nan" in fruit,
    searching.member([1, 2, 3], [1, 3]),
    searching.member([1, 2], [2]),
)
print(
    f"{lists.sum([1, 2, 3]):g}",
    sum([1, 2]),
    f"{lists.product([2, 3, 4]):g}",
    math.prod(Integers([5, 6])),
)
println(max(3, 9, 1), ordering.smallest([3, 9, 1]), ordering.minmax([3, 9, 1]))
println(
    Integers(range(1, 5)),
    Integers(range(4)),
    sequences.iota(2.5),
    Integers(range(3)),
    sequences.arange(1, 5, 1),
    sequences.arange_closed(1, 5, 1),
    sequences.arange(5, 1, 1),
)
last = None
for i in range(1, 6, 2):
    last = i
last_2 = None
for i in range(0, 10, 5):
    last_2 = i
println(last, last_2)

queue = ordering.heap(compare, 12, 10, 19)
queue.add(11)
println(queue, lists.first(queue), len(queue))
lists.pop_first(queue)
println(queue, to_list(queue))
