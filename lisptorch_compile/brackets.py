"""Lexemes → balanced lexemes: super-brackets spelled out, faults reported and mended.

The stage stands between the scanner and the parser, so that the parser only ever sees
brackets in pairs. A super-bracket is a ``]`` without a ``[``: it closes all open
parentheses but the outermost one, ``(setq x (cons 'e '(])`` is
``(setq x (cons 'e '()))``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from lisptorch_compile.diagnostics import Diagnostic, Note, Source, Span, diagnose
from lisptorch_compile.lexemes import Lexeme

_CLOSER = {
    "LPAR": "RPAR",
    "LSQB": "RSQB",
    "LBRACE": "RBRACE",
    "CONSTANT_BRACE": "RBRACE",
}
_OPENER = {"RPAR": "LPAR", "RSQB": "LSQB", "RBRACE": "LBRACE"}
_OPENING_SIGN = {"RPAR": "(", "RSQB": "[", "RBRACE": "{"}
_SIGN = {"RPAR": ")", "RSQB": "]", "RBRACE": "}"}
_BY_INDENTATION = (
    "the indentation suggests that a `{closing}` is missing at the end of line {line}"
)
_SOMEWHERE = "add the missing `{closing}`, at the latest at the end of line {line}"
_KIND = {"RPAR": "parentheses", "RSQB": "brackets", "RBRACE": "braces"}


@dataclass(slots=True)
class Balanced:
    """Lexemes whose brackets come in pairs."""

    lexemes: list[Lexeme]
    depth: int
    diagnostics: list[Diagnostic] = field(default_factory=list)


def balance(
    lexemes: list[Lexeme], source: Source, unclosed: Iterable[int] = ()
) -> Balanced:
    """Return ``lexemes`` with every bracket closed.

    A bracket fault is reported once for each top-level form; none where a string
    without end (at the offsets ``unclosed``) has swallowed the closing brackets.
    """
    partners, supers = _partners(lexemes)
    if None not in partners.values():
        spelled = _spell_super_brackets(lexemes, supers) if supers else lexemes
        return Balanced(spelled, _depth(spelled))
    mended, diagnostics = _Mender(lexemes, source, partners, set(unclosed)).mend()
    return Balanced(mended, _depth(mended), diagnostics)


def _partners(
    lexemes: list[Lexeme],
) -> tuple[dict[int, int | None], dict[int, int]]:
    """Match brackets: index of each opening or stray one → index of its closing one.

    A fault gives None to the stray closing bracket and to all that are open there.
    The second result counts the parentheses that each super-bracket closes.
    """
    partners: dict[int, int | None] = {}
    supers: dict[int, int] = {}
    stack: list[int] = []
    expected: list[str] = []
    for index, lexeme in enumerate(lexemes):
        kind = lexeme[0]
        if kind in _CLOSER:
            stack.append(index)
            expected.append(_CLOSER[kind])
        elif kind in _OPENER:
            if expected and expected[-1] == kind:
                partners[stack.pop()] = index
                expected.pop()
                continue
            if kind == "RSQB" and len(stack) > 1 and set(expected) == {"RPAR"}:
                supers[index] = len(stack) - 1
                partners.update(dict.fromkeys(stack[1:], index))
                del stack[1:], expected[1:]
                continue
            partners[index] = None
            partners.update(dict.fromkeys(stack))
            stack.clear()
            expected.clear()
    partners.update(dict.fromkeys(stack))
    return partners, supers


def _spell_super_brackets(
    lexemes: list[Lexeme], supers: dict[int, int]
) -> list[Lexeme]:
    """Replace each ``]`` of ``supers`` by the parentheses that it closes."""
    spelled: list[Lexeme] = []
    for index, lexeme in enumerate(lexemes):
        count = supers.get(index)
        if count is None:
            spelled.append(lexeme)
        else:
            spelled += [Lexeme("RPAR", lexeme.text, lexeme.start_pos)] * count
    return spelled


def _depth(lexemes: list[Lexeme]) -> int:
    """Return the deepest nesting of brackets and quotes of balanced lexemes.

    A composition dot counts too: what follows it is a call inside the other.
    """
    deepest = level = quotes = 0
    levels: list[int] = []
    for lexeme in lexemes:
        kind = lexeme[0]
        if kind in _CLOSER:
            levels.append(level)
            level += quotes + 1
            quotes = 0
            deepest = max(deepest, level)
        elif kind in _OPENER:
            level = levels.pop()
            quotes = 0
        elif kind == "QUOTE":
            quotes += 1
            deepest = max(deepest, level + quotes)
        elif kind == "SYMBOL" and lexeme[1] == ".":
            level += 1
            deepest = max(deepest, level)
        elif quotes:
            quotes = 0
    return deepest


class _Mender:
    """Mends the brackets of a text form by form.

    A top-level form that does not close ends where the next opening parenthesis
    stands at the start of a line.
    """

    def __init__(
        self,
        lexemes: list[Lexeme],
        source: Source,
        partners: dict[int, int | None],
        unclosed: set[int],
    ) -> None:
        self._lexemes = lexemes
        self._source = source
        self._partners = partners
        self._unclosed = unclosed
        self._next_top_level = self._top_level_starts()

    def _top_level_starts(self) -> list[int]:
        """Return, for each index, that of the next ``(`` at the start of a line."""
        text, count = self._source.text, len(self._lexemes)
        starts = [count] * (count + 1)
        for index in range(count - 1, -1, -1):
            kind, _, offset = self._lexemes[index]
            at_line_start = offset == 0 or text[offset - 1] in "\r\n"
            is_start = kind == "LPAR" and at_line_start
            starts[index] = index if is_start else starts[index + 1]
        return starts

    def mend(self) -> tuple[list[Lexeme], list[Diagnostic]]:
        """Return the balanced lexemes and what was wrong."""
        mended: list[Lexeme] = []
        diagnostics: list[Diagnostic] = []
        index, count = 0, len(self._lexemes)
        quiet = False
        while index < count:
            lexeme = self._lexemes[index]
            if index == self._next_top_level[index]:
                quiet = False
            if lexeme.type in _OPENER:
                if not quiet:
                    diagnostics.append(_stray(lexeme))
                quiet = True
                index += 1
                continue
            if lexeme.type not in _CLOSER:
                quiet = quiet or lexeme.start_pos in self._unclosed
                mended.append(lexeme)
                index += 1
                continue
            end = self._form_end(index)
            part = self._lexemes[index:end]
            region = _Region(part, self._source).mend()
            mended += region.lexemes
            quiet = any(item.start_pos in self._unclosed for item in part)
            if region.fault is not None and not quiet:
                diagnostics.append(region.fault)
                quiet = region.stray
            index = end
        return mended, diagnostics

    def _form_end(self, start: int) -> int:
        """Return the index behind the form that opens at ``start``."""
        partner = self._partners[start]
        next_form = self._next_top_level[start + 1]
        if partner is None:
            return next_form
        followed_by_closer = (
            partner + 1 < len(self._lexemes)
            and self._lexemes[partner + 1].type in _OPENER
        )
        if followed_by_closer and next_form < partner:
            return next_form
        return partner + 1


def _stray(closer: Lexeme) -> Diagnostic:
    return diagnose(
        "LT0104",
        Span(closer.start_pos, closer.end_pos),
        brackets=_KIND[closer.type],
        closing=closer.text,
        opening=_OPENING_SIGN[closer.type],
    )


class _Region:
    """Mends the brackets of one top-level form and reports its first fault."""

    def __init__(self, lexemes: list[Lexeme], source: Source) -> None:
        self._source = source
        self._input = lexemes
        self.lexemes: list[Lexeme] = []
        self.fault: Diagnostic | None = None
        self.stray = False
        self._missing = False
        self._faults = 0
        self._stack: list[Lexeme] = []
        self._open: Counter[str] = Counter()

    def mend(self) -> _Region:
        """Match the brackets; try again by indentation if one is never closed."""
        self._match()
        if not self._missing:
            return self
        by_indentation = _Region(self._input, self._source)
        by_indentation._match_by_indentation()
        return by_indentation if by_indentation._faults == 1 else self

    def _match(self) -> None:
        for lexeme in self._input:
            self._take(lexeme)
        self._finish()

    def _match_by_indentation(self) -> None:
        """Match, closing once the bracket that a line indented less suggests."""
        last_line = 0
        for lexeme in self._input:
            line, column = self._source.position(lexeme.start_pos)
            starts_line, last_line = line != last_line, line
            if starts_line and not self._faults and lexeme.type not in _OPENER:
                self._close_if_indented_less(line, column)
            self._take(lexeme)
        self._finish()

    def _close_if_indented_less(self, line: int, column: int) -> None:
        if len(self._stack) < 2:
            return
        opener = self._stack[-1]
        opener_line, opener_column = self._source.position(opener.start_pos)
        if opener.type == "LPAR" and opener_line < line and column <= opener_column:
            self._report_missing(opener, by_indentation=True)
            self._close_top()

    def _take(self, lexeme: Lexeme) -> None:
        kind = lexeme.type
        if kind in _CLOSER:
            self._stack.append(lexeme)
            self._open[_CLOSER[kind]] += 1
            self.lexemes.append(lexeme)
        elif kind in _OPENER:
            self._take_closer(lexeme)
        else:
            self.lexemes.append(lexeme)

    def _take_closer(self, closer: Lexeme) -> None:
        kind = closer.type
        if not self._stack:
            self._report(_stray(closer))
            self.stray = True
        elif _CLOSER[self._stack[-1].type] == kind:
            self._pop(closer)
        elif kind == "RSQB" and self._open["RPAR"] == len(self._stack) > 1:
            while len(self._stack) > 1:
                self._pop(Lexeme("RPAR", closer.text, closer.start_pos))
        elif self._open[kind]:
            self._report_missing(self._stack[-1], closer)
            while _CLOSER[self._stack[-1].type] != kind:
                self._close_top()
            self._pop(closer)
        elif kind == "RBRACE":
            self._report(_stray(closer))
        else:
            self._report_wrong(self._stack[-1], closer)
            expected = _CLOSER[self._stack[-1].type]
            self._pop(Lexeme(expected, closer.text, closer.start_pos))

    def _finish(self) -> None:
        if self._stack:
            self._report_missing(self._stack[-1])
        while self._stack:
            self._close_top()

    def _close_top(self) -> None:
        """Close the innermost bracket with a closing one of no width."""
        end = self.lexemes[-1].end_pos
        self._pop(Lexeme(_CLOSER[self._stack[-1].type], "", end))

    def _pop(self, closer: Lexeme) -> None:
        opener = self._stack.pop()
        self._open[_CLOSER[opener.type]] -= 1
        self.lexemes.append(closer)

    def _report(self, fault: Diagnostic) -> None:
        self._faults += 1
        if self.fault is None:
            self.fault = fault

    def _report_missing(
        self, opener: Lexeme, met: Lexeme | None = None, *, by_indentation: bool = False
    ) -> None:
        """Report that ``opener`` is not closed, where ``met`` closes another one."""
        if self.fault is None:
            self._missing = opener.type == "LPAR"
        line, _ = self._source.position(self.lexemes[-1].start_pos)
        closing = _CLOSER[opener.type]
        notes = []
        if met is not None:
            span = Span(met.start_pos, met.end_pos)
            notes.append(Note(f"`{met.text}` stands here instead", span))
        self._report(
            diagnose(
                "LT0103",
                Span(opener.start_pos, opener.end_pos),
                notes=notes,
                hint=_BY_INDENTATION if by_indentation else _SOMEWHERE,
                brackets=_KIND[closing],
                opening=opener.text,
                closing=_SIGN[closing],
                line=line,
            )
        )

    def _report_wrong(self, opener: Lexeme, closer: Lexeme) -> None:
        closing = _CLOSER[opener.type]
        self._report(
            diagnose(
                "LT0105",
                Span(closer.start_pos, closer.end_pos),
                notes=[Note("opened here", Span(opener.start_pos, opener.end_pos))],
                brackets=_KIND[closing],
                opening=opener.text,
                closing=_SIGN[closing],
                found=closer.text,
            )
        )
