"""Compiled from parts.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import Symbol, parts, println, strings

println("a1.5", "n1-2", strings.split("a,,b", ","), strings.split_all("a,,b", ","))
print(
    "été".upper(),
    "  x ".strip(),
    "hello"[:2],
    strings.right("hello", 3),
    parts.extract("hello", 1, 3),
)
print(
    strings.join([Symbol("a"), 1, "b"], "/"),
    "hello".replace("l", "x"),
    strings.fill_in("%1-%2", "x", 3),
)
println("raw \\n text", 'tab\tquote" done', len("日本"), strings.code_points("ab"))


def tag(name, n):
    return f"{name}-{n}"


print(tag("w", 3))
name = "Ann"
print(f"Hello {name}, {1 + 2}")
