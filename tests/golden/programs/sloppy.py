"""Compiled from sloppy.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import List, Symbol, println, searching


# Sloppy code that LispE takes, with a hash comment.
def f(unused1, unused2):
    return 10


print(f(1, 2))
# variables named like library functions
size_ = 3
list2 = List([1, 2, 3])
index = 0
count = 5
max_ = 7
key = "k"
values = List([9, 8])
println(count, key, values, searching.count([1, 1, 2], 1))


def show(list):
    println("list:", list, len(list))


show(List([Symbol("a"), Symbol("b")]))


def area(left, right):
    return left * right


print(area(3, 4))
string = "abc"
print(string, str(12))
# a block comment
# (println "not executed")
println(Symbol("done"))
x = 5
y = 6
print(x + y)
print(x * y)
if x > 3:
    print("bigger")
println(1 if x > 30 else None)
if x < 3:
    res = Symbol("low")
else:
    res = Symbol("mid") if x < 10 else Symbol("high")
println(res)
