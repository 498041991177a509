"""Compiled from sizes.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    UNSET,
    Failure,
    Integers,
    List,
    Symbol,
    no_match,
    println,
    tail_recursive,
)


# Rules of different sizes, the recursion a loop.
def total(l, acc=UNSET):
    while True:
        if acc is UNSET:
            acc = 0
            continue
        match l:
            case []:
                return acc
            case [a, *b]:
                l, acc = b, acc + a
                continue
        raise no_match("total")


print(total(List([1, 2, 3])), total(Integers(range(1, 1001))))


# A function that calls others by the name that it gets.
def each(f, items):
    match items:
        case []:
            return List()
        case [a, *b]:
            return List([f(a), *each(f, b)])
    raise no_match("each")


def twice(x):
    return 2 * x


println(each(twice, List([1, 2, 3])), each(lambda x: x + 1, List([1, 2, 3])))


# Two that call each other last.
@tail_recursive
def is_even(n):
    if n == 0:
        return True
    return is_odd.tail(n - 1)


@tail_recursive
def is_odd(n):
    if n == 0:
        return None
    return is_even.tail(n - 1)


println(is_even(10000), is_odd(10000))


# `self`, variables of a rule, a rule with several forms.
def down(n):
    while True:
        if n == 0:
            print("done")
            return
        half = n - 1
        print(f"{n} ", end="")
        n = half


down(3)


def hanoi(n, from_, to, by):
    if n == 0:
        return 0
    return hanoi(n - 1, from_, by, to) + 1 + hanoi(n - 1, by, to, from_)


print(hanoi(5, Symbol("a"), Symbol("b"), Symbol("c")))

print(hanoi(1, 2, 3, 4))
try:
    result = total(3, 4)
except Failure:
    result = "no list"
print(result)
println(
    List(
        [
            List(
                [
                    Symbol("defpat"),
                    Symbol("total"),
                    List([Symbol("l")]),
                    List([Symbol("total"), Symbol("l"), 0]),
                ]
            ),
            List(
                [
                    Symbol("defpat"),
                    Symbol("total"),
                    List([List(), Symbol("acc")]),
                    Symbol("acc"),
                ]
            ),
            List(
                [
                    Symbol("defpat"),
                    Symbol("total"),
                    List(
                        [List([Symbol("a"), Symbol("$"), Symbol("b")]), Symbol("acc")]
                    ),
                    List(
                        [
                            Symbol("total"),
                            Symbol("b"),
                            List([Symbol("+"), Symbol("acc"), Symbol("a")]),
                        ]
                    ),
                ]
            ),
        ]
    )
)
