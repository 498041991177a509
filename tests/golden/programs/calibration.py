"""Compiled from calibration.lsp by lisptorch-compile."""

import operator
from functools import reduce

from lisptorch_compile.runtime import (
    Integers,
    List,
    add,
    at,
    characters,
    dictionaries,
    greater,
    higher_order,
    json_text,
    kinds,
    lists,
    numbers,
    ordering,
    parts,
    println,
    regex,
    searching,
    sequences,
    set_at,
    strings,
    text,
    to_integer,
)


# snailfish-like nested numbers, snafu, rope, calibrations
def magnitude(x):
    if kinds.is_list(x):
        return 3 * magnitude(lists.first(x)) + 2 * magnitude(lists.second(x))
    return x


println(magnitude(json_text.parse("[[1,2],[[3,4],5]]")))


def snafu(s):
    n = 0
    for c in s:
        n = 5 * n + (searching.find("=-012", c) - 2)
    return n


def unsnafu(n):
    s = ""
    while n > 0:
        r = (n + 2) % 5
        s = "=-012"[r] + s
        n = int((n + 2) / 5)
    return s


println(
    Integers([snafu(word) for word in strings.split("1=-0-2 12111 2=0= 21", " ")]),
    unsnafu(4890),
)
numbers_ = List(
    ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
)


def digits(l):
    r = Integers([])
    for i in range(len(l)):
        c = l[i]
        if characters.is_digit(c):
            r.append(to_integer(c))
        else:
            for e in sequences.enum(numbers_, 1):
                if strings.starts_with(parts.extract(l, i, len(l)), e[1]):
                    r.append(e[0])
    return r


tot = 0
for l in strings.split(
    "two1nine eightwothree abcone2threexyz xtwone3four 4nineeightseven2 zoneight234 7pqrstsixteen",
    " ",
):
    d = digits(l)
    tot = tot + (10 * d[0] + d[-1])
println(tot)
knots = sequences.replicate(10, List([0, 0]))
knots = higher_order.map_typed(lambda x: Integers([0, 0]), Integers(range(1, 11)))
v2 = set()
v10 = set()
mv = {"R": List([1, 0]), "L": List([-1, 0]), "U": List([0, 1]), "D": List([0, -1])}
for m in strings.split("R 5,U 8,L 8,D 3,R 17,D 10,L 25,U 20", ","):
    d, n = strings.split(m, " ")
    for _ in range(to_integer(n)):
        knots[0] = add(knots[0], at(mv, d))
        for i in range(1, 10):
            dl = knots[i - 1] - knots[i]
            if greater(ordering.greatest(higher_order.map_typed(numbers.iabs, dl)), 1):
                set_at(knots, i, add(knots[i], higher_order.map_typed(kinds.sign, dl)))
        v2.add(text(knots[1]))
        v10.add(text(knots[9]))
print(len(v2), len(v10))
cubes = {"red": 12, "green": 13, "blue": 14}
p1 = 0
p2 = 0
for g in strings.split(
    "Game 1: 3 blue, 4 red; 1 red, 2 green, 6 blue; 2 green\nGame 3: 8 green, 6 blue, 20 red; 5 blue, 4 red, 13 green; 5 green, 1 red",
    "\n",
):
    id = to_integer(parts.extract(g, "Game ", ":"))
    mx = {"red": 0, "green": 0, "blue": 0}
    possible = True
    for pick in regex.find_all(regex.rgx("%d+ %a+"), g):
        n, c = strings.split(pick, " ")
        n = to_integer(n)
        if greater(n, cubes[c]):
            possible = None
        mx[c] = ordering.greatest(mx[c], n)
    if possible:
        p1 += id
    p2 = p2 + reduce(operator.mul, dictionaries.values(mx))
println(p1, p2)
