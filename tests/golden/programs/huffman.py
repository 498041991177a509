"""Compiled from huffman.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    List,
    add,
    equal,
    higher_order,
    kinds,
    less,
    lists,
    ordering,
    parts,
    println,
    regex,
    to_integer,
)
from lisptorch_compile.runtime import text as text_

# huffman coding and run length
text = "abracadabra"
freq = {}
for c in text:
    freq[c] = freq.get(c, 0) + 1
nodes = higher_order.map_typed(lambda k: List([freq[k], k]), sorted(freq), None)


def by_weight(a, b):
    return bool(
        less(lists.first(a), lists.first(b))
        or equal(lists.first(a), lists.first(b))
        and text_(lists.second(a)) < text_(lists.second(b))
    )


while len(nodes) > 1:
    ordering.sort(by_weight, nodes)
    a, b = parts.take_count(2, nodes)
    del nodes[:1]
    del nodes[:1]
    nodes.append(List([add(lists.first(a), lists.first(b)), List([a, b])]))
codes = {}


def walk(n, prefix):
    while True:
        if kinds.is_text(lists.second(n)):
            codes[text_(lists.second(n))] = prefix
            return
        walk(lists.follow(n, "aad"), f"{prefix}0")
        n, prefix = lists.first(lists.follow(n, "dad")), f"{prefix}1"


walk(lists.first(nodes), "")
println(len(codes), lists.follow(nodes, "aa"))
print(len("".join([codes[c] for c in text])))


def rle(s):
    res = ""
    prev = ""
    n = 0
    for c in f"{s}0":
        if c == prev:
            n += 1
        else:
            if n > 0:
                res += f"{n}{prev}"
            prev = c
            n = 1
    return res


print(rle("aaabbc"))


def unrle(s):
    return "".join(
        [
            parts.extract(p, -1) * to_integer(p)
            for p in regex.find_all(regex.prgx("\\d+\\D"), s)
        ]
    )


print(unrle("3a2b1c"))
