"""Compiled from choices.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import List, Symbol, println


def grade(n):
    if n >= 90:
        return "A"
    return "B" if n >= 60 else "C"


print(grade(95), grade(61), grade(0))


def grade_of(n):
    return n


def first_large(l):
    for x in l:
        if x > 2:
            return x
    return Symbol("none")


println(first_large(List([1, 3, 5])), first_large(List([1])))
match "b":
    case "a":
        choice = 1
    case "b":
        choice = 2
    case _:
        choice = 3
println(choice, grade_of(None) or grade_of(7))
n = 3
if n == 3:
    choice = 20
else:
    choice = None
if n == 4:
    choice_2 = 1
else:
    choice_2 = 3
println(choice, 1 if n == 4 else Symbol("no"), choice_2)
a = 1
b = a + 1
print(a, b)
t = 1
print(t + 1)
