"""Compiled from contexts.lsp by lisptorch-compile."""

import contextlib
import io

from lisptorch_compile.runtime import Failure, List, Strings, lists, println, strings


# Python's context managers.
def save(path, lines):
    with open(path, "w") as out:
        return out.writelines(Strings.of([f"{line}\n" for line in lines]))


def first_long(path):
    with open(path) as lines:
        for line in lines:
            if lists.size(line) > 4:
                return strings.trim(line)
    return "none"


save("words.txt", List(["one", "three", "four"]))
print(first_long("words.txt"))
with open("words.txt") as f:
    total = lists.size(f.readlines())
print(total)
# without a name, and several at once
with contextlib.suppress(ZeroDivisionError), contextlib.nullcontext(1):
    print("before")
    print(f"{1 / 0:g}")
    print("never")
with open("words.txt") as a, io.StringIO(a.read()) as text:
    println(text.getvalue())
# the second one needs a statement: it starts a block of its own
with contextlib.nullcontext(1) as a:
    try:
        result_2 = a / 0
    except Failure:
        result_2 = "infinite"
    with contextlib.nullcontext(result_2) as b:
        println(a, b)
try:
    with open("missing.txt") as f:
        result = f.read()
except Failure:
    result = "no such file"
println(result)
