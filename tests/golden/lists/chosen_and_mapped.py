"""Compiled from chosen_and_mapped.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import Integers, List, Symbol, higher_order, println

# What filterlist chooses is mapped in the same walk, unless it shows
pairs = List([List([Symbol("a"), 1]), List([Symbol("b"), 2]), List([Symbol("a"), 3])])
println(Integers([p[1] for p in pairs if p[0] == Symbol("a")]))
println(List([x * x for x in range(1, 6) if x > 1 if x < 4]))


def predicate(y):
    print("ask", y)
    return y > 1


results = []
for x in higher_order.filter_list(predicate, List([1, 2, 3])):
    print("use", x)
    results.append(x)
println(Integers(results))
results = List()
for x_2 in (y for y in [1, 2, 3, 4] if y < 4 if y > 1):
    print("use", x_2)
    results.append(x_2)
println(results)
