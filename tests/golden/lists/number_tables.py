"""Compiled from number_tables.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import Integers, List, apl, at, println, searching

# A board as one long list: the rows stay as they were written.
# of the squares
# fmt: off
weights = Integers(
    [
        120, -20, 20,  5,  5, 20, -20, 120,
        -20, -40, -5, -5, -5, -5, -40, -20,
         20,  -5, 15,  3,  3, 15,  -5,  20,
          5,  -5,  3,  3,  3,  3,  -5,   5,
    ]
)
# fmt: on


def best(moves):
    # the first move of the greatest weight
    # fmt: off
    primes = [
        2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67,
        71, 73, 79, 83, 89, 97, 101,
    ]
    # fmt: on
    all = Integers([weights[m] for m in moves])
    return at(primes, searching.find(all, max(all, default=None)))


print(best(List([1, 8, 5, 16])), sum(weights))
println(apl.rho(4, 8, weights))
