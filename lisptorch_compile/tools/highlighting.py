"""LispE for Pygments: what colours it in terminals, notebooks and documentation.

The text is cut by the terminals of the compiler's own grammar, so a number, a string or a
comment is one here when it is one there, and the names are those of the catalogue.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import ClassVar

from pygments.lexer import Lexer
from pygments.token import (
    Comment,
    Error,
    Keyword,
    Name,
    Number,
    Operator,
    Punctuation,
    String,
    Whitespace,
    _TokenType,
)

from lisptorch_compile import catalogue
from lisptorch_compile.analyzer.form_parts import CONSTANTS, LAMBDAS
from lisptorch_compile.diagnostics import Source
from lisptorch_compile.lexemes import Lexeme

_DEFINITIONS = {
    **dict.fromkeys(("defun", "dethread"), Name.Function),
    **dict.fromkeys(("defpat", "defpred", "defprol", "defmacro"), Name.Function),
    **dict.fromkeys(("class@", "defclass"), Name.Class),
    "defspace": Name.Namespace,
    "setconst": Name.Constant,
}
_OPENERS = frozenset(("LPAR", "LSQB"))
_ESCAPE = re.compile(r"\\.", re.DOTALL)
_WORD = re.compile(r"\w")

#: A piece of the text: where it starts, what it is, and it.
Piece = tuple[int, _TokenType, str]


class LispELexer(Lexer):
    """Cuts LispE into tokens of Pygments.

    Pygments knows other dialects by ``.lisp``, so a file of that name is taken for LispE
    only where its content is asked.
    """

    name = "LispE"
    url = "https://github.com/naver/lispe"
    aliases: ClassVar[list[str]] = ["lispe", "lsp"]
    filenames: ClassVar[list[str]] = ["*.lsp"]
    alias_filenames: ClassVar[list[str]] = ["*.lisp"]
    mimetypes: ClassVar[list[str]] = ["text/x-lispe"]
    priority = 0.1  # another dialect claims *.lsp, too

    def get_tokens_unprocessed(self, text: str) -> Iterator[Piece]:
        """Yield every character of ``text`` in a token, in order."""
        from lisptorch_compile.syntax import scanner  # loads Lark, for the first text

        scan = scanner().scan(Source.of(text))
        tokens = [
            (c.span.start, Comment.Single, text[c.span.start : c.span.end])
            for c in scan.comments
        ]
        tokens += _classified(scan.lexemes)
        end = 0
        for start, kind, value in sorted(tokens, key=lambda token: token[0]):
            yield from _between(text, end, start)
            yield from _pieces(start, kind, value)
            end = start + len(value)
        yield from _between(text, end, len(text))

    @staticmethod
    def analyse_text(text: str) -> float:
        """Return how sure it is that a text is LispE, from 0 to 1."""
        marks = ("(use 'lispe_torch", "(defpat ", "(class@ ", "(data@ ", "(setqi ")
        found = sum(mark in text for mark in marks)
        return min(1.0, 0.15 + 0.3 * found) if "(setq " in text or found else 0.0


def _classified(lexemes: list[Lexeme]) -> list[Piece]:
    nothing = Lexeme("", "", 0)
    padded = [nothing, nothing, nothing, *lexemes]
    return [
        (lexeme.start_pos, _kind(lexeme, padded[index : index + 3]), lexeme.text)
        for index, lexeme in enumerate(lexemes)
    ]


def _kind(lexeme: Lexeme, before: list[Lexeme]) -> _TokenType:
    """Return what a lexeme is behind the three that stand before it."""
    match lexeme.type:
        case "SYMBOL":
            return _symbol(lexeme.text, before)
        case "NUMBER":
            return _number(lexeme.text)
        case "STRING":
            return String.Double
        case "LONG_STRING" | "BYTES":
            return String
        case "QUOTE" | "SEMICOLON":
            return String.Symbol
        case _:
            return Punctuation


def _symbol(name: str, before: list[Lexeme]) -> _TokenType:
    third, second, first = before
    if name in CONSTANTS:
        return Keyword.Constant
    if second.type in _OPENERS and first.text in _DEFINITIONS:
        return _DEFINITIONS[first.text]
    if first.type == "QUOTE":
        return String.Symbol
    called = first.type in _OPENERS
    builtin = catalogue.lookup(name)
    if builtin is None:
        # the first of a list of parameters, or of variables, is not called
        lists = third.text in _DEFINITIONS or second.text in LAMBDAS
        lists = lists or second.type in _OPENERS
        return Name.Function if called and not lists else Name
    if not _WORD.search(name):
        return Keyword if name in LAMBDAS else Operator
    if builtin.form:
        return Keyword if called else Name
    return Name.Builtin


def _number(text: str) -> _TokenType:
    digits = text.lstrip("+-").lower()
    if digits.startswith("0x"):
        return Number.Hex
    if digits.startswith("0b"):
        return Number.Bin
    return Number.Integer if digits.isdecimal() else Number.Float


def _pieces(start: int, kind: _TokenType, value: str) -> Iterator[Piece]:
    """Yield a token, the escapes of a string on their own."""
    if kind is not String.Double or "\\" not in value:
        yield start, kind, value
        return
    cuts = [0, *[cut for m in _ESCAPE.finditer(value) for cut in m.span()], len(value)]
    for index, (left, right) in enumerate(pairwise(cuts)):
        if left < right:
            piece = String.Escape if index % 2 else kind
            yield start + left, piece, value[left:right]


def _between(text: str, start: int, end: int) -> Iterator[Piece]:
    """Yield what is neither code nor comment: blanks, and characters out of place."""
    if start < end:
        gap = text[start:end]
        yield start, Error if gap.strip("\ufeff \t\r\n\f\v") else Whitespace, gap
