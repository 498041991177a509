"""Compiled from sorting.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    List,
    Symbol,
    at,
    compare,
    dictionaries,
    greater_equal,
    less,
    lists,
    ordering,
    parts,
    printing,
    println,
    searching,
    sequences,
    strings,
)

# Sorting by operators, lambdas and by hand.
l = List([5, 2, 9, 1])
println(ordering.sort(less, l), List(sorted(l, reverse=True)))
people = List([List(["bob", 30]), List(["al", 25]), List(["cy", 30])])
s = List(sorted(lists.clone(people), key=lambda a: a[1]))
println(lists.first(s))
words = strings.split("delta alpha charlie bravo", " ")
println(ordering.sort(less, words), List(sorted(["aaa", "b", "cc"], key=len)))
println(
    ordering.insert_sorted(List([1, 3, 5]), 4, less), lists.insert(List([1, 2]), 9, 0)
)


def quicksort(l):
    if len(l) < 2:
        return l
    p = lists.first(l)
    r = lists.rest(l)
    return lists.concat(
        quicksort(List([item for item in r if greater_equal(p, item)])),
        List([p]),
        quicksort(List([item for item in r if less(p, item)])),
    )


println(quicksort(List([3, 6, 1, 8, 2, 9, 2])))


def bubble(l):
    n = len(l)
    for i in range(n):
        for j in range(n - i - 1):
            if l[j] > l[j + 1]:
                lists.swap(l, j, j + 1)
    return l


println(bubble(List([4, 3, 2, 1])))


def mergesorted(a, b):
    if not a:
        return b
    if not b:
        return a
    if a[0] < b[0]:
        return List([a[0], *mergesorted(lists.rest(a), b)])
    return List([b[0], *mergesorted(a, lists.rest(b))])


println(mergesorted(List([1, 4, 9]), List([2, 3, 10])))
d = {"x": 3, "y": 1, "z": 2}
ks = ordering.sort(lambda a, b: d[a] < d[b], dictionaries.keys(d))
println(ks)
println(
    lists.reverse(List([1, 2, 3])),
    "abc"[::-1],
    List(sorted(searching.unique([3, 1, 3, 2, 1]))),
)
println(
    ordering.greatest([3, 9, 2]),
    ordering.smallest("b", "a"),
    ordering.minmax([4, 8, 1]),
)


def bsearch(l, x):
    lo = 0
    hi = len(l) - 1
    while lo <= hi:
        mid = int((lo + hi) / 2)
        if l[mid] == x:
            return mid
        elif l[mid] < x:
            lo = mid + 1
        else:
            hi = mid - 1
    return -1


print(bsearch(List([1, 3, 5, 7, 9, 11]), 7), bsearch(List([1, 3, 5]), 4))
h = ordering.heap(lambda a, b: compare(a[1], b[1]))
for p in [List([Symbol("a"), 3]), List([Symbol("b"), 1]), List([Symbol("c"), 2])]:
    h.add(p)
while h:
    printing.print_(h[0][0], " ")
    h.pop(0)
print()
cnt = dictionaries.integer_dictionary()
for x in [3, 1, 3, 2, 3]:
    cnt[x] = cnt.get(x, 0) + 1
for k in sorted(cnt):
    printing.print_(k, ":", at(cnt, k), " ")
print()
println(
    sequences.zip_lists([1, 2], [3, 4], [5, 6]),
    sequences.enum([Symbol("a"), Symbol("b")], 1),
    parts.slices([1, 2, 3, 4, 5], 2),
)
