"""Compiled from operations.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import List, dictionaries, kinds, lists, println

# Sets: in order, without duplicates.
primes = {7, 2, 3, 5}
primes.add(11)
println(primes, 3 in primes, 4 in primes, len(primes))
small = {1, 2, 3}
println(primes & small, small | primes, small ^ primes)
for p in sorted(primes):
    print(f"{p} ", end="")
print()
println({"b", "a"}, dictionaries.make_set(1, "a"), kinds.type_of(small))
lists.pop(primes, 11)
println(primes)


def distinct(l):
    seen = set()
    for x in l:
        seen.add(x)
    return len(seen)


print(distinct(List([1, 2, 2, 3, 1])))
