"""Compiled from text_adventure.lsp by lisptorch-compile."""

from lisptorch_compile.runtime import List, lists, println, searching, strings, text

# A text adventure: rooms are dictionaries, commands a switch.
rooms = {
    "hall": {
        "desc": "a dark hall",
        "exits": {"n": "kitchen", "e": "library"},
        "items": List(["lamp"]),
    },
    "kitchen": {
        "desc": "a warm kitchen",
        "exits": {"s": "hall"},
        "items": List(["knife", "bread"]),
    },
    "library": {"desc": "dusty shelves", "exits": {"w": "hall"}, "items": List()},
}
here = "hall"
inventory = List()


def describe():
    r = rooms[here]
    print("You are in " + r["desc"] + ".")
    if r["items"]:
        print("You see:", ", ".join(r["items"]))


def go(dir):
    global here
    ex = rooms[here]["exits"]
    if ex.get(dir):
        here = ex[dir]
        describe()
    else:
        print("You can't go", dir)


def take_item(what):
    items = rooms[here]["items"]
    i = searching.find(items, what)
    if i is None:
        print("No", what, "here")
    else:
        lists.pop(items, i)
        inventory.append(what)
        print("Taken.")


def command_line(line):
    words = strings.split(line.lower(), " ")
    match text(lists.first(words)):
        case "go":
            go(lists.second(words))
        case "take":
            take_item(lists.second(words))
        case "inv":
            print("You carry:", ", ".join(inventory) if inventory else "nothing")
        case "look":
            describe()
        case _:
            print("I don't understand", f"'{line}'")


for cmd in ["look", "go n", "take knife", "take spoon", "go e", "go S", "inv", "dance"]:
    print(">", cmd)
    command_line(cmd)
println(inventory, rooms["kitchen"]["items"])
