"""Compiled from functions.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    List,
    Strings,
    Symbol,
    parts,
    println,
    searching,
    strings,
)

# Functions on texts.
line = "  The quick  brown fox "
print(line.upper(), "ABC".lower(), line.strip(), len(line))
println(strings.split(line, " "), strings.split_all("a,,b", ","), Strings("abc"))
print(line[2], line[-2], "hello"[:2], strings.middle("hello", 1, 3))
print(
    parts.extract("/home/toto/name.txt", Symbol("-"), "/", Symbol("-")),
    parts.extract("key=value", "=", Symbol("-")),
    parts.extract("12345", 1, -1),
)
println(
    searching.find(line, "quick"),
    searching.find(line, "slow"),
    "fox" in line,
    "banana".count("an"),
)
print(line.replace("quick", "slow"), "a, b", "ab" * 2, "abc"[::-1])


def initials(name):
    result = ""
    for word in strings.split(name, " "):
        result += word[0]
    return result


print(initials("Ada King Lovelace"))


def shout(words):
    return strings.join([word.upper() for word in words], "! ")


print(shout(List(["hey", "you"])))
for c in "abc":
    print(f"{c}.", end="")
print()
