"""Compiled from list_recursion.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    List,
    Symbol,
    higher_order,
    is_null,
    kinds,
    lists,
    println,
    remainder,
)


# Lists by recursion: packing, coding, rotating, choosing
def my_last(l):
    while True:
        if not l:
            return None
        if not lists.rest(l):
            return l
        l = lists.rest(l)


def my_but_last(l):
    while True:
        if not l:
            return None
        if not lists.follow(l, "dd"):
            return l
        l = lists.rest(l)


def element_at(l, k):
    while k != 1:
        l, k = lists.rest(l), k - 1
    return lists.first(l)


def len(l):
    return 0 if not l else 1 + len(lists.rest(l))


def rev_acc(l, acc):
    while True:
        if not l:
            return acc
        l, acc = lists.rest(l), List([l[0], *acc])


def rev(l):
    return rev_acc(l, List())


def is_palindrome(l):
    return l == rev(l)


def append2(a, b):
    return b if not a else List([a[0], *append2(lists.rest(a), b)])


def flat(x):
    if is_null(x):
        return List()
    if not kinds.is_list(x):
        return List([x])
    return append2(flat(lists.first(x)), flat(lists.rest(x)))


def compress(l):
    while True:
        if not l:
            return List()
        if not lists.rest(l):
            return l
        if l[0] == lists.second(l):
            l = lists.rest(l)
            continue
        return List([l[0], *compress(lists.rest(l))])


def pack(l):
    return List() if not l else pack_aux(lists.rest(l), List([l[0]]))


def pack_aux(l, group):
    while True:
        if not l:
            return List([group])
        if l[0] == lists.first(group):
            l, group = lists.rest(l), List([l[0], *group])
            continue
        return List([group, *pack_aux(lists.rest(l), List([l[0]]))])


def encode(l):
    return List([List([len(g), lists.first(g)]) for g in pack(l)])


def encode_modified(l):
    return higher_order.map_list(
        lambda g: lists.first(g) if len(g) == 1 else List([len(g), lists.first(g)]),
        pack(l),
    )


def repeat_elt(n, x):
    return List() if n == 0 else List([x, *repeat_elt(n - 1, x)])


def decode(l):
    if not l:
        return List()
    if kinds.is_list(l[0]):
        return append2(
            repeat_elt(lists.follow(l, "aa"), lists.follow(l, "ada")),
            decode(lists.rest(l)),
        )
    return List([l[0], *decode(lists.rest(l))])


def dupli(l):
    return List() if not l else List([l[0], l[0], *dupli(lists.rest(l))])


def repli(l, n):
    if not l:
        return List()
    return append2(repeat_elt(n, l[0]), repli(lists.rest(l), n))


def drop_every(l, n):
    return drop_aux(l, n, 1)


def drop_aux(l, n, i):
    while True:
        if not l:
            return List()
        if i % n == 0:
            l, i = lists.rest(l), i + 1
            continue
        return List([l[0], *drop_aux(lists.rest(l), n, i + 1)])


def take_n(l, n):
    if not l or n == 0:
        return List()
    return List([l[0], *take_n(lists.rest(l), n - 1)])


def drop_n(l, n):
    while True:
        if not l or n == 0:
            return l
        l, n = lists.rest(l), n - 1


def split_at(l, n):
    return List([take_n(l, n), drop_n(l, n)])


def slice_l(l, i, k):
    return take_n(drop_n(l, i - 1), 1 + (k - i))


def rotate_l(l, n):
    m = remainder(n, len(l))
    if m < 0:
        m += len(l)
    return append2(drop_n(l, m), take_n(l, m))


def remove_at(l, k):
    if k == 1:
        return lists.rest(l)
    return List([lists.first(l), *remove_at(lists.rest(l), k - 1)])


def insert_at(x, l, k):
    if k == 1:
        return List([x, *l])
    return List([lists.first(l), *insert_at(x, lists.rest(l), k - 1)])


def my_range(a, b):
    if a == b:
        return List([a])
    if a < b:
        return List([a, *my_range(a + 1, b)])
    return List([a, *my_range(a - 1, b)])


def combination(k, l):
    if k == 0:
        return List([List()])
    if not l:
        return List()
    return append2(
        List(
            [lists.cons(lists.first(l), c) for c in combination(k - 1, lists.rest(l))]
        ),
        combination(k, lists.rest(l)),
    )


def insert_by_len(x, l):
    if not l:
        return List([x])
    if len(x) <= len(lists.first(l)):
        return List([x, *l])
    return List([lists.first(l), *insert_by_len(x, lists.rest(l))])


def lsort(l):
    return List() if not l else insert_by_len(l[0], lsort(lists.rest(l)))


println("P01", my_last(List([Symbol("a"), Symbol("b"), Symbol("c"), Symbol("d")])))
println("P02", my_but_last(List([Symbol("a"), Symbol("b"), Symbol("c"), Symbol("d")])))
println(
    "P03",
    element_at(
        List([Symbol("a"), Symbol("b"), Symbol("c"), Symbol("d"), Symbol("e")]), 3
    ),
)
print("P04", len(List([Symbol("a"), Symbol("b"), Symbol("c"), Symbol("d")])))
println("P05", rev(List([Symbol("a"), Symbol("b"), Symbol("c"), Symbol("d")])))
println(
    "P06",
    is_palindrome(
        List([Symbol("x"), Symbol("a"), Symbol("m"), Symbol("a"), Symbol("x")])
    ),
    is_palindrome(List([Symbol("x"), Symbol("a"), Symbol("m")])),
)
println(
    "P07",
    flat(
        List(
            [
                Symbol("a"),
                List([Symbol("b"), List([Symbol("c"), Symbol("d")]), Symbol("e")]),
            ]
        )
    ),
)
println(
    "P08",
    compress(
        List(
            [
                Symbol("a"),
                Symbol("a"),
                Symbol("a"),
                Symbol("a"),
                Symbol("b"),
                Symbol("c"),
                Symbol("c"),
                Symbol("a"),
                Symbol("a"),
                Symbol("d"),
                Symbol("e"),
                Symbol("e"),
                Symbol("e"),
                Symbol("e"),
            ]
        )
    ),
)
println(
    "P09",
    pack(
        List(
            [
                Symbol("a"),
                Symbol("a"),
                Symbol("a"),
                Symbol("a"),
                Symbol("b"),
                Symbol("c"),
                Symbol("c"),
                Symbol("a"),
                Symbol("a"),
                Symbol("d"),
                Symbol("e"),
                Symbol("e"),
                Symbol("e"),
                Symbol("e"),
            ]
        )
    ),
)
println(
    "P10",
    encode(
        List(
            [
                Symbol("a"),
                Symbol("a"),
                Symbol("a"),
                Symbol("a"),
                Symbol("b"),
                Symbol("c"),
                Symbol("c"),
                Symbol("a"),
                Symbol("a"),
                Symbol("d"),
                Symbol("e"),
                Symbol("e"),
                Symbol("e"),
                Symbol("e"),
            ]
        )
    ),
)
println(
    "P11",
    encode_modified(
        List(
            [
                Symbol("a"),
                Symbol("a"),
                Symbol("a"),
                Symbol("a"),
                Symbol("b"),
                Symbol("c"),
                Symbol("c"),
                Symbol("a"),
                Symbol("a"),
                Symbol("d"),
                Symbol("e"),
                Symbol("e"),
                Symbol("e"),
                Symbol("e"),
            ]
        )
    ),
)
println(
    "P12",
    decode(
        List(
            [
                List([4, Symbol("a")]),
                Symbol("b"),
                List([2, Symbol("c")]),
                List([2, Symbol("a")]),
                Symbol("d"),
                List([4, Symbol("e")]),
            ]
        )
    ),
)
println(
    "P14",
    dupli(List([Symbol("a"), Symbol("b"), Symbol("c"), Symbol("c"), Symbol("d")])),
)
println("P15", repli(List([Symbol("a"), Symbol("b"), Symbol("c")]), 3))
println(
    "P16",
    drop_every(
        List(
            [
                Symbol("a"),
                Symbol("b"),
                Symbol("c"),
                Symbol("d"),
                Symbol("e"),
                Symbol("f"),
                Symbol("g"),
                Symbol("h"),
                Symbol("i"),
                Symbol("k"),
            ]
        ),
        3,
    ),
)
println(
    "P17",
    split_at(
        List(
            [
                Symbol("a"),
                Symbol("b"),
                Symbol("c"),
                Symbol("d"),
                Symbol("e"),
                Symbol("f"),
                Symbol("g"),
                Symbol("h"),
                Symbol("i"),
                Symbol("k"),
            ]
        ),
        3,
    ),
)
println(
    "P18",
    slice_l(
        List(
            [
                Symbol("a"),
                Symbol("b"),
                Symbol("c"),
                Symbol("d"),
                Symbol("e"),
                Symbol("f"),
                Symbol("g"),
                Symbol("h"),
                Symbol("i"),
                Symbol("k"),
            ]
        ),
        3,
        7,
    ),
)
println(
    "P19",
    rotate_l(
        List(
            [
                Symbol("a"),
                Symbol("b"),
                Symbol("c"),
                Symbol("d"),
                Symbol("e"),
                Symbol("f"),
                Symbol("g"),
                Symbol("h"),
            ]
        ),
        3,
    ),
    rotate_l(
        List(
            [
                Symbol("a"),
                Symbol("b"),
                Symbol("c"),
                Symbol("d"),
                Symbol("e"),
                Symbol("f"),
                Symbol("g"),
                Symbol("h"),
            ]
        ),
        -2,
    ),
)
println("P20", remove_at(List([Symbol("a"), Symbol("b"), Symbol("c"), Symbol("d")]), 2))
println(
    "P21",
    insert_at(
        Symbol("alfa"), List([Symbol("a"), Symbol("b"), Symbol("c"), Symbol("d")]), 2
    ),
)
println("P22", my_range(4, 9), my_range(3, -1))
println(
    "P26", combination(3, List([Symbol("a"), Symbol("b"), Symbol("c"), Symbol("d")]))
)
println(
    "P28",
    lsort(
        List(
            [
                List([Symbol("a"), Symbol("b"), Symbol("c")]),
                List([Symbol("d"), Symbol("e")]),
                List([Symbol("f"), Symbol("g"), Symbol("h")]),
                List([Symbol("d"), Symbol("e")]),
                List([Symbol("i"), Symbol("j"), Symbol("k"), Symbol("l")]),
                List([Symbol("m"), Symbol("n")]),
                List([Symbol("o")]),
            ]
        )
    ),
)
