"""Compiled from changing.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    Failure,
    characters,
    higher_order,
    parts,
    println,
    searching,
    set_at,
    strings,
)

# Texts are values: what changes one gives the variable the new text.
s = "abcdef"
s = set_at(s, 0, "A")
s = parts.set_range(s, 1, 3, "--")
print(s)
s = s.replace("-", "+")
print(s, searching.replace_all(s, "+", "x"))
println(
    higher_order.filter_list(characters.is_vowel, "aeb"),
    higher_order.take_list(characters.is_vowel, "aeb"),
    strings.padded("7", "0", -3),
)
try:
    result = strings.replace("abc", "x", 2, 1)
except Failure:
    result = "out of range"
print(strings.replace("hello", "p!", -2, 5), result)
