"""Compiled from nothing_else.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import List, at, lists, println, threads

# A thread has copies of its arguments, of the variables of the file, and of what it takes
# out of the store.
own = threads.Variables()
own.numbers = List([1, 2, 3])
own.mode = "main"


@threads.in_thread
def change(items, table):
    items.append(4)
    table["a"] = List([9])
    table["b"].append(9)
    own.mode = "thread"
    own.numbers.append(5)
    println(items, table, own.mode, own.numbers)


table = {"a": List([1]), "b": List([2])}
change(own.numbers, table)
threads.wait()
println(own.numbers, table, own.mode)

kept = List([1, 2])
threads.store("kept", kept)
kept.append(3)
lists.push(at(threads.retrieve("kept"), 0), 4)
println(kept, threads.retrieve("kept"))
println(threads.clear("kept"), threads.retrieve("kept"))
println(threads.retrieve("nothing"), threads.clear("nothing"))
