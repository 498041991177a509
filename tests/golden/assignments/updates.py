"""Compiled from updates.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    Failure,
    List,
    add,
    lists,
    println,
    strings,
    update_at,
)

# Assigning operators, on variables and on places in containers.
n = 7
n = n + 1 + 2
n -= 4
n *= 3
n /= 4
println(n)
bits = 6
bits |= 1
bits &= 5
bits <<= 2
bits >>= 1
bits ^= 3
print(bits)
text = "a"
text += "b1"
print(text)

weights = List([1, 2, 3])
shared = weights
weights = weights + List([10, 10, 10])
println(weights, shared)
weights[0] += 100
println(weights, update_at(weights, -1, add, 1))

# A missing key starts at 0
counts = {}
for c in "hello":
    counts[c] = counts.get(c, 0) + 1
print(counts["l"], len(counts))
nested = {"a": {"b": 1}}
update_at(nested, ("a", "b"), add, 4)
println(nested)


def count_words(line):
    seen = {}
    for w in strings.split(line, " "):
        seen[w] = seen.get(w, 0) + 1
    return seen


print(count_words("to be or not to be")["be"])

# A missing key of a list of lists
groups = {}


def group(key, value):
    try:
        lists.push(groups[key], value)
    except Failure:
        groups[key] = List([value])


group("even", 2)
group("odd", 3)
group("even", 4)
println(groups["even"], groups["odd"])
