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

from lisptorch_compile.diagnostics import (
    CODES,
    Diagnostic,
    Fix,
    Note,
    Source,
    Span,
    diagnose,
    removal,
)
from lisptorch_compile.lexemes import CLOSER_OF, Lexeme

_OPENER = {"RPAR": "LPAR", "RSQB": "LSQB", "RBRACE": "LBRACE"}
_OPENING_SIGN = {"RPAR": "(", "RSQB": "[", "RBRACE": "{"}
_SIGN = {"RPAR": ")", "RSQB": "]", "RBRACE": "}"}
_BY_INDENTATION = (
    "the indentation suggests that a `{closing}` is missing at the end of line {line}"
)
_SOMEWHERE = "add the missing `{closing}`, at the latest at the end of line {line}"
_TOO_EARLY = "the indentation of line {line} suggests that this one is too many"
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
        return Balanced(spelled, depth_of(spelled))
    mended, diagnostics = _Mender(lexemes, source, partners, set(unclosed)).mend()
    return Balanced(mended, depth_of(mended), diagnostics)


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
        if kind in CLOSER_OF:
            stack.append(index)
            expected.append(CLOSER_OF[kind])
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
            spelled += [Lexeme("RPAR", ")", lexeme.start_pos)] * count
    return spelled


def depth_of(lexemes: list[Lexeme]) -> int:
    """Return the deepest nesting of brackets and quotes of balanced lexemes.

    A composition dot counts too: what follows it is a call inside the other.
    """
    deepest = level = quotes = 0
    levels: list[int] = []
    for lexeme in lexemes:
        kind = lexeme[0]
        if kind in CLOSER_OF:
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
        elif kind == "SYMBOL" and lexeme[1] == "." and levels:
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
        start = 0
        while start < len(self._lexemes):
            end = self._region_end(start)
            region = self._lexemes[start:end]
            matched = _mend_region(region, self._source)
            mended += matched.lexemes
            if not any(lexeme.start_pos in self._unclosed for lexeme in region):
                diagnostics += matched.faults
            start = end
        return mended, diagnostics

    def _region_end(self, start: int) -> int:
        """Return the index of the next top-level form that starts a line.

        One inside a form counts if that form is not closed, or only seems to be.
        """
        index = start
        while index < len(self._lexemes):
            if index == self._next_top_level[index] and index > start:
                return index
            if self._lexemes[index].type not in CLOSER_OF:
                index += 1
                continue
            next_form = self._next_top_level[index + 1]
            partner = self._partners[index]
            if partner is None:
                return next_form
            if next_form < partner and self._seems_unclosed(index, partner):
                return next_form
            index = partner + 1
        return index

    def _seems_unclosed(self, start: int, end: int) -> bool:
        """Tell whether what closes a form was probably written for another one.

        That is so if there is another closing bracket behind it, if a string without
        end stands inside, or if a definition holds another one that starts a line.
        """
        first, last = self._lexemes[start].start_pos, self._lexemes[end].start_pos
        if self._is_closer(end + 1) or any(first < u < last for u in self._unclosed):
            return True
        inner = self._next_top_level[start + 1]
        while self._is_definition(start) and inner < end:
            if self._is_definition(inner):
                return True
            inner = self._next_top_level[inner + 1]
        return False

    def _is_definition(self, index: int) -> bool:
        head = self._lexemes[index + 1].text if index + 1 < len(self._lexemes) else ""
        return head.startswith("def")

    def _is_closer(self, index: int) -> bool:
        return index < len(self._lexemes) and self._lexemes[index].type in _OPENER


def _mend_region(lexemes: list[Lexeme], source: Source) -> _Matching:
    """Match the brackets of a region; where one is wrong, try what its lines suggest."""
    plain = _Matching(source)
    plain.take_all(lexemes)
    if not plain.faults:
        return plain
    if plain.faults[0].code == "LT0103":
        closing = _Matching(source)
        closing.take_all_by_indentation(lexemes)
        return closing if closing.count == 1 else plain
    extra = _early_closer(lexemes, source)
    if plain.faults[0].code == "LT0104" and extra is not None:
        without = _Matching(source)
        without.take_all(lexemes[:extra] + lexemes[extra + 1 :])
        if not without.faults:
            line, _ = source.position(lexemes[extra + 1].start_pos)
            without.faults.append(_stray(lexemes[extra], _TOO_EARLY, line=line))
            return without
    return plain


def _early_closer(lexemes: list[Lexeme], source: Source) -> int | None:
    """Return the index of a ``)`` before a line that stands too far to the right.

    All lines inside a form start where its first one does, or further left. One that
    starts further right belongs to a form that was closed before.
    """
    columns: list[int | None] = [None]  # where the lines inside each open form start
    last_line = 0
    for index, lexeme in enumerate(lexemes):
        line, column = source.position(lexeme.start_pos)
        if line != last_line and lexeme.type not in _OPENER:
            expected = columns[-1]
            if expected is None:
                columns[-1] = column
            elif column > expected and lexemes[index - 1].type == "RPAR":
                return index - 1
        last_line = line
        if lexeme.type in CLOSER_OF:
            columns.append(None)
        elif lexeme.type in _OPENER and len(columns) > 1:
            columns.pop()
    return None


def _stray(
    closer: Lexeme, hint: str | None = CODES["LT0104"].hint, line: int = 0
) -> Diagnostic:
    span = Span(closer.start_pos, closer.end_pos)
    return diagnose(
        "LT0104",
        span,
        fixes=[removal(span)],
        hint=hint,
        brackets=_KIND[closer.type],
        closing=closer.text,
        opening=_OPENING_SIGN[closer.type],
        line=line,
    )


class _Matching:
    """Closes every bracket of a region, and reports its independent faults.

    ``count`` counts all faults; after the first one only a stray closing bracket
    outside of any form is a new one.
    """

    def __init__(self, source: Source) -> None:
        self.lexemes: list[Lexeme] = []
        self.faults: list[Diagnostic] = []
        self.count = 0
        self._source = source
        self._quiet = False
        self._stack: list[Lexeme] = []
        self._open: Counter[str] = Counter()

    def take_all(self, lexemes: list[Lexeme]) -> None:
        """Match all brackets."""
        for lexeme in lexemes:
            self._take(lexeme)
        self._finish()

    def take_all_by_indentation(self, lexemes: list[Lexeme]) -> None:
        """Match, closing once the bracket that a line indented less suggests."""
        last_line = 0
        for lexeme in lexemes:
            line, column = self._source.position(lexeme.start_pos)
            starts_line, last_line = line != last_line, line
            if starts_line and not self.count and lexeme.type not in _OPENER:
                self._close_if_indented_less(line, column)
            self._take(lexeme)
        self._finish()

    def _close_if_indented_less(self, line: int, column: int) -> None:
        if len(self._stack) < 2:
            return
        opener = self._stack[-1]
        opener_line, opener_column = self._source.position(opener.start_pos)
        if opener.type == "LPAR" and opener_line < line and column <= opener_column:
            self._report_missing(1, by_indentation=True)
            self._close_top()

    def _take(self, lexeme: Lexeme) -> None:
        kind = lexeme.type
        if kind in CLOSER_OF:
            if not self._stack and self.faults and self.faults[-1].code == "LT0104":
                self._quiet = False
            self._stack.append(lexeme)
            self._open[CLOSER_OF[kind]] += 1
            self.lexemes.append(lexeme)
        elif kind in _OPENER:
            self._take_closer(lexeme)
        else:
            self.lexemes.append(lexeme)

    def _take_closer(self, closer: Lexeme) -> None:
        kind = closer.type
        if not self._stack:
            self._report(_stray(closer))
        elif CLOSER_OF[self._stack[-1].type] == kind:
            self._pop(closer)
        elif kind == "RSQB" and self._open["RPAR"] == len(self._stack) > 1:
            while len(self._stack) > 1:
                self._pop(Lexeme("RPAR", closer.text, closer.start_pos))
        elif self._open[kind]:
            missing = self._inside(kind)
            self._report_missing(missing, closer)
            for _ in range(missing):
                self._close_top()
            self._pop(closer)
        elif kind == "RBRACE":
            self._report(_stray(closer))
        else:
            self._report_wrong(self._stack[-1], closer)
            expected = CLOSER_OF[self._stack[-1].type]
            self._pop(Lexeme(expected, closer.text, closer.start_pos))

    def _finish(self) -> None:
        if self._stack:
            self._report_missing(len(self._stack))
        while self._stack:
            self._close_top()

    def _inside(self, kind: str) -> int:
        """Return how many brackets are open inside the innermost one of a kind."""
        kinds = [CLOSER_OF[opener.type] for opener in reversed(self._stack)]
        return kinds.index(kind)

    def _close_top(self) -> None:
        """Close the innermost bracket with a closing one of no width."""
        end = self.lexemes[-1].end_pos
        self._pop(Lexeme(CLOSER_OF[self._stack[-1].type], "", end))

    def _pop(self, closer: Lexeme) -> None:
        opener = self._stack.pop()
        self._open[CLOSER_OF[opener.type]] -= 1
        self.lexemes.append(closer)

    def _report(self, fault: Diagnostic) -> None:
        self.count += 1
        if not self._quiet:
            self.faults.append(fault)
        self._quiet = True

    def _report_missing(
        self, count: int, met: Lexeme | None = None, *, by_indentation: bool = False
    ) -> None:
        """Report that the ``count`` innermost brackets are not closed, where ``met``
        closes another one."""
        last = self.lexemes[-1]
        line, _ = self._source.position(last.start_pos)
        opener, *_ = unclosed = self._stack[: -count - 1 : -1]
        closing = CLOSER_OF[opener.type]
        signs = "".join([_SIGN[CLOSER_OF[each.type]] for each in unclosed])
        fix = Fix(
            f"add `{signs}` in line {line}", Span(last.end_pos, last.end_pos), signs
        )
        notes = []
        if met is not None:
            span = Span(met.start_pos, met.end_pos)
            notes.append(Note(f"`{met.text}` stands here instead", span))
        self._report(
            diagnose(
                "LT0103",
                Span(opener.start_pos, opener.end_pos),
                notes=notes,
                fixes=[fix],
                hint=_BY_INDENTATION if by_indentation else _SOMEWHERE,
                brackets=_KIND[closing],
                opening=opener.text,
                closing=_SIGN[closing],
                line=line,
            )
        )

    def _report_wrong(self, opener: Lexeme, closer: Lexeme) -> None:
        closing = CLOSER_OF[opener.type]
        span, sign = Span(closer.start_pos, closer.end_pos), _SIGN[closing]
        self._report(
            diagnose(
                "LT0105",
                span,
                notes=[Note("opened here", Span(opener.start_pos, opener.end_pos))],
                fixes=[Fix(f"close it with `{sign}`", span, sign)],
                brackets=_KIND[closing],
                opening=opener.text,
                closing=sign,
                found=closer.text,
            )
        )
