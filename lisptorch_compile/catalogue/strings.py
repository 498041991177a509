"""Texts: conversion, cutting, searching, characters."""

from __future__ import annotations

from lisptorch_compile.catalogue.model import (
    DICT,
    FLOAT,
    INT,
    INTEGERS,
    LIST,
    NIL,
    NUMBERS,
    STRINGS,
    Builtin,
    Fact,
    declare,
    declare_overloads,
)
from lisptorch_compile.catalogue.yields import (
    A_BOOL,
    A_TEXT,
    A_TRUTH,
    AN_ATOM,
    AN_INTEGER,
    BYTE_STRING,
    SHORT_NUMBERS,
    TEXTS,
    WHOLE_NUMBERS,
)

_CONVERSION = (
    declare_overloads(
        "string",
        [
            ("value: text", "value"),
            ("value: integer", "str(value)"),
            ("value", "text(value)"),
        ],
        A_TEXT,
        "The printed form of a value.",
        pure=True,
        value="text",
    ),
    declare_overloads(
        "atom",
        [("name: text", "Symbol(name)"), ("name", "strings.atom(name)")],
        AN_ATOM,
        "The atom of a name.",
        pure=True,
    ),
    declare_overloads(
        "stringbyte",
        [("text: text", "text.encode()"), ("value", "strings.to_bytes(value)")],
        BYTE_STRING,
        "The UTF-8 bytes of a text, as a byte string.",
        pure=True,
        value="strings.to_bytes",
    ),
    declare(
        "bytes",
        "value",
        "strings.byte_values(value)",
        SHORT_NUMBERS,
        "The UTF-8 bytes of a text, as numbers.",
        pure=True,
    ),
    declare(
        "ord",
        "text",
        "strings.code_points(text)",
        WHOLE_NUMBERS,
        "The code points of a text.",
        pure=True,
    ),
    declare_overloads(
        "chr",
        [("code: integer", "chr(code)"), ("code", "strings.character(code)")],
        A_TEXT,
        "The character of a code point.",
        pure=True,
    ),
    declare(
        "chrbyte",
        "code",
        "strings.byte_character(code)",
        BYTE_STRING,
        "One byte as a byte string.",
        pure=True,
    ),
    declare(
        "stringf",
        "number, pattern",
        "strings.formatted(number, pattern)",
        A_TEXT,
        "A number written as a C format says.",
        aliases=("sprintf",),
        pure=True,
    ),
    declare(
        "convert_in_base",
        "value, base, parse=None",
        "strings.convert_in_base(value, base, parse)",
        Fact(INT | A_TEXT.kinds),
        "An integer written in a base; with true, read from it.",
        pure=True,
    ),
    declare(
        "btoa",
        "value",
        "strings.to_base64(value)",
        A_TEXT,
        "A text in base 64.",
        pure=True,
    ),
    declare(
        "atob",
        "text",
        "strings.from_base64(text)",
        A_TEXT,
        "The text that is written in base 64.",
        pure=True,
    ),
    declare("uuid", "", "str(uuid.uuid4())", A_TEXT, "A random identifier."),
)

_CASE = (
    declare_overloads(
        "upper",
        [("text: text", "text.upper()"), ("value", "strings.upper(value)")],
        A_TEXT,
        "A text in upper case.",
        pure=True,
    ),
    declare_overloads(
        "lower",
        [("text: text", "text.lower()"), ("value", "strings.lower(value)")],
        A_TEXT,
        "A text in lower case.",
        pure=True,
    ),
    declare(
        "deaccentuate",
        "text",
        "strings.without_accents(text)",
        A_TEXT,
        "A text without accents.",
        pure=True,
    ),
)

_TRIMMING = (
    declare_overloads(
        "trim",
        [("text: text", "text.strip()"), ("value", "strings.trim(value)")],
        A_TEXT,
        "A text without the blanks at both ends.",
        pure=True,
    ),
    declare_overloads(
        "trimleft",
        [("text: text", "text.lstrip()"), ("value", "strings.trim_left(value)")],
        A_TEXT,
        "A text without the blanks in front.",
        pure=True,
    ),
    declare_overloads(
        "trimright",
        [("text: text", "text.rstrip()"), ("value", "strings.trim_right(value)")],
        A_TEXT,
        "A text without the blanks at its end.",
        pure=True,
    ),
    declare(
        "trim0",
        "text",
        "strings.trim_zeros(text)",
        A_TEXT,
        "A number's text without the zeros that end its decimals.",
        pure=True,
    ),
    declare_overloads(
        "left",
        [
            ("text: text, count: integer", "text[:count]"),
            ("text, count", "strings.left(text, count)"),
        ],
        A_TEXT,
        "The first characters.",
        pure=True,
    ),
    declare(
        "right",
        "text, count",
        "strings.right(text, count)",
        A_TEXT,
        "The last characters.",
        pure=True,
    ),
    declare(
        "middle",
        "text, start, count",
        "strings.middle(text, start, count)",
        A_TEXT,
        "The characters from a position on.",
        pure=True,
    ),
)

_CUTTING = (
    declare(
        "split",
        "text, separator=None",
        "strings.split(text, separator)",
        TEXTS,
        'The pieces between separators (blanks), without empty ones; "": characters.',
        pure=True,
    ),
    declare(
        "splite",
        "text, separator=None",
        "strings.split_all(text, separator)",
        TEXTS,
        "The pieces between separators (blanks), empty ones too.",
        pure=True,
    ),
    declare(
        "ngrams",
        "text, size",
        "strings.ngrams(text, size)",
        TEXTS,
        "All parts of a size.",
        pure=True,
    ),
    declare(
        "getstruct",
        "text, opening, closing, start=0",
        "strings.balanced_part(text, opening, closing, start)",
        Fact(LIST | NIL),
        "The first balanced part between two signs, with where it starts and ends.",
        pure=True,
    ),
)

_MAKING = (
    declare_overloads(
        "replace",
        [
            ("text: text, old: text, new: text", "text.replace(old, new)"),
            (
                "text, old, new, end=None",
                "strings.replace(text, old, new, end)",
            ),
        ],
        A_TEXT,
        "All occurrences replaced; with two numbers, the characters between them.",
        pure=True,
    ),
    declare(
        "format",
        "pattern, *values",
        "strings.fill_in(pattern, *values)",
        A_TEXT,
        "A pattern with %1 … %9 replaced by the texts of the values.",
        pure=True,
    ),
    declare_overloads(
        "fill",
        [
            ("text: text, count: integer", "text * count"),
            ("text, count", "strings.repeated(text, count)"),
        ],
        A_TEXT,
        "A text repeated.",
        pure=True,
    ),
    declare(
        "padding",
        "text, character, width",
        "strings.padded(text, character, width)",
        A_TEXT,
        "A text filled up on the right to a width.",
        pure=True,
    ),
    declare(
        "indent",
        "code, lispmode=None",
        "indentation.indented(code, lispmode)",
        A_TEXT,
        "A program with its lines indented.",
        pure=True,
    ),
    declare_overloads(
        "editdistance",
        [("text, other", "strings.edit_distance(text, other)")],
        AN_INTEGER,
        "How many characters must change to make one text the other (Levenshtein).",
        pure=True,
    ),
)

_TESTS = (
    declare_overloads(
        "startwith",
        [
            ("text: text, prefix: text", "text.startswith(prefix)"),
            ("text, prefix", "strings.starts_with(text, prefix)"),
        ],
        A_BOOL,
        "Tell whether a text starts with another.",
        pure=True,
    ),
    declare_overloads(
        "endwith",
        [
            ("text: text, suffix: text", "text.endswith(suffix)"),
            ("text, suffix", "strings.ends_with(text, suffix)"),
        ],
        A_BOOL,
        "Tell whether a text ends with another.",
        pure=True,
    ),
    *(
        declare(
            f"{name}p",
            "text",
            f"characters.{function}(text)",
            A_BOOL,
            f"Tell whether every character is {what}.",
            aliases=(f"{name}?",),
            pure=True,
        )
        for name, function, what in (
            ("lower", "is_lower", "a small letter"),
            ("upper", "is_upper", "a capital letter"),
            ("alpha", "is_alpha", "a letter"),
            ("digit", "is_digit", "a digit"),
            ("emoji", "is_emoji", "an emoji"),
            ("punctuation", "is_punctuation", "a punctuation mark"),
            ("vowel", "is_vowel", "a vowel"),
            ("consonant", "is_consonant", "a consonant"),
        )
    ),
)

_JSON_VALUE = Fact(
    DICT
    | LIST
    | INTEGERS
    | NUMBERS
    | STRINGS
    | INT
    | FLOAT
    | A_TRUTH.kinds
    | A_TEXT.kinds
)

_JSON = (
    declare(
        "json",
        "value",
        "json_text.dumps(value)",
        A_TEXT,
        "A value as compact JSON.",
        pure=True,
    ),
    declare(
        "json_parse",
        "text, raw=None",
        "json_text.parse(text)",
        _JSON_VALUE,
        "The value that a JSON text describes.",
        pure=True,
    ),
    declare(
        "json_read",
        "path, raw=None",
        "json_text.read(path)",
        _JSON_VALUE,
        "The value that a JSON file describes.",
    ),
    declare(
        "json_write",
        "value, path",
        "json_text.write(value, path)",
        A_BOOL,
        "Write a value as JSON into a file.",
    ),
    declare(
        "json_dictionary",
        "entries=None",
        "json_text.dictionary(entries)",
        Fact(DICT),
        "A dictionary, empty or of a list of keys and values.",
    ),
)

BUILTINS: tuple[Builtin, ...] = (
    *_CONVERSION,
    *_CASE,
    *_TRIMMING,
    *_CUTTING,
    *_MAKING,
    *_TESTS,
    *_JSON,
)
