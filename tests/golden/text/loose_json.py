"""Compiled from loose_json.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import Failure, Symbol, json_text, parts, println

# JSON without commas, and with newlines in its texts, as models write it
println(json_text.parse('{"a":2 "b":[1 2 3] "c":{"d":true "e":null}}'))
println(json_text.parse('{"say":"hi there, {you} [x] y",\n "more": "two\nlines"}'))
try:
    result = json_text.parse('{"a":1 "b"}')
except Failure:
    result = "broken"
println(result)
print(
    parts.extract("abcdefghij", "b", 3),
    parts.extract("abcdefghij", Symbol("+"), "b", 3),
    parts.extract("a-b-c-d", Symbol("-"), "-", 1),
)
