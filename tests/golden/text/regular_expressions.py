"""Compiled from regular_expressions.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    Failure,
    Integers,
    Strings,
    kinds,
    message,
    println,
    regex,
)

# Regular expressions in both notations.
log = "10:32 ERROR disk 1 full; 10:40 INFO disk 2 ok; 11:05 ERROR disk 3 hot"
hour = regex.rgx("%d%d:%d%d")
println(
    hour, kinds.type_of(hour), regex.find(hour, log), regex.find_bounds(hour, log, 5)
)
println(regex.find_all(hour, log), regex.find_all_bounds(hour, log))


def errors(lines):
    return Strings.of(
        [line for line in lines if "" != regex.find(regex.rgx("ERROR%s?+"), line)]
    )


println(errors(regex.split(regex.rgx(";%s"), log)))

# With a text, an expression is a test of the whole of it.
for word in ["disk", "1", "12a"]:
    print(word, "is a number" if regex.matches(regex.rgx("%d+"), word) else "is none")
println(
    Integers(
        [int(bool(regex.matches(regex.rgx("%c+"), item))) for item in ["ok", "Ok"]]
    )
)

# ECMAScript's notation, with groups in the replacement
print(regex.replace(regex.prgx("(\\d+):(\\d+)"), log, "$2 past $1"))
println(
    regex.split(regex.prgx("\\s*;\\s*"), "a ; b;c"),
    regex.matches(regex.prgx("[[:alpha:]]+"), "été"),
)
try:
    result = regex.rgx("%d{1,")
except Failure:
    result = "wrong"
try:
    result_2 = regex.prgx("(")
except Failure as error:
    e = message(error)
    result_2 = e[:46]
println(result, result_2)
