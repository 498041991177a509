"""Compiled from updates_in_order.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import Entry, List, add, no_match, println, set_at

# The entry is read before what is added runs, which may change it.
seats = {"front": 1}
rows = List([1, 2, 3])


def refill():
    seats["front"] = 10
    set_at(rows, 0, 50)
    return 5


println(Entry(seats, "front").update(add, refill()), seats)
seats["back"] = seats.get("back", 0) + refill()
rows[0] += refill()
println(seats, rows)


# Also where it takes several statements
def take(places, key):
    entry = Entry(places, key)
    found = refill()
    if found > 9:
        return None
    entry.update(add, found * 2)
    return places


println(take(seats, "front"))

marked = {}


def mark(word):
    return f"{word}!"


for c in ["a", "b", "a"]:
    Entry(marked, c).update(add, mark(c))
println(marked)


# And for the variable of a pattern
def double(r):
    if r > 2:
        old_r = r
        r += r
        r_2 = r
        r = old_r + r_2
        return r
    raise no_match("double")


print(double(8))
