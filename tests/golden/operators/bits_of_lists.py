"""Compiled from bits_of_lists.lsp by lisptorch-compile."""

import operator
from functools import reduce

from lisptorch_compile.runtime import Failure, List, numbers, println, throw, update_at

# an operator of one list combines its elements
bits = List([1, 2, 3])
println(
    reduce(operator.lshift, bits),
    reduce(operator.rshift, [64, 1, 2]),
    reduce(numbers.clear_bits, [15, 2, 4]),
    reduce(operator.or_, bits),
    reduce(operator.xor, bits),
)
masks = List([List([255, 16]), 3])
update_at(masks, 1, numbers.clear_bits, 1)
try:
    result = throw("Error: cannot apply '<<' to one element")
except Failure:
    result = "one element"
println(masks, result)
