"""Compiled from hostile.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import List, Symbol, println, strings, text

# Texts that would like to be code.
print('"""', "'''", "{name}", "%s %d", "\\n", "#{x}", "q")
print("\"raw\" \\n 'quotes'", "tab\tend", "line\nbreak")
name = "Ann"
print(f"{name}: {{0}} {{name}}", name + '"' + text(Symbol("\\")) + "'")
print(f'{{name}} is {name}, "{len(name)}" \\', strings.fill_in("%1 {} %%", name))
path = "C:\\new\\table"
print(path, len(path))
print("é", "日本", "😀", len("😀é"), "\\", "end\\")
println(List(['a"b', "c\\d", List([Symbol("quote"), Symbol("e")])]), text(List(["x"])))
