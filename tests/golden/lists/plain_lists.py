"""Compiled from plain_lists.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import List, lists, println, set_at, strings


# A list that a function makes, fills and reads, and gives to nobody, is Python's own.
def shout(words):
    parts = []
    for w in words:
        parts.append(w.upper())
    return "-".join(parts)


print(shout(List(["a", "b", "c"])))


def total_of(n):
    stack = [1, 2]
    for i in range(n):
        if i % 2 == 0:
            stack.append(i)
        else:
            stack.insert(0, 0 - i)
    total = 0
    while stack:
        total += stack[-1]
        stack.pop()
    return total


print(total_of(6))


def rows(text):
    places = 0
    for line in strings.split(text, "\n"):
        cells = [0, 0]
        set_at(cells, 1, len(line))
        set_at(cells, 0, places)
        places += cells[0] + cells[1]
    return places


print(rows("ab\ncde"))


# What is returned, stored, printed, compared or calculated with is a List.
def kept(n):
    result = List()
    for i in range(n):
        row = List()
        row.append(i)
        result.append(row)
    return result


println(kept(2))


def pushed(n):
    l = List()
    return lists.push(l, n)


println(pushed(1))


def shown(n):
    l = List()
    l.append(n)
    println(l)
    m = List([n])
    println(m + 1, len(m))
    k = List([1])
    return len(k) if k == List([1]) else None


println(shown(5))


def chosen(flag):
    l = List()
    l.append(1)
    return l if flag else len(l)


println(chosen(None), chosen(True))


# One that is given another list later is whatever that is.
def replaced(other):
    l = List()
    l.append(1)
    if len(l) == 1:
        l = other
    return len(l)


print(replaced(List([1, 2, 3])))


# A list that stands where it is joined is a text.
def caption(name, unit):
    print(f"{name} in {unit}", "a, b")


caption("width", "mm")
