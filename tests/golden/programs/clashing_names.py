"""Compiled from clashing_names.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    List,
    Symbol,
    higher_order,
    is_null,
    printing,
    println,
    searching,
    to_integer,
)
from lisptorch_compile.runtime import add as add_

# names that clash with everything
list = List([1, 2, 3])
str_ = "abc"
print_ = 5
max_ = 10
lambda_ = 3
class_ = "foo"
def_ = 1
import_ = 2
None_ = 3
True_ = 4
self_ = 5
len = 6
range_ = 7
torch = 8
lists = 9
text = 10
add = 11
println_ = 13
_name__ = 14
println(
    list,
    str_,
    print_,
    max_,
    class_,
    def_,
    import_,
    None_,
    True_,
    self_,
    len,
    range_,
    torch,
    lists,
    text,
    add,
    println_,
    _name__,
)


def id(x):
    return x


def sum_(list):
    return sum(list)


print(sum_(list), id(max_))


def min_max(max, min):
    return max - min


print(min_max(9, 4))


def f(id):
    return 1 + id


print(f(3))


def call(id, x):
    return id(x)


println(call(lambda x: x * x, 7))
if_ = 1


def not_(str):
    return None if str else True


println(not_(None), not_(str_))


def is_empty(l):
    return is_null(l)


def is_empty_2(l):
    return Symbol("other")


println(is_empty(List()), is_empty_2(List()))
a_b = 10
a_b_2 = 20
a = 5
b = 3
print(a_b, a_b_2, a - b)
été = 1
λx = 2
変数 = 3
print(été, λx, 変数)
increment = 7
x_superscript_two = 9
a_rightwards_arrow_b = "arrow"
print(increment, x_superscript_two, a_rightwards_arrow_b)
star = 1
plus_plus_plus = 2
less_x_greater = 3
x_bang = 4
is_x = 5
x_percent = 6
x_over_y = 7
print(star, plus_plus_plus, less_x_greater, x_bang, is_x, x_percent, x_over_y)
string = "s"
integer = 4
print(string, integer, str(4), to_integer("12"))


def shadow(max_):
    return max(3, 4)


print(shadow(add_))
in_ = 3
println(in_, searching.contains([1, 2], 2))
list_2 = 5
str_2 = 6
print(list_2, str_2)
println(list, str_)
for dict in [1, 2]:
    for int in [3, 4]:
        print(f"{dict}{int} ", end="")
print()
print(dict, int)
for int, str_ in zip([1, 2], [Symbol("a"), Symbol("b")]):
    printing.print_(int, str_, " ")
print()


def open(x):
    return x + 1


def run_it(x):
    return open(x)


def type_(x):
    return run_it(x)


println(type_(4))


def map_(f, l):
    return higher_order.map_typed(f, l)


println(map_(open, List([1, 2])), map_(open, List([3])))
