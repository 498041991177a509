"""Compiled from kinds.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import List, Symbol, at, dictionaries, json_text, println

# Dictionaries by the kind of their keys, in every spelling.
println(
    dictionaries.integer_dictionary(12, "e", 15, Symbol("f")),
    dictionaries.number_dictionary(1.5, "a"),
    dictionaries.dictionary(List([Symbol("a"), Symbol("b")]), List([1, 2])),
)
println(
    dictionaries.tree_dictionary("b", 1, "a", 2),
    dictionaries.integer_tree_dictionary(3, "c", 1, "a"),
    dictionaries.number_tree_dictionary(2.5, "x", 0.5, "y"),
)
ages = dictionaries.key("Ann", 31)
dictionaries.key(ages, "Bob", 27)
println(
    ages,
    dictionaries.key(ages, "Bob"),
    dictionaries.key(ages, "Zoe"),
    dictionaries.key(ages, "Ann"),
)
squares = dictionaries.integer_key(2, 4)
dictionaries.integer_key(squares, 3, 9)
println(
    squares,
    dictionaries.integer_key(squares, 3),
    dictionaries.number_key(0.5, "half"),
    dictionaries.number_key(1.5, "x"),
)
println(
    dictionaries.keys(ages),
    dictionaries.values(ages),
    dictionaries.keys(ages),
    dictionaries.values(ages),
)
println(dictionaries.keys(ages), dictionaries.values(ages))
twice = 3
println(
    dictionaries.number_set(2.5, 1, twice),
    {3, 1, twice},
    {"b", "a"},
    dictionaries.make_set(1, "a"),
)
println(json_text.dumps({"a": List([1, "x", True])}), json_text.parse("[1,2.5,null]"))
path = "data.json"
json_text.write({"k": List([1, 2])}, path)
println(json_text.read(path), at(json_text.parse('{"b":{"c":3}}'), "b", "c"))
println(json_text.dictionary(List(["k", 1])))
