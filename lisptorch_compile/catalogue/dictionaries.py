"""Dictionaries and sets."""

from __future__ import annotations

from lisptorch_compile.catalogue.model import (
    DICT,
    NUMBERED,
    UNKNOWN,
    Builtin,
    declare,
    declare_overloads,
)
from lisptorch_compile.catalogue.yields import (
    A_LIST,
    A_SET,
    dictionary_of,
    keys_of_first,
    value_at_key,
)

_KINDS = (
    ("dictionaryi", "integer_dictionary", "integers"),
    ("dictionaryn", "number_dictionary", "numbers"),
    ("dictionarytree", "tree_dictionary", "texts, sorted"),
    ("dictionarytreei", "integer_tree_dictionary", "integers, sorted"),
    ("dictionarytreen", "number_tree_dictionary", "numbers, sorted"),
)

_DICTIONARIES = (
    declare_overloads(
        "dictionary",
        [
            ("", "{}"),
            ("*entries", "dictionaries.dictionary(*entries)"),
        ],
        dictionary_of(DICT),
        "A dictionary of keys and values, of two lists, of a dictionary or instance.",
        value="dictionaries.dictionary",
    ),
    *(
        declare(
            name,
            "*entries",
            f"dictionaries.{function}(*entries)",
            dictionary_of(DICT if keys.startswith("texts") else NUMBERED),
            f"A dictionary whose keys are {keys}.",
        )
        for name, function, keys in _KINDS
    ),
    declare_overloads(
        "key@",
        [
            ("", "{}"),
            ("container: dict, key: text", "container.get(key)"),
            ("container: numbered, key: integer", "container.get(key)"),
            ("*entries", "dictionaries.key(*entries)"),
        ],
        value_at_key,
        "The value of a key, nil when absent; with a value, set it; without a "
        "dictionary, make one.",
        aliases=("key",),
        value="dictionaries.key",
    ),
    declare_overloads(
        "keyi@",
        [
            ("container: numbered, key: integer", "container.get(key)"),
            ("*entries", "dictionaries.integer_key(*entries)"),
        ],
        value_at_key,
        "Like key@, for integer keys.",
        aliases=("keyi",),
        value="dictionaries.integer_key",
    ),
    declare(
        "keyn@",
        "*entries",
        "dictionaries.number_key(*entries)",
        UNKNOWN,
        "Like key@, for number keys.",
        aliases=("keyn",),
    ),
    declare(
        "keys@",
        "container",
        "dictionaries.keys(container)",
        keys_of_first,
        "The keys of a dictionary, the indexes of a list.",
        aliases=("keys", "containerkeys"),
        pure=True,
    ),
    declare(
        "values@",
        "container",
        "dictionaries.values(container)",
        A_LIST,
        "The values of a dictionary, the elements of a list.",
        aliases=("values", "containervalues"),
        pure=True,
    ),
    declare_overloads(
        "get",
        [
            ("container: dict, key: text", "container.get(key)"),
            ("container: dict, key: text, default", "container.get(key, default)"),
            (
                "container, key, default=None",
                "dictionaries.get(container, key, default)",
            ),
        ],
        UNKNOWN,
        "The value of a key, the default when it is absent.",
        pure=True,
        value="dictionaries.get",
    ),
)

_SETS = (
    declare_overloads(
        "set",
        [
            ("", "set()"),
            ("*items: text", "{*items}"),
            ("*items: number", "{*items}"),
            ("*items", "dictionaries.make_set(*items)"),
        ],
        A_SET,
        "A set of the arguments.",
        value="dictionaries.make_set",
    ),
    declare_overloads(
        "sets",
        [
            ("", "set()"),
            ("*items: text", "{*items}"),
            ("*items", "dictionaries.text_set(*items)"),
        ],
        A_SET,
        "A set of texts; lists among the arguments are spliced.",
        value="dictionaries.text_set",
    ),
    declare_overloads(
        "seti",
        [
            ("", "set()"),
            ("*items: integer", "{*items}"),
            ("*items", "dictionaries.integer_set(*items)"),
        ],
        A_SET,
        "A set of integers; lists among the arguments are spliced.",
        value="dictionaries.integer_set",
    ),
    declare_overloads(
        "setn",
        [
            ("", "set()"),
            ("*items: real", "{*items}"),
            ("*items", "dictionaries.number_set(*items)"),
        ],
        A_SET,
        "A set of numbers; lists among the arguments are spliced.",
        value="dictionaries.number_set",
    ),
)

BUILTINS: tuple[Builtin, ...] = (*_DICTIONARIES, *_SETS)
