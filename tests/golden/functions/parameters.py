"""Compiled from parameters.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import UNSET, List, println


def window(xs, size=3, step=UNSET):
    if step is UNSET:
        step = 2 * size
    return List([xs, size, step])


println(window(List([1, 2])), window(List([1, 2]), 4), window(List([1, 2]), step=1))


def collect(first, *others):
    others = List(others)
    return List([first, others])


println(collect(1), collect(1, 2, 3))


# A constant list as default is made anew at each call.
def gather(x, into=UNSET):
    if into is UNSET:
        into = List([0])
    into.append(x)
    return into


println(gather(1), gather(2))
