"""Compiled from counting.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import Failure, List, at, dictionaries, println, strings

seen = {}
for word in strings.split("to be or not to be", " "):
    seen[word] = seen.get(word, 0) + 1
for word in sorted(seen):
    print(f"{word}:{seen[word]} ", end="")
print()
d = {"a": 1, "b": 1 + 1}
value = d["b"]
key_at_result = d.get("z")
try:
    result = d["z"]
except Failure:
    result = "none"
println(d, value, key_at_result, len(d), result)
d["c"] = List([1, 2])
println(at(d, "c", 1), dictionaries.keys({"x": 1}), dictionaries.values({"x": 1}))
println({12: "e"}, {"k": 1}, {})
s = {3, 1, 2}
s.add(1)
println(s, 2 in s, len(s))
