"""Compiled from value_positions.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    Failure,
    LispError,
    List,
    Symbol,
    higher_order,
    lists,
    ordering,
    printing,
    println,
    searching,
    text,
)

# Statements where a value is wanted.
one = 1
if one > 0:
    y = 5
    x = y * 2
else:
    x = 0
print(x, y)
last = None
for i in [1, 2, 3]:
    if i == 2:
        last = None
        break
    last = i
println(last)
z = 4
println(True, z)
q = 10
print(1 + q + (100 if q > 5 else 0))
if x > 100:
    r = Symbol("huge")
elif x > 5:
    w = 1
    r = Symbol("big")
else:
    r = None
println(r, w)
a = 1
a += 5
println(List([True, a, a]))
l = List([1, 2])
println(lists.push(l, 3), len(l))
last = None
while a < 8:
    a += 1
    last = a
println(last)
k = 3
m = k * k
print(m + 1)
try:
    t = 1
    raise LispError("e")
except Failure:
    result = t
print(result)


def f():
    for i in [1, 2, 3]:
        if i == 2:
            return i * 100
    return 0


print(f())
b = 3
holds = True
if holds:
    holds = b > 2
println(holds)
holds = False
if not holds:
    print("side")
    holds = bool(None)
    if not holds:
        holds = one == 1
println(holds)


def transform(v):
    if v > 1:
        return 7
    return v * 10


res = higher_order.map_typed(transform, [1, 2, 3])
println(res)
match text(1 + 1):
    case "2":
        sw = Symbol("two")
        choice = sw
    case _:
        choice = 0
println(choice)
last = None
for i in range(5):
    if i == 3:
        last = None
        break
    last = i * i
println(last)
last = None
for p, q in zip([1, 2], [3, 4]):
    last = p * q
println(last)
c = searching.find("hello", "l")
choice = c
println(choice)
println({"a": 1}.get("b") or "default")
last = None
for i in [1, 2, 3]:
    last = i
h = 2
print(last * h)
println(printing.print_("a"), printing.print_("b"))
println((Symbol("+") if one > 0 else Symbol("-"))(5, 3))
println(
    higher_order.apply(
        Symbol("max", ordering.greatest) if False else Symbol("min", ordering.smallest),
        [4, 2, 9],
    )
)
if searching.contains([1, 2], 3):
    choice = "found"
else:
    nf = True
    choice = "not found"
println(choice, nf)
