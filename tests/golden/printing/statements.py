"""Compiled from statements.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import List, Symbol, printing, println, text

# print, println, printerrln: as statements and as values.
print()
printing.print_(1, "a", Symbol("b"))
print()
print("loss", f"{7 / 2.0:g}", "step", 3)
println(Symbol("a"), println(Symbol("b")))
println(List([1, 2.5, "a", Symbol("b"), None, True, List()]))


def show(title, value):
    println(title, value)


show("int", 3)
show("real", 2.5)
show("list", List([1, "a"]))
show(None, None)


def show_step(i):
    print("step", i)


show_step(3)
print("a1.5", text(2.0), text(List(["a"])))
printing.printerrln("to the error stream")
print("1e+06", "100000", "1e-05", 123456789, "1e+100")
