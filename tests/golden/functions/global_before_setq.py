"""Compiled from global_before_setq.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import List

# A name that is read as a global, then set: the local starts at the setq.
limit = 3
label_text = "outer"


def clipped(x):
    limit_2 = 2 * x if x > limit else limit
    return limit_2


print(clipped(1), clipped(9), limit)


def relabel(l):
    print(label_text)
    label_text_2 = label_text
    for x in l:
        label_text_2 = f"seen {x}"
    return label_text_2


print(relabel(List([1, 2])), relabel(List()), label_text)


def shadow():
    limit_2 = limit + 10
    return limit_2


print(shadow(), shadow(), limit)
