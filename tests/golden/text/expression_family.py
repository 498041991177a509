"""Compiled from expression_family.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import println, regex

# Each function of both notations.
digits = regex.rgx("%d+")
println(
    regex.matches(digits, "123"),
    regex.matches(digits, "12a"),
    regex.replace(digits, "a1b22", "#"),
)
word = regex.prgx("\\w+")
println(regex.find(word, "ab c1"), regex.find_all(word, "ab c1"))
println(regex.find_bounds(word, " ab c1"), regex.find_all_bounds(word, " ab c1"))
