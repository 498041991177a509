"""Compiled from walking.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    List,
    Strings,
    characters,
    lists,
    println,
    searching,
    strings,
)

# Loops over the keys of a dictionary that want its values, too.
counts = {}
for word in strings.split("to be or not to be", " "):
    counts[word] = counts.get(word, 0) + 1
for word, count in counts.items():
    if count > 1:
        print(word, count)
for word in sorted(counts, reverse=True):
    print(f"{word}:{counts[word]}")
# groups, and what is in the keys
groups = {}
for word in list(counts):
    first = word[0]
    if first not in groups:
        groups[first] = List()
    groups[first].append(word)
for first, group in groups.items():
    println(first, group, len(group))
# what a loop changes it does not see as entries
for word in list(counts):
    counts[word] = 10 * counts[word]
for word in list(counts):
    if word == "or":
        counts.pop(word, None)


def forget(word):
    return lists.pop(counts, word) if searching.contains(counts, word) else None


for word in list(counts):
    forget("to")
    println(word, searching.contains(counts, word))
println(counts)


# the characters of a text, and a list that is sorted where it is
def letters(s):
    return Strings(sorted([char for char in s if characters.is_alpha(char)]))


println(letters("b2a1"))
largest = List([3, 9, 4])
largest.sort(reverse=True)
pairs = List([List(["b", 1]), List(["a", 2])])
pairs.sort(key=lambda a: a[0])
println(largest, pairs)
