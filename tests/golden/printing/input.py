"""Compiled from input.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import List, printing, println

name = printing.read_line("name? ")
println("hello", name)
println(
    printing.read_line(),
    printing.read_character(),
    printing.read_line(),
    printing.read_line(),
    printing.read_line(),
)
print(printing.prettify(List([1, List([2, 3])]), 50))
