"""Random pattern functions and classes, and the forms that use them and a dictionary.

Pattern functions and methods call only functions that log, and each other's successors, so
that every program ends. A name that a pattern binds is a parameter of its rule.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from differential.programs import Class, Function, Node, PatternFunction

if TYPE_CHECKING:
    from differential.generator import Place, Writer

STORE = "store"
KEYS = ("red", "green", "blue")
BOX = "box"
FIELDS = ("width", "height")
METHODS = ("grow", "shrink")
PATTERNS = {"of_number": "int", "of_list": "list", "of_pair": "pair"}
BOUND = ("r", "s")  # what patterns bind


# --- forms: each like a method of ``Writer`` ----------------------------------------------------


def write_tally(writer: Writer, size: int, place: Place) -> Node:
    """Return an update of an entry, which what is added may change meanwhile."""
    key = writer.random.choice(KEYS)
    return ("tally", STORE, key, writer.value("int", size, place))


def write_put(writer: Writer, size: int, place: Place) -> Node:
    key = writer.random.choice(KEYS)
    return ("put", STORE, key, writer.value("int", size, place))


def write_pick(writer: Writer, size: int, place: Place) -> Node:
    return ("pick", STORE, writer.random.choice(KEYS))


def write_count(writer: Writer, size: int, place: Place) -> Node:
    return ("size", ("get", STORE))


def write_walk(writer: Writer, size: int, place: Place) -> Node:
    """Return the sum of what is stored."""
    return ("walk", STORE)


def write_caught(writer: Writer, size: int, place: Place) -> Node:
    """Return whether an error was caught, as 1 or 0."""
    return ("caught", *writer.body("int", size, replace(place, throws=True)))


def write_sort_out(writer: Writer, size: int, place: Place) -> Node | None:
    """Return the call of a pattern function."""
    if not place.patterns:
        return None
    name = writer.random.choice(place.patterns)
    if PATTERNS[name] != "pair":
        return ("call", name, (writer.value(PATTERNS[name], size, place),))
    return ("call", name, (("pair", *writer.operands("int", size, place, 2, 2)),))


def write_send(writer: Writer, size: int, place: Place) -> Node | None:
    """Return the call of a method: inside another one, of its own object."""
    if not place.methods:
        return None
    name = writer.random.choice(place.methods)
    operand = writer.value("int", size, place)
    if place.fields:
        return ("call", name, (operand,))
    return ("send", BOX, name, (operand,))


def write_seti(writer: Writer, size: int, place: Place) -> Node | None:
    if not place.fields:
        return None
    field = writer.random.choice(place.fields)
    return ("seti", field, writer.value("int", size, place))


# --- definitions ----------------------------------------------------------------------------------


def pattern_function(writer: Writer, name: str, place: Place) -> PatternFunction:
    """Return a pattern function with one to three rules and one that takes anything."""
    rules = [_rule(writer, name, place) for _ in range(writer.random.randint(1, 3))]
    return PatternFunction(name, (*rules, _rule(writer, "", place)))


def _rule(writer: Writer, name: str, place: Place) -> tuple[Node, tuple[Node, ...]]:
    pattern, bound, lists = _pattern(writer, PATTERNS.get(name, ""))
    inner = replace(place, readable=bound, lists=lists, settable=bound, returns="int")
    return pattern, _body(writer, writer.random.randint(1, 6), inner)


def _body(writer: Writer, size: int, place: Place) -> tuple[Node, ...]:
    """Return the body of a rule or method, with what bounds its loops set first."""
    writer.fuels = []
    forms = writer.body("int", size, place)
    return (*(("set", fuel, ("int", 1)) for fuel in writer.fuels), *forms)


def _pattern(
    writer: Writer, kind: str
) -> tuple[Node, tuple[str, ...], tuple[str, ...]]:
    """Return a pattern, the numbers and the lists that it binds."""
    random = writer.random
    first, second = BOUND
    number = ("int", random.randint(0, 3))
    condition = ("where", first, random.choice(("<", ">", "=")), number)
    match kind:
        case "int":
            if random.random() < 0.5:
                return number, (), ()
            return condition, (first,), ()
        case "list":
            return random.choice(
                (
                    (("sequence", (), None), (), ()),
                    (("sequence", (("bind", first),), None), (first,), ()),
                    (("sequence", (number,), "row"), (), ("row",)),
                    (("sequence", (condition, ("bind", second)), None), BOUND, ()),
                    (
                        ("sequence", (("bind", first), ("bind", first)), None),
                        (first,),
                        (),
                    ),
                    (("sequence", (condition,), "row"), (first,), ("row",)),
                    (
                        ("sequence", (("bind", first), ("bind", second)), "row"),
                        BOUND,
                        ("row",),
                    ),
                )
            )
        case "pair":
            return random.choice(
                (
                    (("pair", number, ("bind", first)), (first,), ()),
                    (("pair", ("bind", first), ("bind", first)), (first,), ()),
                    (("pair", condition, ("bind", second)), BOUND, ()),
                )
            )
        case _:
            return ("anything",), (), ()


def class_(writer: Writer, place: Place) -> Class:
    """Return a class with two fields, of which one has a default."""
    methods = []
    for position, name in enumerate(METHODS):
        inner = replace(
            place,
            readable=("amount", *FIELDS),
            settable=("amount",),
            lists=(),
            fields=FIELDS,
            methods=METHODS[position + 1 :],
            returns="int",
        )
        body = _body(writer, writer.random.randint(2, 8), inner)
        methods.append(Function(name, (("amount", None),), body))
    fields = ((FIELDS[0], None), (FIELDS[1], ("int", writer.random.randint(0, 4))))
    return Class("case", fields, tuple(methods))
