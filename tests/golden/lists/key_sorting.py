"""Compiled from key_sorting.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import List, less, lists, ordering, println, remainder

# A comparison of the same of both elements is a key: Python's sort computes it once for each.
people = List([List(["bob", 30]), List(["al", 25]), List(["cy", 30]), List(["di", 25])])
people.sort(key=lambda a: a[1])
println(people)
# Equal ones keep their order, also from the greatest to the smallest.
people.sort(key=lambda a: a[1], reverse=True)
println(people)
# The second one before the first is the other order.
people.sort(key=lambda b: len(b[0]), reverse=True)
println(people)
println(List(sorted([3, 1, 2], key=lambda a: 2 * a, reverse=True)))

# What compares different things of the two is no key.
println(
    ordering.sort(lambda a, b: a[1] < b[1] + 1, List([List(["x", 2]), List(["y", 1])]))
)
# Nor is what may be nil: an empty list has no first element.
println(
    ordering.sort(
        lambda a, b: less(lists.first(a), lists.first(b)), List([List([2]), List()])
    )
)
# Nor what looks at the list itself, which Python empties while it sorts.
turned = List([4, 1, 3, 2])
ordering.sort(
    lambda a, b: remainder(a, len(turned)) < remainder(b, len(turned)), turned
)
println(turned)
# Numbers and texts together are for the runtime to compare.
println(
    ordering.sort(
        lambda a, b: less(a[0], b[0]),
        List([List([10, "a"]), List(["9", "b"]), List([2, "c"])]),
    )
)
# Effects happen as often as elements are compared.
compared = 0


def goes_before(a, b):
    global compared
    compared += 1
    return a < b


ordering.sort(goes_before, List([2, 1]))
println(compared > 0)
# What cannot fail for a text is a key, too.
println(List(sorted(["b", "A", "c"], key=lambda a: a.lower())))
