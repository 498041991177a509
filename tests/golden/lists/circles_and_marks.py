"""Compiled from circles_and_marks.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    LinkedList,
    List,
    Symbol,
    iterate,
    kinds,
    lists,
    marks,
    printing,
    println,
)

# Lists that run into themselves.
ring = LinkedList([10, 20, 30])
lists.extend(ring, ring)
println(ring, kinds.is_cyclic(ring), kinds.is_cyclic(LinkedList([1, 2])))
for _ in range(2):
    ring = lists.rest(ring)
    printing.print_(lists.first(ring), " ")
print()
println(
    LinkedList([Symbol("a")], Symbol("b")),
    lists.rest(LinkedList([Symbol("a")], Symbol("b"))),
    lists.cons(1, 2),
)

a = List([1, 2])
b = List([10])
a.append(b)
b.append(a)
println(a, b)


# A mark says where a walk has been.
def visit(l):
    if marks.is_marked(l):
        print("seen before")
    else:
        marks.set_mark(l, True)
        for x in iterate(l):
            if kinds.is_list(x):
                visit(x)
            else:
                println(x)
        return marks.set_mark(l, None)


visit(a)
