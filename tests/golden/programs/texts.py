"""Compiled from texts.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    UNSET,
    Instance,
    List,
    add,
    apl,
    at,
    dictionaries,
    less,
    lists,
    println,
    remainder,
    searching,
    set_at,
    strings,
    to_integer,
    truth,
)
from lisptorch_compile.runtime import text as text_

# Texts: lines, numbers in words, a trie, bowling, a knight on its tour, a calendar
text = "In olden times when wishing still helped one, there lived a king whose daughters were all beautiful."


def wrap(s, w):
    lines = List()
    cur = ""
    for word in strings.split(s, " "):
        if cur == "":
            cur = word
        elif len(cur) + 1 + len(word) <= w:
            cur += f" {word}"
        else:
            lines.append(cur)
            cur = word
    return lists.push(lines, cur)


for l in wrap(text, 30):
    print(l)


def justify(words, w):
    gaps = len(words) - 1
    spaces = w - lists.sum([len(word) for word in words])
    out = words[0]
    for i in range(gaps):
        k = to_integer(spaces / gaps) + (1 if less(i, remainder(spaces, gaps)) else 0)
        out += " " * k + words[i + 1]
    return out


print(justify(List(["the", "quick", "brown", "fox"]), 24), "|")


def center(s, w):
    l = int((w - len(s)) / 2)
    return " " * l + s + " " * (w - len(s) - l)


print("[" + center("abc", 8) + "]")
ones = List(
    [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ]
)
tens = List(
    [
        "",
        "",
        "twenty",
        "thirty",
        "forty",
        "fifty",
        "sixty",
        "seventy",
        "eighty",
        "ninety",
    ]
)


def say(n):
    if n < 0:
        return f"minus {say(-1 * n)}"
    if n < 20:
        return ones[n]
    if n < 100:
        return tens[int(n / 10)] + (
            f"-{ones[remainder(n, 10)]}" if remainder(n, 10) else ""
        )
    if n < 1000:
        return (
            ones[int(n / 100)]
            + " hundred"
            + (f" and {say(remainder(n, 100))}" if remainder(n, 100) else "")
        )
    if n < 1000000:
        return (
            say(int(n / 1000))
            + " thousand"
            + (f" {say(remainder(n, 1000))}" if remainder(n, 1000) else "")
        )
    return (
        say(int(n / 1000000))
        + " million"
        + (f" {say(remainder(n, 1000000))}" if remainder(n, 1000000) else "")
    )


for n in [0, 13, 45, 100, 342, 1999, 1000001, -7]:
    print(say(n))


def ordinal(n):
    return str(n) + (
        "th"
        if searching.contains([11, 12, 13], remainder(n, 100))
        else (
            "st"
            if 1 == remainder(n, 10)
            else (
                "nd"
                if 2 == remainder(n, 10)
                else "rd" if 3 == remainder(n, 10) else "th"
            )
        )
    )


print(" ".join([ordinal(item) for item in [1, 2, 3, 4, 11, 12, 21, 101, 111]]))


def comma(n):
    s = str(n)
    r = ""
    while len(s) > 3:
        r = f",{strings.right(s, 3)}{r}"
        s = s[: len(s) - 3]
    return s + r


print(comma(1234567), comma(12), comma(123456))


class Trie(Instance):
    def __init__(self, kids=UNSET, end=None):
        self.kids = {} if kids is UNSET else kids
        self.end = end

    def add(self, w):
        if w == "":
            self.end = True
        else:
            c = lists.first(w)
            if not searching.contains(dictionaries.keys(self.kids), c):
                old_kids = self.kids
                key = text_(c)
                old_kids[key] = Trie()
            k = at(self.kids, c)
            k.add(lists.rest(w)) if hasattr(k, "add") else k(self.add(lists.rest(w)))
        return self

    def has(self, w):
        if w == "":
            return self.end
        if searching.contains(dictionaries.keys(self.kids), lists.first(w)):
            receiver = at(self.kids, lists.first(w))
            return (
                receiver.has(lists.rest(w))
                if hasattr(receiver, "has")
                else receiver(self.has(lists.rest(w)))
            )
        return None

    def words(self, prefix):
        r = List([prefix]) if self.end else List()
        for c in sorted(self.kids):
            k = self.kids[c]
            lists.concat_in_place(
                r,
                (
                    k.words(prefix + c)
                    if hasattr(k, "words")
                    else k(self.words(prefix + c))
                ),
            )
        return r


t = Trie()
for w in ["tea", "ten", "to", "inn", "in"]:
    t.add(w)
println(t.has("ten"), t.has("te"), t.words(""))


def bowling(rolls):
    score = 0
    i = 0
    for _ in range(10):
        if 10 == rolls[i]:
            score = score + 10 + rolls[i + 1] + rolls[i + 2]
            i += 1
        elif 10 == add(rolls[i], rolls[i + 1]):
            score = score + 10 + rolls[i + 2]
            i += 2
        else:
            score = score + rolls[i] + rolls[i + 1]
            i += 2
    return score


println(
    bowling(apl.rho(12, [10])),
    bowling(apl.rho(21, [5])),
    bowling(List([10, 7, 3, 9, 0, 10, 0, 8, 8, 2, 0, 6, 10, 10, 10, 8, 1])),
)


def knights(n):
    moves = List(
        [
            List([1, 2]),
            List([2, 1]),
            List([2, -1]),
            List([1, -2]),
            List([-1, -2]),
            List([-2, -1]),
            List([-2, 1]),
            List([-1, 2]),
        ]
    )
    b = apl.rho(n, n, [0])

    def free(y, x):
        return y >= 0 and x >= 0 and y < n and x < n and 0 == at(b, y, x)

    y = 0
    x = 0
    last = None
    for k in range(1, n * n + 1):
        set_at(b[y], x, k)
        best = None
        deg = 99
        for m in moves:
            ny = y + m[0]
            nx = x + m[1]
            if truth(free(ny, nx)):
                d = len([q for q in moves if truth(free(ny + q[0], nx + q[1]))])
                if d < deg:
                    deg = d
                    best = List([ny, nx])
        if best:
            y, x = best
            last = True
        else:
            return k == n * n
    return last


println(knights(5), knights(6), knights(8))


def calendar(name, start, days):
    print(center(name, 20))
    print("Mo Tu We Th Fr Sa Su")
    line = "   " * start
    for d in range(1, days + 1):
        line += f"{padl(d, 2)} "
        if (start + d) % 7 == 0 or d == days:
            print(line)
            line = ""


def padl(n, w):
    s = str(n)
    return " " * (w - len(s)) + s


calendar("February 2024", 3, 29)


def hangman(word, guesses):
    seen = set()
    for g in guesses:
        seen.add(g)
    return " ".join([c if c in seen else "_" for c in word])


print(hangman("lisp", List(["s", "i", "e"])))
