"""Balanced lexemes → forms, by the rules of ``grammar.lark``.

The one module that imports Lark; the reader loads it with the first text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import cache
from importlib import resources
from typing import Any

from lark import Lark, Transformer, UnexpectedToken
from lark.lexer import Lexer

from lisptorch_compile.brackets import depth_of
from lisptorch_compile.diagnostics import Diagnostic, Span, diagnose, removal
from lisptorch_compile.forms import (
    DictForm,
    Form,
    ListForm,
    Number,
    Quote,
    SetForm,
    String,
    StringKind,
    Symbol,
)
from lisptorch_compile.lexemes import CLOSERS, OPENERS, Lexeme, Scanner
from lisptorch_compile.reading_memory import Key, Part

_ESCAPE = re.compile(r"\\([\s\S])")
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t"}

#: Faults inside one top-level form; behind them it is left out.
MAX_FAULTS_PER_FORM = 20


class _Relay(Lexer):
    """Hands lexemes that are made already to Lark's parser."""

    def __init__(self, lexer_conf: Any) -> None:  # Any: Lark's own type, not read
        pass

    def lex(self, lexemes: Iterable[Lexeme]) -> Iterator[Lexeme]:  # type: ignore[override]
        return iter(lexemes)


class _FormBuilder(Transformer[Any, Any]):  # Any: a value is a form or a list of them
    """Builds each form straight from its lexemes, while Lark parses."""

    def SYMBOL(self, lexeme: Lexeme) -> Symbol:
        _, name, start = lexeme
        return Symbol(name, Span(start, start + len(name)))

    COLON = SYMBOL

    def NUMBER(self, lexeme: Lexeme) -> Number:
        _, text, start = lexeme
        return Number(_number(text), Span(start, start + len(text)))

    def STRING(self, lexeme: Lexeme) -> String:
        _, text, start = lexeme
        span = Span(start, start + len(text))
        return String(_unescape(text[1:-1]), StringKind.PLAIN, span)

    def LONG_STRING(self, lexeme: Lexeme) -> String:
        _, text, start = lexeme
        width = 3 if text.startswith('"""') else 1
        span = Span(start, start + len(text))
        return String(text[width:-width], StringKind.RAW, span)

    def BYTES(self, lexeme: Lexeme) -> String:
        _, text, start = lexeme
        value = text[2:-1] if text[1] == "`" else _unescape(text[2:-1])
        return String(value, StringKind.BYTES, Span(start, start + len(text)))

    def SEMICOLON(self, lexeme: Lexeme) -> Quote:
        _, text, start = lexeme
        symbol = Symbol(";", Span(start + 1, start + 2))
        return Quote(symbol, Span(start, start + len(text)))

    def start(self, children: list[Any]) -> list[Form]:
        forms: list[Form] = children[0]
        return forms

    def none(self, children: list[Any]) -> list[Any]:
        return []

    def one(self, children: list[Any]) -> list[Any]:
        return children

    def more(self, children: list[Any]) -> list[Any]:
        items: list[Any] = children[0]
        items.append(children[1])
        return items

    def list_form(self, children: list[Any]) -> ListForm:
        opener, items, closer = children
        return ListForm(tuple(items), _between(opener, closer))

    def quote(self, children: list[Any]) -> Quote:
        sign, form = children
        return Quote(form, Span(sign.start_pos, form.span.end))

    def dictionary(self, children: list[Any]) -> DictForm:
        return _dictionary(children, constant=False)

    def constant(self, children: list[Any]) -> DictForm:
        return _dictionary(children, constant=True)

    def entry(self, children: list[Any]) -> tuple[Form, Form]:
        key, _, value = children
        return key, value

    def set_form(self, children: list[Any]) -> SetForm:
        opener, members, closer = children
        return SetForm(tuple(members), _between(opener, closer))


def _dictionary(children: list[Any], *, constant: bool) -> DictForm:
    opener, *entries, closer = children
    pairs = tuple(entries[0]) if entries else ()
    return DictForm(pairs, constant, _between(opener, closer))


def _between(opener: Lexeme, closer: Lexeme) -> Span:
    return Span(opener[2], closer[2] + len(closer[1]))


def _unescape(text: str) -> str:
    if "\\" not in text:
        return text
    return _ESCAPE.sub(lambda match: _ESCAPED.get(match[1], match[1]), text)


def _number(text: str) -> int | float | complex:
    if text.isdigit():
        return int(text)
    unsigned = text.lstrip("+-").lower()
    if unsigned.startswith("0x"):
        is_real = "." in text or "p" in unsigned
        return float.fromhex(text) if is_real else int(text, 16)
    if unsigned.startswith("0b"):
        return int(text, 2)
    if text.endswith("i"):
        real, _, imaginary = text[:-1].partition(",")
        if imaginary in ("", "+", "-"):
            imaginary += "1"
        return complex(float(real), float(imaginary))
    if "." in text or "e" in unsigned:
        return float(text)
    return int(text)


@cache
def _parser() -> Lark:
    grammar = resources.files(__package__).joinpath("grammar.lark")
    return Lark(
        grammar.read_text("utf-8"),
        parser="lalr",
        lexer=_Relay,
        transformer=_FormBuilder(),
        keep_all_tokens=True,
    )


@cache
def scanner() -> Scanner:
    """Return the scanner made of the grammar's terminals, highest priority first."""
    parser = _parser()
    terminals = sorted(parser.terminals, key=lambda terminal: -terminal.priority)
    return Scanner(
        [(terminal.name, terminal.pattern.to_regexp()) for terminal in terminals],
        [name for name in parser.ignore_tokens if name != "BLANK"],
    )


def parse(lexemes: list[Lexeme]) -> tuple[list[Form], list[Diagnostic]]:
    """Return the forms of balanced lexemes, and what broke a rule of the grammar.

    Only a dictionary or a lone quote can: brackets are balanced before. After a fault
    the top-level forms are parsed one by one, each mended on its own.
    """
    try:
        return _parse(lexemes), []
    except UnexpectedToken:
        pass  # the exception holds the parser's whole stack: let it go first
    forms: list[Form] = []
    diagnostics: list[Diagnostic] = []
    for part in _top_level_parts(lexemes):
        forms += _parse_mending(part, diagnostics)
    return forms, diagnostics


def parse_parts(
    lexemes: list[Lexeme], text: str, known: Mapping[Key, Part]
) -> tuple[list[Part], list[Diagnostic]]:
    """Return the same as ``parse``, form by form, taking what is ``known`` already."""
    parts: list[Part] = []
    diagnostics: list[Diagnostic] = []
    for own in _top_level_parts(lexemes):
        start, end = own[0].start_pos, own[-1].end_pos
        mended = not all([lexeme[1] for lexeme in own])
        same = None if mended else known.get((text[start:end], len(own)))
        if same is not None and same.may_move_to(start):
            parts.append(same.moved_to(start))
            continue
        faults: list[Diagnostic] = []
        forms = tuple(_parse_mending(own, faults))
        sound = not faults and not mended
        parts.append(
            Part(text[start:end], len(own), start, forms, depth_of(own), sound)
        )
        diagnostics += faults
    return parts, diagnostics


def _parse(lexemes: list[Lexeme]) -> list[Form]:
    # Lark's types want a text here, its custom lexers take anything.
    forms: list[Form] = _parser().parse(lexemes)  # type: ignore[assignment]
    return forms


def _top_level_parts(lexemes: list[Lexeme]) -> Iterator[list[Lexeme]]:
    """Cut balanced lexemes behind each top-level form."""
    start = level = 0
    for index, lexeme in enumerate(lexemes):
        if lexeme.type in OPENERS:
            level += 1
        elif lexeme.type in CLOSERS:
            level -= 1
        if level == 0 and lexeme.type != "QUOTE":
            yield lexemes[start : index + 1]
            start = index + 1
    if start < len(lexemes):
        yield lexemes[start:]


def _parse_mending(lexemes: list[Lexeme], diagnostics: list[Diagnostic]) -> list[Form]:
    """Parse one top-level form, taking out what breaks the grammar."""
    for _ in range(MAX_FAULTS_PER_FORM):
        try:
            return _parse(lexemes)
        except UnexpectedToken as error:
            place = _index_of(error.token, lexemes)
        if place and lexemes[place - 1].type == "QUOTE":
            sign = lexemes[place - 1]
            span = Span(sign.start_pos, sign.end_pos)
            diagnostics.append(diagnose("LT0107", span, fixes=[removal(span)]))
            lexemes = _without_quotes(lexemes, place)
        else:
            diagnostics.append(_wrong_separator(lexemes[place]))
            lexemes = _without_entries(lexemes, place)
    return []


def _index_of(token: Any, lexemes: list[Lexeme]) -> int:
    """Return the index of the lexeme where Lark stopped, their number at the end."""
    for index, lexeme in enumerate(lexemes):
        if lexeme is token:
            return index
    return len(lexemes)


def _without_quotes(lexemes: list[Lexeme], place: int) -> list[Lexeme]:
    """Take out the quotes just before ``place``."""
    start = place
    while start and lexemes[start - 1].type == "QUOTE":
        start -= 1
    return lexemes[:start] + lexemes[place:]


def _wrong_separator(found: Lexeme) -> Diagnostic:
    span = Span(found.start_pos, found.end_pos)
    return diagnose("LT0106", span, found=found.text[:20])


def _without_entries(lexemes: list[Lexeme], place: int) -> list[Lexeme]:
    """Empty the braces that ``place`` stands directly in."""
    start = _outer_bracket(lexemes, range(place - 1, -1, -1), OPENERS, CLOSERS)
    end = _outer_bracket(lexemes, range(place, len(lexemes)), CLOSERS, OPENERS)
    return lexemes[: start + 1] + lexemes[end:]


def _outer_bracket(
    lexemes: list[Lexeme],
    indexes: range,
    wanted: AbstractSet[str],
    opposite: AbstractSet[str],
) -> int:
    """Return the first of ``indexes`` with a bracket that leads out of the group."""
    level = 0
    for index in indexes:
        kind = lexemes[index].type
        if kind in opposite:
            level += 1
        elif kind in wanted:
            if level == 0:
                return index
            level -= 1
    raise AssertionError("the brackets are balanced")
