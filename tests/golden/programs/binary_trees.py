"""Compiled from binary_trees.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    Integers,
    List,
    Symbol,
    greater,
    higher_order,
    less,
    lists,
    no_match,
    patterns,
    println,
    text,
)


# Binary trees by patterns: (value left right), or () for none
def cbal(n):
    if n == 0:
        return List([List()])
    if n == 1:
        return List([List([Symbol("x"), List(), List()])])
    if (n - 1) % 2 == 0:
        h = int((n - 1) / 2)
        t = cbal(h)
        return pairs(t, t)
    h = int((n - 1) / 2)
    s = cbal(h)
    b = cbal(h + 1)
    return lists.concat_in_place(pairs(s, b), pairs(b, s))


def pairs(ls, rs):
    r = List()
    for l in ls:
        for m in rs:
            r.append(List([Symbol("x"), l, m]))
    return r


for u in cbal(4):
    println(u)


def mirror(items, others):
    match items:
        case _ if patterns.is_empty(items) and patterns.is_empty(others):
            return True
        case [_, a, b]:
            match others:
                case [_, c, d]:
                    return bool(mirror(a, d) and mirror(b, c))
    return None


def symmetric(items):
    match items:
        case []:
            return True
        case [_, l, r]:
            return mirror(l, r)
    raise no_match("symmetric")


def add_node(x, items):
    match items:
        case _ if patterns.is_empty(items):
            return List([x, List(), List()])
        case [v, l, r]:
            if less(x, v):
                return List([v, add_node(x, l), r])
            return List([v, l, add_node(x, r)]) if greater(x, v) else List([v, l, r])
    raise no_match("add-node")


def construct(l):
    t = List()
    for x in l:
        t = add_node(x, t)
    return t


println(construct(List([3, 2, 5, 7, 1])))
println(
    symmetric(construct(List([5, 3, 18, 1, 4, 12, 21]))),
    symmetric(construct(List([3, 2, 5, 7, 4]))),
)


def leaves(items):
    match items:
        case _ if patterns.is_empty(items):
            return 0
        case [_, item, item_2] if patterns.is_empty(item) and patterns.is_empty(item_2):
            return 1
        case [_, l, r]:
            return leaves(l) + leaves(r)
    raise no_match("leaves")


def height(items):
    match items:
        case _ if patterns.is_empty(items):
            return 0
        case [_, l, r]:
            return 1 + max(height(l), height(r))
    raise no_match("height")


def inorder(items):
    match items:
        case _ if patterns.is_empty(items):
            return List()
        case [v, l, r]:
            return lists.concat(inorder(l), List([v]), inorder(r))
    raise no_match("inorder")


def preorder(items):
    match items:
        case _ if patterns.is_empty(items):
            return List()
        case [v, l, r]:
            return List([v, *lists.concat(preorder(l), preorder(r))])
    raise no_match("preorder")


def at_level(items, n):
    match items:
        case _ if patterns.is_empty(items):
            return List()
        case [v, *_] if n == 1:
            return List([v])
        case [_, l, r]:
            return lists.concat(at_level(l, n - 1), at_level(r, n - 1))
    raise no_match("at-level")


t = construct(List([8, 4, 12, 2, 6, 10, 14, 1, 3]))
println(leaves(t), height(t), inorder(t), preorder(t))
println(
    higher_order.map_typed(lambda n: at_level(t, n), Integers(range(1, height(t) + 1)))
)


def to_string(items):
    match items:
        case []:
            return ""
        case [v, [], []]:
            return text(v)
        case [v, l, r]:
            return f"{text(v)}({to_string(l)},{to_string(r)})"
    raise no_match("to-string")


s = to_string(
    List(
        [
            Symbol("a"),
            List(
                [
                    Symbol("b"),
                    List([Symbol("d"), List(), List()]),
                    List([Symbol("e"), List(), List()]),
                ]
            ),
            List(
                [
                    Symbol("c"),
                    List(),
                    List([Symbol("f"), List([Symbol("g"), List(), List()]), List()]),
                ]
            ),
        ]
    )
)
print(s)


# multiway trees in node-string notation
def parse_tree(chars, pos):
    node = List([chars[pos]])
    pos += 1
    while chars[pos] != "^":
        sub = parse_tree(chars, pos)
        node.append(sub[0])
        pos = sub[1]
    return List([node, pos + 1])


mt = parse_tree("afg^^c^bd^e^^^", 0)[0]
println(mt)


def nnodes(tr):
    return 1 + lists.sum(higher_order.map_list(nnodes, lists.rest(tr)))


def ipl(tr, d):
    return d + lists.sum(higher_order.map_list(lambda k: ipl(k, d + 1), lists.rest(tr)))


print(f"{nnodes(mt):g}", f"{ipl(mt, 0):g}")
