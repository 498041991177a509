"""Compiled from late_globals.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    Failure,
    List,
    Symbol,
    add,
    higher_order,
    lists,
    println,
    same,
    sequences,
)


# late globals, functions using later functions, redefinition
def report():
    print("total", total, helper(total))


def helper(x):
    return twice(x + 1)


total = 4


def twice(x):
    return 2 * x


report()
total = 10
report()


def bump():
    global total
    total += 1
    return total


print(bump(), total)


def local():
    total = 100
    total += 1
    return total


print(local(), total)


def sg():
    global fresh
    fresh = "new"
    return fresh


print(sg(), fresh)


def counter():
    global cnt
    try:
        result = cnt
    except Failure:
        result = 0
    cnt = result + 1
    return cnt


counter()
counter()
print(counter(), cnt)


def f(x):
    return add(x, total)


println(f(1))
total = 0
println(f(1))
op = add
println(op(1, 2), op(3, 4))
ops = {"+": Symbol("+"), "*": Symbol("*")}
println(ops["+"](2, 3), higher_order.apply(ops["*"], [6, 7]))
table = {"sq": lambda x: x * x, "inc": lambda x: x + 1}
for k in ["sq", "inc"]:
    println(k, table[k](6))


def compose(f, g):
    return lambda x: f(g(x))


h = compose(lambda x: x * 2, lambda x: x + 1)
println(h(5))


def twice_(f, x):
    return f(f(x))


def bumpn(n):
    return n + 10


println(twice_(bumpn, 3), twice_(lambda x: x * x, 3))
g = bumpn
println(g(1), higher_order.map_typed(g, [1, 2]), higher_order.map_typed(bumpn, [1, 2]))
x = 10


def noreturn():
    return "big" if x > 100 else None


println(noreturn())
l = List([1, 2, 3])
m = l
m.append(4)
println(l, m, same(l, m), l == m)


def addto(lst, v):
    lst.append(v)


addto(l, 5)
println(m)
nested = sequences.replicate(3, List())
for i in [0, 1, 2]:
    lists.push(nested[i], i)
println(nested)
shared = List([l, l])
del l[-1:]
println(shared)
