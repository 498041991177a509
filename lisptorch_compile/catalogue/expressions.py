"""Regular expressions, and tokenizers by rules."""

from __future__ import annotations

from collections.abc import Sequence

from lisptorch_compile.catalogue.model import (
    LIST,
    STRINGS,
    TEXT,
    Builtin,
    Fact,
    declare,
    declare_overloads,
    declare_statement,
)
from lisptorch_compile.catalogue.yields import (
    A_BOOL,
    A_SET,
    A_TEXT,
    AN_OBJECT,
    TEXTS,
    WHOLE_NUMBERS,
)


def _expression_or_answer(arguments: Sequence[Fact]) -> Fact:
    return A_BOOL if len(arguments) == 2 else AN_OBJECT


_KINDS = (("rgx", "LispE's notation"), ("prgx", "the notation of ECMAScript"))

_MAKING = tuple(
    declare_overloads(
        name,
        [
            ("expression", f"regex.{name}(expression)"),
            ("expression, text", f"regex.matches(regex.{name}(expression), text)"),
        ],
        _expression_or_answer,
        f"A regular expression in {notation}; with a text, whether it fits the whole.",
        pure=True,
        value=f"regex.{name}",
    )
    for name, notation in _KINDS
)

_SEARCHING = (
    (
        "find",
        "find",
        "text, start=0",
        A_TEXT,
        "The first part of a text that fits, from a position on; empty if none does.",
    ),
    (
        "findall",
        "find_all",
        "text, start=0",
        TEXTS,
        "All parts of a text that fit, from a position on.",
    ),
    (
        "find_i",
        "find_bounds",
        "text, start=0",
        WHOLE_NUMBERS,
        "Where the first part that fits starts and ends; nothing if none does.",
    ),
    (
        "findall_i",
        "find_all_bounds",
        "text, start=0",
        WHOLE_NUMBERS,
        "The starts and ends of all parts that fit, one after the other.",
    ),
    (
        "match",
        "matches",
        "text",
        A_BOOL,
        "Tell whether an expression fits a whole text.",
    ),
    (
        "replace",
        "replace",
        "text, replacement",
        A_TEXT,
        "A text with all parts that fit replaced.",
    ),
    (
        "split",
        "split",
        "text",
        TEXTS,
        "The parts of a text between those that fit; nothing if none does.",
    ),
)


def _arguments(parameters: str) -> str:
    return parameters.replace("=0", "")


_USING = tuple(
    declare(
        f"{name}_{suffix}",
        f"expression, {parameters}",
        f"regex.{function}(expression, {_arguments(parameters)})",
        yields,
        doc,
        pure=True,
    )
    for name, _ in _KINDS
    for suffix, function, parameters, yields, doc in _SEARCHING
)

_SEGMENTS = (
    declare(
        "segment",
        "text, point=0",
        "lexers.segment(text, point)",
        TEXTS,
        "The words, numbers and signs of a text; decimals stand behind a point, a comma "
        "(1) or either (2).",
        aliases=("tokenize_lispe",),
        pure=True,
    ),
    declare(
        "segment_e",
        "text, point=0",
        "lexers.segment_all(text, point)",
        TEXTS,
        "The words, numbers, signs and blanks of a text.",
        pure=True,
    ),
)

_TOKENIZERS = (
    declare(
        "tokenizer",
        "",
        "lexers.tokenizer()",
        AN_OBJECT,
        "A tokenizer by rules that can be changed.",
        aliases=("tokenizer_rules",),
    ),
    declare(
        "tokenizer_main",
        "",
        "lexers.main_tokenizer()",
        AN_OBJECT,
        "The tokenizer that all of a program shares.",
    ),
    declare(
        "segmenter",
        "keepblanks=None, point=0",
        "lexers.segmenter(keepblanks, point)",
        AN_OBJECT,
        "The tokenizer of `segment`, to be changed.",
    ),
    declare_overloads(
        "tokenize",
        [
            ("lexer, text", "lexers.tokenize(lexer, text)"),
            ("lexer, text, types", "lexers.tokenize_with_types(lexer, text, types)"),
        ],
        Fact(STRINGS | LIST, TEXT | STRINGS),
        "The tokens of a text; with true, in a list with their types.",
        aliases=("tokenize_rules",),
    ),
    declare(
        "get_tokenizer_rules",
        "lexer",
        "lexers.rules(lexer)",
        TEXTS,
        "The rules of a tokenizer.",
    ),
    declare_statement(
        "set_tokenizer_rules",
        "lexer, rules",
        "lexers.set_rules(lexer, rules)",
        "Give a tokenizer other rules.",
    ),
    declare(
        "get_tokenizer_operators",
        "lexer",
        "lexers.operators(lexer)",
        A_SET,
        "The signs that %o stands for in the rules of a tokenizer.",
    ),
    declare_statement(
        "set_tokenizer_operators",
        "lexer, signs",
        "lexers.set_operators(lexer, signs)",
        "Set the signs that %o stands for in the rules of a tokenizer.",
    ),
    declare(
        "tokenizer_display",
        "lexer",
        "lexers.display(lexer)",
        A_TEXT,
        "What the rules of a tokenizer have been compiled to.",
    ),
)

BUILTINS: tuple[Builtin, ...] = (*_MAKING, *_USING, *_SEGMENTS, *_TOKENIZERS)
