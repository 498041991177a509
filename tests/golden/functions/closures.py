"""Compiled from closures.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import List, add, println, strings


# What lambdas keep, read and write.
def adder(n):
    return lambda x: add(x, n)


add_three = adder(3)
println(add_three(4))


def make_counter(start):
    n = start

    def callback():
        nonlocal n
        n += 1
        return n

    return List([callback, lambda: n])


step, read = make_counter(10)
step()
step()
println(read())


# A lambda in place works on the variables around it
def total(l):
    sum_of_all = 0
    for x in l:
        sum_of_all += x
    return sum_of_all


print(total(List([1, 2, 3])))


# Functions as values
def twice(f, x):
    return f(f(x))


println(
    twice(add_three, 1), twice(lambda s: add(s, "!"), "hey"), twice(strings.upper, "a")
)

# One lambda per round
callbacks = List()
for i in [1, 2, 3]:
    callbacks.append(lambda: 10 * 1)
println(len(callbacks), callbacks[0]())
x = 1
y = 2
print(x, y)
