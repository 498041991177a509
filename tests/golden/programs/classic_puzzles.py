"""Compiled from classic_puzzles.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    List,
    Strings,
    Symbol,
    add,
    apl,
    at,
    dictionaries,
    greater,
    higher_order,
    kinds,
    lists,
    ordering,
    println,
    remainder,
    sequences,
    set_at,
    strings,
    text,
)

# A machine of eight signs, queens, towers, permutations, knapsack, numerals, sudoku


def run(prog, inp):
    tape = sequences.replicate(30, 0)
    p = 0
    ip = 0
    out = ""
    jumps = dictionaries.integer_dictionary()
    st = List()
    for u in sequences.enum(list(prog)):
        match text(lists.second(u)):
            case "[":
                st.append(lists.first(u))
            case "]":
                o = lists.last(st)
                del st[-1:]
                set_at(jumps, o, lists.first(u))
                set_at(jumps, lists.first(u), o)
    while ip < len(prog):
        c = at(prog, ip)
        if c == ">":
            p += 1
        elif c == "<":
            p -= 1
        elif c == "+":
            tape[p] = remainder(1 + tape[p], 256)
        elif c == "-":
            tape[p] = remainder(255 + tape[p], 256)
        elif c == ".":
            out += strings.character(tape[p])
        elif c == ",":
            set_at(tape, p, lists.first(strings.code_points(lists.first(inp))))
            inp = lists.rest(inp)
        elif (
            c == "["
            and kinds.is_zero(tape[p])
            or c == "]"
            and not kinds.is_zero(tape[p])
        ):
            ip = at(jumps, ip)
        ip = ip + 1
    return out


print(
    run(
        "++++++++[>++++[>++>+++>+++>+<<<<-]>+>+>->>+[<]<-]>>.>---.+++++++..+++.>>.<-.<.+++.------.--------.>>+.",
        "",
    )
)
print(run(",+.,+.", "AB"))


def safe(q, c):
    i = 1
    for x in q:
        if x == c or abs(x - c) == i:
            return None
        i += 1
    return True


nb = 0


def queens(n, row, q):
    global nb
    if row == n:
        nb += 1
        if nb == 1:
            println(lists.reverse(q, True))
    else:
        for c in range(n):
            if safe(q, c):
                queens(n, row + 1, List([c, *q]))


queens(6, 0, List())
print(nb)


def hanoi(n, a, b, c):
    if n == 0:
        return 0
    return hanoi(n - 1, a, c, b) + 1 + hanoi(n - 1, c, b, a)


print(hanoi(10, Symbol("a"), Symbol("b"), Symbol("c")))


def perms(l):
    if not l:
        return List([List()])
    r = List()
    for x in l:
        for p in perms(List([y for y in l if x != y])):
            r.append(List([x, *p]))
    return r


println(perms(List([1, 2, 3])))
print(
    len(perms(List([Symbol("a"), Symbol("b"), Symbol("c"), Symbol("d"), Symbol("e")])))
)


# knapsack by dynamic programming
def knapsack(items, cap):
    best = sequences.replicate(cap + 1, 0)
    for it in items:
        w, v = it
        for c in sequences.towards(cap, w - 1, -1):
            alt = v + best[c - w]
            if greater(alt, best[c]):
                set_at(best, c, alt)
    return lists.last(best)


println(knapsack(List([List([1, 1]), List([3, 4]), List([4, 5]), List([5, 7])]), 7))


def lcs(a, b):
    t = apl.rho(1 + len(a), 1 + len(b), [0])
    for i in range(1, 1 + len(a)):
        for j in range(1, 1 + len(b)):
            set_at(
                t[i],
                j,
                (
                    1 + t[i - 1][j - 1]
                    if a[i - 1] == b[j - 1]
                    else ordering.greatest(t[i - 1][j], t[i][j - 1])
                ),
            )
    return t[len(a)][len(b)]


println(lcs("AGGTAB", "GXTXAYB"))

roman = List(
    [
        List([1000, "M"]),
        List([900, "CM"]),
        List([500, "D"]),
        List([400, "CD"]),
        List([100, "C"]),
        List([90, "XC"]),
        List([50, "L"]),
        List([40, "XL"]),
        List([10, "X"]),
        List([9, "IX"]),
        List([5, "V"]),
        List([4, "IV"]),
        List([1, "I"]),
    ]
)


def toroman(n):
    s = ""
    for r in roman:
        while n >= r[0]:
            s += r[1]
            n -= r[0]
    return s


println(Strings.of([toroman(item) for item in [1994, 2024, 49]]))


def pascal(n):
    row = List([1])
    for _ in range(n):
        println(row)
        row = List([0, *row]) + List([*row, 0])


pascal(4)


def gray(n):
    if n == 0:
        return List([""])
    g = gray(n - 1)
    return lists.concat(
        higher_order.map_typed(lambda x: add("0", x), g),
        higher_order.map_typed(lambda x: add("1", x), lists.reverse(g, True)),
    )


println(gray(3))
# sudoku 4x4
s = List(
    [List([1, 0, 0, 0]), List([0, 0, 3, 0]), List([0, 4, 0, 0]), List([0, 0, 0, 2])]
)


def can(r, c, v):
    for i in range(4):
        if v == s[r][i] or v == s[i][c]:
            return None
    br = 2 * int(r / 2)
    bc = 2 * int(c / 2)
    for i in range(2):
        for j in range(2):
            if v == s[br + i][bc + j]:
                return None
    return True


def solve_it():
    for r in range(4):
        for c in range(4):
            if s[r][c] == 0:
                for v in range(1, 5):
                    if can(r, c, v):
                        set_at(s[r], c, v)
                        if solve_it():
                            return True
                        set_at(s[r], c, 0)
                return None
    return True


println(solve_it(), s)
