"""Tokenizers by rules: ``tokenizer``, ``segmenter``, and the cutting of a text with them.

A rule is an expression and what its tokens are, ``%d+(.%d+)=3``. The rules are tried in
their order, the first that fits takes the token. ``#`` in place of a type drops it.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from lisptorch_compile.runtime.arithmetic import is_list
from lisptorch_compile.runtime.containers import texts
from lisptorch_compile.runtime.conversions import to_integer, to_text
from lisptorch_compile.runtime.errors import LispError
from lisptorch_compile.runtime.operators import truth
from lisptorch_compile.runtime.rgx_syntax import (
    ANY,
    NotationError,
    NotationReader,
    Piece,
    class_of,
    one,
    one_of,
)
from lisptorch_compile.runtime.values import List, Shorts, Strings

# --- rules ------------------------------------------------------------------------------------

_SKIPPED = "skipped"  # the group of characters that a token leaves out


class RuleReader(NotationReader):
    """Reads the expression of a rule: with codes ``#32``, ranges ``#A-F``, and ``x-`` for
    a character that belongs to the token but is left out of it."""

    def __init__(self, source: str, operators: Iterable[str]) -> None:
        super().__init__(source)
        self._operators = operators

    def single(self) -> Piece:
        start = self.position
        match self.take():
            case "%" if self.peek():
                name = self.take()
                found = self._operator() if name == "o" else class_of(name) or one(name)
            case "?":
                return ANY
            case "#":
                found = self._code(start)
            case character:
                found = one(character)
        if self.peek() == "-":
            self.take()
            return Piece(f"(?P<{_SKIPPED}>{found.pattern})")
        return found

    def choices(self) -> list[Piece]:
        if self.peek() == " ":  # only separates
            self.take()
            return []
        return super().choices()

    def ends_early(self, piece: Piece, following: Piece) -> bool:
        return piece.is_open and super().ends_early(piece, following)

    def _operator(self) -> Piece:
        members = "".join([re.escape(sign) for sign in sorted(self._operators)])
        return one_of(members) if members else Piece("(?!)")

    def _code(self, start: int) -> Piece:
        if self.peek(1) == "-" and self.peek(2):
            first, _, last = self.take(), self.take(), self.take()
            return one_of(f"{re.escape(first)}-{re.escape(last)}")
        digits = re.compile(r"\d+").match(self.source, self.position)
        if digits is None:
            raise self.problem("'#' wants a code or a range behind it", start)
        self.position = digits.end()
        return one(chr(int(digits[0])))


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule ready for use: ``kind`` is the type of its tokens, None drops them; with a
    ``gate``, it counts only for lexers that open that."""

    pattern: (
        Any  # of re; of regex, which knows all matches of a group, to leave some out
    )
    kind: int | None
    gate: int | None


_RULE = re.compile(r"(?P<body>.+)=:?(?P<gate>!?)(?P<kind>#|L|-?\d*)", re.DOTALL)


def _compiled_rules(rules: Iterable[str], operators: Iterable[str]) -> list[Rule]:
    """Return rules ready for use; ``c:expression`` names one for the rules after it."""
    compiled: list[Rule] = []
    named: dict[str, str] = {}
    for rule in rules:
        expanded = rule
        for name, expression in named.items():
            expanded = expanded.replace(f"%{name}", expression)
        if rule[1:2] == ":":
            named[rule[0]] = expanded[2:]
        elif rule:
            compiled.append(_compiled_rule(rule, expanded, operators))
    return compiled


def _compiled_rule(rule: str, expanded: str, operators: Iterable[str]) -> Rule:
    parts = _RULE.fullmatch(expanded)
    if parts is None:
        raise LispError(f"Error: a rule is an expression, '=' and a type: '{rule}'")
    try:
        pattern = _pattern(RuleReader(parts["body"], operators).pattern())
    except NotationError as error:
        raise LispError(
            f"Error: wrong rule: '{rule}': {error}, at character {error.position}"
        ) from error
    number = int(parts["kind"]) if parts["kind"].lstrip("-").isdigit() else None
    if parts["gate"]:
        return Rule(pattern, 1, number)
    return Rule(pattern, number, None)


def _pattern(source: str) -> Any:
    if _SKIPPED not in source:
        return re.compile(source, re.DOTALL)
    try:
        regex = importlib.import_module("regex")
    except ImportError as error:
        raise LispError(
            "Error: rules that leave characters out (x-) need the package 'regex'"
        ) from error
    return regex.compile(source, regex.DOTALL)


# --- lexers -----------------------------------------------------------------------------------

_OPERATORS = frozenset("¬§•°%@=!+-*/^<>~,&|#?\\$")


class Lexer:
    """A set of rules, and the signs that ``%o`` stands for in them."""

    lisp_type = "tokenize_rule"

    def __init__(self, rules: Iterable[str], *, gates: Iterable[int] = ()) -> None:
        self._gates = frozenset(gates)
        self.operators = set(_OPERATORS)
        self.rules = list(rules)
        self._compiled: list[Rule] | None = None

    def set_rules(self, rules: Iterable[str]) -> None:
        """Replace the rules; wrong ones are an error now, not when a text is cut."""
        compiled = _compiled_rules(rules, self.operators)
        self.rules, self._compiled = list(rules), compiled

    def set_operators(self, operators: Iterable[str]) -> None:
        """Replace the signs that ``%o`` stands for."""
        self.operators = {sign[0] for sign in operators if sign}
        self._compiled = None

    def compiled(self) -> list[Rule]:
        """Return the rules ready for use, without those whose gate is closed."""
        if self._compiled is None:
            self._compiled = _compiled_rules(self.rules, self.operators)
        return [r for r in self._compiled if r.gate is None or r.gate in self._gates]

    def tokens(self, content: str) -> Iterator[tuple[str, int]]:
        """Return the tokens of a text, with their types."""
        rules = self.compiled()
        position = 0
        while position < len(content):
            end = position + 1
            for rule in rules:
                found = rule.pattern.match(content, position)
                if found is not None and found.end() > position:
                    end = found.end()
                    if rule.kind is not None:
                        yield _kept(found), rule.kind
                    break
            else:
                yield content[position], 0
            position = end

    def __str__(self) -> str:
        return "rules"


def _kept(found: Any) -> str:
    """Return what a rule has taken without the characters that it leaves out."""
    token: str = found[0]
    if _SKIPPED not in found.re.groupindex:
        return token
    left_out = {place for span in found.spans(_SKIPPED) for place in range(*span)}
    return "".join(
        [c for place, c in enumerate(token, found.start()) if place not in left_out]
    )


#: The rules for the text of programs: types are 1 and 2 for strings, 3 for numbers, 4 for
#: words, 67 for comments and 0 for signs.
_PROGRAM_RULES = (
    "1:{%d #A-F #a-f}",  # hexadecimal digits
    "%S+=#",
    ";~%r*=67",
    '"{[\\?] ~{%r "}}*"=1',
    "`~`*`=2",
    "0x%1+(.%1+)({pP}({%- %+})%d+)=3",
    "%d+(.%d+)({eE}({%- %+})%d+)=3",
    "{%a %h %H}{%a %h %H %d}*=4",
    "%o=0",
    "%p=0",
    "~{%S %p %o}+=4",
)

#: The gates of the rules for written language: blanks are tokens, too; a number has a
#: decimal point, a comma, or either.
_BLANKS = 99
_DECIMALS = {0: 22, 1: 66, 2: 88}

_TEXT_RULES = (
    "1:{%d #A-F #a-f}",
    f"%S+=!{_BLANKS}",
    "%S+=#",
    "%d+{[st][nd][rd][th]}=1",  # 3rd
    "%d(%d){:h}%d%d({[am][pm]})=1",  # 6:30am
    "%d(%d){[am][pm]}=1",
    "0b{01}+=1",
    "0x%1+=1",
    *(
        f"%d+({decimal}%d+)({{eE}}({{%- %+}})%d+)=!{gate}"
        for decimal, gate in zip((".", ",", "{. ,}"), _DECIMALS.values(), strict=True)
    ),
    "http(s)://{%a %d . : = & / %_ %# %? %- %+ %% %~}+=1",
    "{%a %d . %- %+}+@{%a %d . %-}+=1",  # a mail address
    "%#{%a %d}+=1",
    "%o=1",
    "%p=1",
    "%H{%H %d}*=1",
    "%h{%h %d}*=1",
    "%a{%a %d}*=1",
    "~{%S %o %p}+=1",
)


@cache
def main_tokenizer() -> Lexer:
    """Return the one tokenizer that all callers share."""
    return tokenizer()


def tokenizer() -> Lexer:
    """Return a tokenizer for the text of programs, which the caller may change."""
    return Lexer(_PROGRAM_RULES)


def segmenter(keeps_blanks: object = None, point: object = 0) -> Lexer:
    """Return a tokenizer for written language, which the caller may change.

    ``point`` says what decimals stand behind: 0 a point, 1 a comma, 2 either.
    """
    gate = _DECIMALS.get(to_integer(point), _DECIMALS[0])
    return Lexer(_TEXT_RULES, gates=(gate, _BLANKS) if truth(keeps_blanks) else (gate,))


_shared_segmenter = cache(segmenter)


# --- using them -------------------------------------------------------------------------------


def segment(text: object, point: object = 0) -> Strings:
    """Return the words, numbers and signs of a text.

    >>> list(segment("10.5 bottles of beer"))
    ['10.5', 'bottles', 'of', 'beer']
    >>> list(segment("10.5 or 10,5 bottles", 1))
    ['10', '.', '5', 'or', '10,5', 'bottles']
    """
    return tokenize(_shared_segmenter(False, to_integer(point)), text)


def segment_all(text: object, point: object = 0) -> Strings:
    """Return the words, numbers, signs and blanks of a text.

    >>> list(segment_all("a  b"))
    ['a', '  ', 'b']
    """
    return tokenize(_shared_segmenter(True, to_integer(point)), text)


def tokenize(lexer: object, text: object) -> Strings:
    """Return the tokens of a text.

    >>> list(tokenize(tokenizer(), "The lady, for $345.5"))
    ['The', 'lady', ',', 'for', '$', '345.5']
    """
    return texts([token for token, _ in _lexer(lexer).tokens(to_text(text))])


def tokenize_with_types(lexer: object, text: object, types: object = None) -> Any:
    """Return the tokens of a text; with ``types`` true a list of the tokens and types."""
    if not truth(types):
        return tokenize(lexer, text)
    tokens = list(_lexer(lexer).tokens(to_text(text)))
    return List([texts([token for token, _ in tokens]), Shorts([k for _, k in tokens])])


def rules(lexer: object) -> Strings:
    """Return the rules of a tokenizer."""
    return texts(_lexer(lexer).rules)


def set_rules(lexer: object, lines: object) -> None:
    """Give a tokenizer other rules."""
    changed = _lexer(lexer)
    if not is_list(lines):
        raise LispError("Error: This function expects a list")
    assert isinstance(lines, Iterable)
    changed.set_rules([to_text(line) for line in lines])


def operators(lexer: object) -> set[str]:
    """Return the signs that ``%o`` stands for in the rules of a tokenizer."""
    return set(_lexer(lexer).operators)


def set_operators(lexer: object, signs: object) -> None:
    """Set the signs that ``%o`` stands for in the rules of a tokenizer."""
    changed = _lexer(lexer)
    if not isinstance(signs, set | frozenset):
        raise LispError("Error: This function expects a set of strings (sets)")
    changed.set_operators([to_text(sign) for sign in signs])


def display(lexer: object) -> str:
    """Return the rules of a tokenizer with the patterns that they have become."""
    return "\n".join([rule.pattern.pattern for rule in _lexer(lexer).compiled()])


def _lexer(value: object) -> Lexer:
    if not isinstance(value, Lexer):
        raise LispError("Error: the first element should be a string_rule object")
    return value
