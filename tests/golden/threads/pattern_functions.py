"""Compiled from pattern_functions.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import List, no_match, threads


def len(items):
    match items:
        case []:
            return 0
        case [_, *r]:
            return 1 + len(r)
    raise no_match("len")


def loud_one():
    return 10


def loud_len(items):
    match items:
        case []:
            return 0
        case [_, *r]:
            return loud_one() + loud_len(r)
    raise no_match("loud.len")


print(len(List([1, 2, 3])), loud_len(List([1, 2, 3])))
own = threads.Variables()
own.total = 0


def add(items):
    while True:
        match items:
            case []:
                return
            case [x, *r]:
                own.total += x
                items = r
            case _:
                raise no_match("add")


@threads.in_thread
def work(l):
    add(l)
    threads.store("t", len(l))


work(List([1, 2, 3]))
threads.wait()
print(own.total)
