"""Compiled from csv_report.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    Integers,
    List,
    Strings,
    Symbol,
    add,
    at,
    characters,
    dictionaries,
    higher_order,
    lists,
    ordering,
    parts,
    println,
    remainder,
    searching,
    set_at,
    strings,
    to_integer,
    truth,
)

# A table is read, sorted and grouped; words are counted and written anew.
csv = """name,age,city
Alice,30,Paris
Bob,25,London
Carol,41,Rome
"""
lines = strings.split(csv.strip(), "\n")
header = strings.split(lists.first(lines), ",")
rows = List(
    [dictionaries.dictionary(header, strings.split(l, ",")) for l in lists.rest(lines)]
)
println(len(rows), rows[0]["name"])
for r in rows:
    println(
        add(
            strings.padded(r["name"], " ", 8)
            + "|"
            + strings.padded(r["age"], " ", 4)
            + "|",
            r["city"],
        )
    )
ages = Integers(higher_order.map_typed(lambda r: r["age"], rows))
println("mean", sum(ages) / len(ages), "max", max(ages, default=None))
print("; ".join([strings.upper(r["name"]) for r in rows]))
ordering.sort(lambda a, b: to_integer(a["age"]) < to_integer(b["age"]), rows)
println(higher_order.map_typed(lambda r: r["name"], rows))
by_len = dictionaries.integer_dictionary()
for r in rows:
    n = r["name"]
    k = lists.size(n)
    if truth(dictionaries.key(by_len, k)):
        lists.push(at(by_len, k), n)
    else:
        set_at(by_len, k, List([n]))
for k in sorted(by_len):
    println(k, at(by_len, k))


def caesar(s, n):
    return "".join(
        higher_order.map_typed(
            lambda c: (
                chr(97 + remainder(n + (lists.first(strings.code_points(c)) - 97), 26))
                if characters.is_lower(c)
                else c
            ),
            s,
            None,
        )
    )


print(caesar("hello, world", 3), caesar(caesar("hello", 3), 23))


def palindrome(s):
    s = Strings.of([char for char in strings.lower(s) if characters.is_alpha(char)])
    return s == lists.reverse(s, True)


println(palindrome("A man, a plan"), palindrome("Never odd or even"))


def count_words(t):
    d = {}
    for w in strings.split(t.lower(), " "):
        d[w] = d.get(w, 0) + 1
    return d


cw = count_words("the cat and the dog and the bird")
pairs = higher_order.map_typed(lambda k: List([cw[k], k]), dictionaries.keys(cw))
ordering.sort(lambda a, b: a[0] > b[0] or a[0] == b[0] and a[1] < b[1], pairs)
println(parts.take_count(3, pairs))
print("2024-01-15".replace("-", "/"), parts.extract("key=value", "=", Symbol("-")))
s = "The quick brown fox"
println(
    Strings.of(
        [
            w[0].upper() + parts.extract(w, 1, len(w)).lower()
            for w in strings.split(s, " ")
        ]
    )
)
print(" ".join(lists.reverse(strings.split(s, " "))))
acc = ""
for c in s:
    if characters.is_vowel(c):
        acc += "*"
    else:
        acc += c
print(acc)
println(
    len([char for char in s if characters.is_vowel(char)]), searching.find_all(s, "o")
)
