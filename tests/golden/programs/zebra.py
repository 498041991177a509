"""Compiled from zebra.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import List, dictionaries, println, searching


# zebra puzzle (short version with 3 houses), by permutations
def permutations(l):
    if not l:
        return List([List()])
    res = List()
    for x in l:
        others = List([y for y in l if y != x])
        for p in permutations(others):
            res.append(List([x, *p]))
    return res


def pos(l, x):
    return searching.find(l, x)


def right_of(a, b):
    return a == b + 1


def next_to(a, b):
    return 1 == abs(a - b)


perms = permutations(List([0, 1, 2, 3, 4]))
print(len(perms))


def zebra():
    for c in perms:
        red, green, ivory, yellow, blue = c
        if right_of(green, ivory):
            for n in perms:
                eng, spa, ukr, nor, jap = n
                if eng == red and nor == 0 and next_to(nor, blue):
                    for d in perms:
                        coffee, tea, milk, oj, water = d
                        if coffee == green and ukr == tea and milk == 2:
                            for s in perms:
                                oldgold, kools, chest, lucky, parl = s
                                if kools == yellow and lucky == oj and jap == parl:
                                    for p in perms:
                                        dog, snails, fox, horse, zeb = p
                                        if (
                                            spa == dog
                                            and oldgold == snails
                                            and next_to(chest, fox)
                                            and next_to(kools, horse)
                                        ):
                                            who = dictionaries.integer_dictionary(
                                                eng,
                                                "English",
                                                spa,
                                                "Spaniard",
                                                ukr,
                                                "Ukrainian",
                                                nor,
                                                "Norwegian",
                                                jap,
                                                "Japanese",
                                            )
                                            return List([who[water], who[zeb]])
    return None


println(zebra())
