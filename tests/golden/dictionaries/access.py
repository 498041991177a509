"""Compiled from access.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    Failure,
    List,
    Symbol,
    at,
    dictionaries,
    printing,
    println,
)

# Reading, writing and walking dictionaries.
config = {"rate": 0.5, "steps": 2 * 5, "names": List([Symbol("a"), Symbol("b")])}
println(config["rate"], config.get("none"), config.get("none", 3))
config["rate"] = 0.1
config["mode"] = Symbol("fast")
println(config, len(config))
for key, value in config.items():
    printing.print_(key, "=", value, ";")
print()
println(dictionaries.keys(config), dictionaries.values(config))
config.pop("mode", None)
try:
    result = config["mode"]
except Failure:
    result = "gone"
println(result)
print({"a": {"b": {"c": 42}}}["a"]["b"]["c"])
println(
    dictionaries.integer_dictionary(1, "one", 2, "two"),
    dictionaries.dictionary(List([Symbol("a"), Symbol("b")]), List([1, 2])),
    dictionaries.tree_dictionary("b", 1, "a", 2),
)


def invert_table(d):
    result = {}
    for k in d:
        result[at(d, k)] = k
    return result


println(invert_table({"x": "1", "y": "2"}))


def lookup(table, key):
    try:
        return table[key]
    except Failure:
        return "unknown"


println(lookup(config, "steps"), lookup(config, "x"))
