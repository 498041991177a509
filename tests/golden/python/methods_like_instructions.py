"""Compiled from methods_like_instructions.lsp by lisptorch-compile."""

import json
import math
import pickle
import re
from concurrent.futures import ThreadPoolExecutor
from os import path
from pathlib import PurePosixPath

from lisptorch_compile.runtime import (
    Failure,
    Instance,
    List,
    Symbol,
    higher_order,
    json_text,
    lists,
    loops,
    println,
    strings,
    to_list,
)

# Methods of Python's objects that are named like instructions, variables or functions.
comma = re.compile(",")
# what cannot be called has the method, what can be called gets the value
println(
    comma(strings.split("a,b")) if callable(comma) else comma.split("a,b"),
    re.compile("b").findall("abba"),
)


def parts(x):
    return x(strings.split("1,2")) if callable(x) else x.split("1,2")


println(parts(comma), parts(lists.size), PurePosixPath("a/b").with_name("c"))


# a number is no container, so that only the method can be meant
def measured(t):
    return List([t.sum(1), t.count(2)])


class Sums(Instance):
    def __init__(self, rows):
        self.rows = rows

    def sum(self, axis):
        return higher_order.map_typed(loops.fold_add, self.rows)

    def count(self, n):
        return len(self.rows)


println(measured(Sums(List([List([1, 2]), List([3, 4])]))))


# a variable that holds no function; a module is never called
class Optimizer(Instance):
    def __init__(self, steps):
        self.steps = steps

    def step(self):
        self.steps += 1
        return self.steps


optimizer = Optimizer(0)
counter = re.compile("x").match("xx")
for end in range(2):
    println(counter.end(), optimizer.step())


def gcd(a, b):
    return Symbol("mine")


println(math.gcd(12, 18), gcd(12, 18))


# (m (eval)) is a method, and evaluates no code
class Model(Instance):
    def __init__(self, mode):
        self.mode = mode

    def eval(self):
        self.mode = Symbol("testing")
        return self


model = Model(Symbol("train"))
println(model.eval())
with ThreadPoolExecutor(2) as pool:
    println(
        to_list(
            pool(List([n * n for n in [1, 2, 3]]))
            if callable(pool)
            else pool.map(lambda n: n * n, List([1, 2, 3]))
        )
    )
# a variable or module named like an instruction; a module among what is imported
mask = re.compile("m")
println(mask.match("mask").group(), path.basename("a/b"), path.basename("c/d"))
println(json.loads("[1, 2]"), json_text.dumps({"a": 1}), json.dumps(False))


def stored(name):
    return pickle.load(name)


try:
    result = stored(None)
except Failure:
    result = "no file"
println(result)
