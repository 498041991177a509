"""Compiled from inside_forms.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import Failure, List, println

# A block comment
# of two lines
a = 1  # behind, with two
b = 2  # with one


# behind the name
# behind a parameter
# behind the parameters
def f(x, y=2):
    # above the second parameter
    # above the condition
    # above the first clause
    # behind the test
    # above the value
    # behind the value
    # behind the clause
    # above the second clause
    # at the end of the clauses
    return "more" if x > y else "less"
    # at the end of the body


print(f(1), f(3))  # behind the call

# above a call over several lines
# behind an operand
# above an operand
# between arguments
# behind the head
# behind an element
# at the end of the list
println(1 + 2, List([1, 2]))  # behind its end

# in quoted data
# the first
# above the second
numbers_list = List([1, 2])


def g(x):  # behind the parameters of a lambda
    # above its body
    return x + 1  # behind its body


println(g(1), numbers_list)

if a > 0:  # behind the test
    print("yes")  # behind the first arm
else:
    # above the second arm
    print("no")
    # behind the if

while a < 3:  # behind the test of a loop
    # only a comment above
    a += 1
    # the last of the loop
    # behind the loop
c = 1  # behind a binding
# above a binding
d = 2
# in the let
print(c, d)
try:
    # in the attempt
    print("fine")
except Failure:
    # above the handler
    print("failed")
# the end
