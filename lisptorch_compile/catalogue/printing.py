"""Printing and input, what kind a value is, errors that a program raises."""

from __future__ import annotations

from lisptorch_compile.catalogue.model import (
    BOOL,
    NIL,
    NOTHING,
    SYMBOL,
    TEXT,
    Builtin,
    Fact,
    declare,
    declare_overloads,
)
from lisptorch_compile.catalogue.yields import A_TEXT, A_TRUTH, PRINTED

_A_LINE = Fact(TEXT | NIL, NOTHING)

_OUTPUT = (
    declare(
        "println",
        "*values",
        "println(*values)",
        PRINTED,
        "Print the values with blanks between them, and end the line.",
    ),
    declare(
        "print",
        "*values",
        "printing.print_(*values)",
        PRINTED,
        "Print the values one after the other.",
    ),
    declare(
        "printerrln",
        "*values",
        "printing.printerrln(*values)",
        PRINTED,
        "Like println, on the error stream.",
    ),
    declare(
        "printerr",
        "*values",
        "printing.printerr(*values)",
        PRINTED,
        "Like print, on the error stream.",
    ),
    declare(
        "prettify",
        "value, width=50",
        "printing.prettify(value, width)",
        A_TEXT,
        "The printed form of a value, with indented lines for what is wider.",
        pure=True,
    ),
)

_INPUT = (
    declare(
        "input@",
        "prompt=None",
        "printing.read_line(prompt)",
        _A_LINE,
        "A line that is typed in; nil at the end of the input.",
        aliases=("input",),
    ),
    declare(
        "pipe",
        "",
        "printing.read_line()",
        _A_LINE,
        "The next line of the standard input, nil at its end.",
    ),
    declare(
        "getchar",
        "",
        "printing.read_character()",
        _A_LINE,
        "The next character of the standard input, nil at its end.",
    ),
)

_ERRORS = (
    declare(
        "throw",
        "message",
        "throw(message)",
        Fact(NOTHING, NOTHING),
        "Raise an error with a message.",
    ),
)


def _predicate(
    name: str, function: str, doc: str, *, aliases: tuple[str, ...] = ()
) -> Builtin:
    return declare(
        name,
        "value",
        f"{function}(value)",
        A_TRUTH,
        f"Tell whether a value is {doc}.",
        aliases=aliases,
        pure=True,
        value=function,
    )


_PREDICATES = (
    _predicate("nullp", "is_null", "nil or an empty list", aliases=("null?",)),
    declare_overloads(
        "emptyp",
        [
            ("value: sized", "not value"),
            ("value: number", "value == 0"),
            ("value", "kinds.is_empty(value)"),
        ],
        A_TRUTH,
        "Tell whether a value is an empty container or text, 0 or nil.",
        aliases=("empty?",),
        pure=True,
        value="kinds.is_empty",
    ),
    declare_overloads(
        "zerop",
        [("value: number", "value == 0"), ("value", "kinds.is_zero(value)")],
        A_TRUTH,
        "Tell whether a value is the number 0.",
        aliases=("zero?",),
        pure=True,
        value="kinds.is_zero",
    ),
    declare_overloads(
        "positivep",
        [("value: number", "value > 0"), ("value", "kinds.is_positive(value)")],
        A_TRUTH,
        "Tell whether a value is a number above 0.",
        pure=True,
        value="kinds.is_positive",
    ),
    declare_overloads(
        "negativep",
        [("value: number", "value < 0"), ("value", "kinds.is_negative(value)")],
        A_TRUTH,
        "Tell whether a value is a number below 0.",
        pure=True,
        value="kinds.is_negative",
    ),
    _predicate("numberp", "kinds.is_number", "a number", aliases=("number?",)),
    _predicate("integerp", "kinds.is_integer", "an integer"),
    declare(
        "floatp",
        "value",
        "isinstance(value, float)",
        A_TRUTH,
        "Tell whether a value is a real number.",
        pure=True,
    ),
    _predicate("stringp", "kinds.is_text", "a text", aliases=("string?",)),
    _predicate("atomp", "kinds.is_atom", "an atom", aliases=("atom?",)),
    _predicate(
        "consp",
        "kinds.is_list",
        "a list, also an empty one",
        aliases=("cons?", "listp"),
    ),
    declare(
        "dictionaryp",
        "value",
        "isinstance(value, dict)",
        A_TRUTH,
        "Tell whether a value is a dictionary.",
        pure=True,
    ),
    _predicate("containerp", "kinds.is_container", "a list, dictionary or set"),
    _predicate(
        "cyclicp",
        "kinds.is_cyclic",
        "a linked list that runs into itself",
        aliases=("cyclic?",),
    ),
)

_TYPE = (
    declare(
        "type",
        "value",
        "kinds.type_of(value)",
        Fact(SYMBOL | BOOL | NIL, NOTHING),
        "The atom that names the kind of a value; nil and true themselves.",
        pure=True,
    ),
)

BUILTINS: tuple[Builtin, ...] = (
    *_OUTPUT,
    *_INPUT,
    *_ERRORS,
    *_PREDICATES,
    *_TYPE,
)
