"""Compiled from machines.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import (
    Integers,
    List,
    Strings,
    at,
    characters,
    dictionaries,
    lists,
    println,
    remainder,
    searching,
    sequences,
    set_at,
    strings,
    text,
    to_float,
    unknown_key,
)


# brainf interpreter, Turing machine, RPN, roman, caesar, morse
def bf(prog, in_):
    tape = Integers([0])
    p = 0
    i = 0
    out = ""
    inp = 0
    jump = dictionaries.integer_dictionary()
    st = List()
    for e in sequences.enum(list(prog)):
        match text(lists.second(e)):
            case "[":
                st.append(lists.first(e))
            case "]":
                o = lists.last(st)
                del st[-1:]
                set_at(jump, o, lists.first(e))
                set_at(jump, lists.first(e), o)
    while i < len(prog):
        match at(prog, i):
            case ">":
                p += 1
                if p >= len(tape):
                    tape.append(0)
            case "<":
                p -= 1
            case "+":
                tape[p] = remainder(tape[p] + 1, 256)
            case "-":
                tape[p] = remainder(tape[p] + 255, 256)
            case ".":
                out += chr(tape[p])
            case ",":
                set_at(tape, p, strings.code_points(in_)[inp] if inp < len(in_) else 0)
                inp += 1
            case "[":
                if 0 == tape[p]:
                    i = at(jump, i)
            case "]":
                if 0 != tape[p]:
                    i = at(jump, i)
        i = i + 1
    return out


print(
    bf(
        "++++++++[>++++[>++>+++>+++>+<<<<-]>+>+>->>+[<]<-]>>.>---.+++++++..+++.>>.<-.<.+++.------.--------.>>+.",
        "",
    )
)
print(bf(",[.,]", "echo"))


def rpn(s):
    pile = []
    for w in strings.split(s, " "):
        if w in ["+", "-", "*", "/"]:
            b = lists.last(pile)
            del pile[-1:]
            a = lists.last(pile)
            del pile[-1:]
            match w:
                case "+":
                    choice = a + b
                case "-":
                    choice = a - b
                case "*":
                    choice = a * b
                case "/":
                    choice = a / b
                case _:
                    raise unknown_key(w)
            pile.append(choice)
        else:
            pile.append(to_float(w))
    return lists.first(pile)


println(rpn("3 4 + 2 *"), rpn("5 1 2 + 4 * + 3 -"), rpn("7 2 /"))
rom = List(
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


def roman(n):
    s = ""
    for r in rom:
        while n >= r[0]:
            s += r[1]
            n -= r[0]
    return s


def unroman(s):
    v = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
    l = Integers([v[c] for c in s])
    t = 0
    for i in range(len(l)):
        if i + 1 < len(l) and l[i] < l[i + 1]:
            t -= l[i]
        else:
            t += l[i]
    return t


println(
    Strings.of([roman(item) for item in [4, 9, 14, 1994, 2024]]),
    Integers([unroman(word) for word in ["MCMXCIV", "XLII"]]),
)


def caesar(s, k):
    return "".join(
        [
            (
                chr(
                    97
                    + remainder(lists.first(strings.code_points(c)) - 97 + k + 26, 26)
                )
                if characters.is_alpha(c) and characters.is_lower(c)
                else (
                    chr(
                        65
                        + remainder(
                            lists.first(strings.code_points(c)) - 65 + k + 26, 26
                        )
                    )
                    if characters.is_alpha(c) and characters.is_upper(c)
                    else c
                )
            )
            for c in s
        ]
    )


print(caesar("Hello, World!", 3), caesar(caesar("Hello, World!", 3), -3))
morse = {"a": ".-", "e": ".", "o": "---", "s": "...", "t": "-"}
print(" ".join([morse[c] for c in "sos"]))
rev = {}
for k in list(morse):
    rev[morse[k]] = k
print("".join([rev[m] for m in strings.split("... . .-", " ")]))
rules = {
    "A0": List(["1", 1, "B"]),
    "A1": List(["1", -1, "B"]),
    "B0": List(["1", -1, "A"]),
    "B1": List(["1", 1, "H"]),
}
tape = {"0": "0"}
head = 0
state = "A"
steps = 0
while state != "H":
    cell = tape.get(str(head)) or "0"
    w, mv, nx = rules[state + text(cell)]
    tape[str(head)] = w
    head += mv
    state = nx
    steps += 1
print(steps, searching.count(dictionaries.values(tape), "1"))
