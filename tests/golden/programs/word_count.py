"""Compiled from word_count.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    List,
    at,
    dictionaries,
    higher_order,
    less,
    lists,
    ordering,
    println,
    searching,
    strings,
    text,
    to_list,
)

# Which words are frequent in a text, and how it reads backwards.
text_to_read = """the cat saw the dog
and the dog saw
a cat"""


def words_of(text):
    words = List()
    for line in strings.split(text, "\n"):
        words.extend(strings.split(line, " "))
    return words


def frequencies(words):
    seen = {}
    for w in words:
        key = text(w)
        seen[key] = seen.get(key, 0) + 1
    return seen


# The most frequent first, then by the alphabet
def ranked(seen):
    return ordering.sort(
        lambda a, b: (
            less(a, b) if at(seen, a) == at(seen, b) else at(seen, a) > at(seen, b)
        ),
        to_list(dictionaries.keys(seen)),
    )


words = words_of(text_to_read)
seen = frequencies(words)
for w in higher_order.take(3, ranked(seen)):
    print(strings.padded(w, " ", 5), at(seen, w))
print(len(words), "words,", len(seen), "distinct")
print(strings.join(lists.reverse(searching.unique(words)), " "))
println(
    higher_order.map_typed(
        lambda w: List([w, len(w)]), [w for w in searching.unique(words) if len(w) > 2]
    )
)
