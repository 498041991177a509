"""Compiled from element_equality.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import Integers, List, Symbol, equal_each, println


# `==` of single values is a number, and a plain test where only its truth counts.
def report(step, every):
    if step % every == 0:
        print("step", step)


for i in range(7):
    report(i, 3)

command = "quit"
if command == "quit":
    print("bye")
found = None
for word in ["a", "bb", "a"]:
    if word == "bb":
        found = word
println(found, Symbol("nothing") if found is None else Symbol("something"))
rolls = Integers([6, 1, 6, 3])
sixes = 0
for roll in rolls:
    sixes += int(roll == 6)
while sixes != 0:
    sixes -= 1
print(sixes, sum([int(roll == 6) for roll in rolls]))
# On lists it goes element by element.
println(
    equal_each(rolls, 6),
    equal_each(List([1, 2]), List([1, 3])),
    equal_each(rolls, Integers([6, 6, 6, 6])),
)


def same_as(x):
    return equal_each(x, 6)


println(same_as(6), same_as(rolls))
