"""Compiled from higher_order.lsp by lisptorch-compile."""

from itertools import count, islice

from lisptorch_compile.runtime import List, Strings, add, higher_order, println

numbers_list = List([1, 2, 3, 4, 5])
println(List([x * x for x in numbers_list]))
println(
    List([x for x in numbers_list if x > 2]),
    List([item for item in numbers_list if item < 3]),
)
println(List([item + 1 for item in numbers_list if item > 2]))
println(sum(numbers_list), sum(numbers_list, start=10))
println(List(islice((item for item in (x * x for x in count(1)) if item > 50), 5)))
println(
    Strings.of([word.upper() for word in ["a", "b"]]),
    higher_order.zip_with(add, [1, 2], [3, 4]),
    higher_order.scan_left(add, 0, [1, 2, 3]),
)
