"""Compiled from collisions.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import Failure, LispError, lists, message, println
from lisptorch_compile.runtime import List as List_

# Names that Python, the runtime or the imports also use.
torch = 1
List = 2
println_ = 3
None_ = 4
len_ = 5
range_ = 6
print(torch, List, println_, None_, len_, range_, len([1, 2]))


def str_(x):
    return str(x)


def import_(from_):
    return from_ + 1


def my_fun_bang(x_to_y):
    return x_to_y * 2


def my_fun(x):
    return x


def my_fun_2(x):
    return x - 1


print(str_(1), import_(2), my_fun_bang(3), my_fun(4), my_fun_2(5))


def with_(as_, in_):
    return List_([as_, in_])


println(with_(1, 2))
is_valid = True
x_star = 1
x = 2
x1 = 3
λx = 4
élan = 5
println(is_valid, x_star, x, x1, λx, élan)


def shadow(list_, sum_):
    return lists.sum(list_) + sum_


print(f"{shadow(List_([1, 2]), 3):g}")
for i in [1, 2]:
    print_me = i
print(print_me)


def self_name(result, error):
    try:
        raise LispError(result)
    except Failure as error_2:
        e = message(error_2)
        return error + e


println("er" in self_name("r", "e"))
