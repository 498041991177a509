"""Compiled from object_graph.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    Instance,
    List,
    Symbol,
    at,
    dictionaries,
    is_null,
    kinds,
    less,
    lists,
    ordering,
    println,
    set_at,
    text,
)


# A graph of objects: nodes that hold nodes, visited by methods
class node(Instance):
    def __init__(self, id, edges=None, seen=None):
        self.id = id
        self.edges = edges
        self.seen = seen

    def link_to(self, other, cost):
        self.edges = lists.cons_back(self.edges, List([other, cost]))
        return self

    def degree(self):
        return lists.size(self.edges)

    def visit(self, depth):
        if not self.seen:
            self.seen = True
            println("  " * depth, self.id)
            last = None
            for e in self.edges or ():
                receiver = lists.first(e)
                last = (
                    receiver.visit(depth + 1)
                    if hasattr(receiver, "visit")
                    else receiver(self.visit(depth + 1))
                )
            return last
        return None

    def reset(self):
        self.seen = None


class graph(Instance):
    def __init__(self, nodes=None):
        self.nodes = nodes

    def init(self):
        return {}

    def node_of(self, name):
        if is_null(dictionaries.key(self.nodes, name)):
            set_at(self.nodes, name, node(name, List()))
        return at(self.nodes, name)

    def connect(self, a, b, cost):
        na = self.node_of(a)
        nb = self.node_of(b)
        na.link_to(nb, cost)
        return nb.link_to(na, cost)

    def total(self):
        t = 0
        for k in self.nodes or ():
            n = at(self.nodes, k)
            for e in n.edges or ():
                t = t + lists.second(e)
        return t / 2

    def shortest(self, a, b):
        dist = {}
        dist[a] = 0
        todo = List([List([0, a])])
        while todo:
            ordering.sort(lambda x, y: less(x[0], y[0]), todo)
            d, name = lists.first(todo)
            del todo[:1]
            if name == b:
                return d
            n = self.node_of(name)
            for e in n.edges or ():
                other = at(lists.first(e), Symbol("id"))
                nd = d + lists.second(e)
                old = dictionaries.key(dist, other)
                if is_null(old) or less(nd, old):
                    dist[text(other)] = nd
                    todo.append(List([nd, other]))
        return None


g = graph(None)
g.nodes = g.init()
g.connect("a", "b", 7)
g.connect("a", "c", 3)
g.connect("c", "b", 1)
g.connect("b", "d", 2)
g.connect("e", "f", 5)
println(g.total())
println(g.shortest("a", "d"), g.shortest("a", "f"), g.shortest("c", "c"))
g.node_of("a").visit(0)
a = g.node_of("a")
println(a.degree(), kinds.type_of(a), lists.size(g.nodes))
a.reset()
println(a.seen)
