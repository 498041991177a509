"""Signs → lines.

One walk over the signs, with a stack of the brackets that are open: nothing is recursive,
so depth does not matter. A form keeps the lines that its author gave it. One that was on a
single line, and is too long for it, gets one line for each argument.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from itertools import groupby

from lisptorch_compile.catalogue import lookup
from lisptorch_compile.catalogue.model import parse_parameters
from lisptorch_compile.tools.formatting.signs import Joint, Kind, Sign, hangs, is_name

WIDTH = 100
#: How far the body of a form stands to the right of its bracket.
INDENT = 3

#: Arguments stand below the first one unless that is further right than this.
_MAX_ALIGNMENT = 24


class _Lines(Enum):
    """Where the lines of a form end."""

    ONE = "one"
    AUTHOR = "author"
    EACH = "each"  # before each argument behind the head
    FILLED = "filled"  # where the next word has no room


@dataclass(slots=True)
class _Open:
    """A form whose bracket is open.

    ``head`` is how many words behind its name belong on its first line; ``body`` tells a
    form that holds code from a call, whose arguments stand below one another.
    """

    column: int
    bracket: str
    margin: int  # where its further lines begin, but for the indentation
    lines: _Lines = _Lines.AUTHOR
    head: int = 0
    body: bool = False
    is_data: bool = True
    parameters: int | None = None  # the word that lists names
    words: int = 0
    argument: int | None = None  # the column of the first one, on the line of the name
    hangs: bool = False  # nothing stands behind its bracket

    @property
    def indentation(self) -> int:
        if self.is_data and not self.hangs:
            return self.column + len(self.bracket)
        if not self.body and self.argument is not None:
            return self.argument
        return self.margin + INDENT


@dataclass(slots=True)
class _Page:
    """Lines, each with the comment behind it."""

    lines: list[str] = field(default_factory=lambda: [""])
    comments: dict[int, str] = field(default_factory=dict)

    margin: int = 0  # of the last line

    @property
    def column(self) -> int:
        return len(self.lines[-1])

    @property
    def is_fresh(self) -> bool:
        """Whether nothing stands on the last line."""
        return not self.lines[-1].strip()

    def write(self, text: str) -> None:
        first, *others = text.split("\n")
        self.lines[-1] += first
        if others:
            self.lines.extend(others)
            self.margin = len(others[-1]) - len(others[-1].lstrip())

    def break_line(self, indentation: int, blank_lines: int = 0) -> None:
        self.lines.extend([""] * blank_lines)
        self.lines.append(" " * indentation)
        self.margin = indentation

    def text(self, line_end: str) -> str:
        self._align_comments()
        return line_end.join(self.lines) + line_end

    def _align_comments(self) -> None:
        """Put the comments of neighbouring lines below one another."""
        numbered = enumerate(sorted(self.comments))
        for _, group in groupby(numbered, key=lambda pair: pair[1] - pair[0]):
            numbers = [number for _, number in group]
            widest = max(len(self.lines[number]) for number in numbers)
            for number in numbers:
                code = self.lines[number].ljust(widest)
                self.lines[number] = f"{code}  {self.comments[number]}"


def laid_out(signs: Sequence[Sign], line_end: str = "\n") -> str:
    """Return the text of signs, with a line end at its end; nothing for no signs."""
    if not signs:
        return ""
    walk = _Walk(signs)
    for index in range(len(signs)):
        walk.place(index)
    return walk.page.text(line_end)


class _Walk:
    def __init__(self, signs: Sequence[Sign]) -> None:
        self.signs = signs
        self.page = _Page()
        self.open = [_Open(0, "", 0)]

    def place(self, index: int) -> None:
        """Write the next sign."""
        sign = self.signs[index]
        if sign.kind is Kind.CLOSE:
            self._close(index)
        elif sign.kind is Kind.COMMENT:
            self._comment(index)
        else:
            self._word(index)

    def _word(self, index: int) -> None:
        sign = self.signs[index]
        form = self.open[-1]
        if sign.joint is Joint.SPACED:
            self.page.write(" ")
        elif sign.joint is Joint.FREE:
            self._begin_word(index, form)
        column = self.page.column
        self.page.write(sign.text)
        if sign.kind is Kind.OPEN:
            self.open.append(self._opened(index, column))

    def _begin_word(self, index: int, form: _Open) -> None:
        sign = self.signs[index]
        number, form.words = form.words, form.words + 1
        after_comment = index > 0 and self.signs[index - 1].kind is Kind.COMMENT
        if after_comment and self.signs[index - 1].ends_line:
            self._break_line(sign)
        elif number == 0 and not after_comment:
            form.hangs = (
                len(self.open) > 1 and form.is_data and hangs(self.signs, index)
            )
            if form.hangs:
                self._break_line(sign)
        elif _may_begin_line(sign) and self._ends_line(index, form, number):
            self._break_line(sign)
        elif self.page.column:
            self.page.write(" ")
        if number == 1 and not self.page.is_fresh:
            form.argument = self.page.column

    def _ends_line(self, index: int, form: _Open, number: int) -> bool:
        sign = self.signs[index]
        match form.lines:
            case _Lines.AUTHOR:
                return sign.breaks > 0
            case _Lines.EACH:
                return number > form.head
            case _Lines.FILLED:
                return self.page.column + 1 + self._word_width(index) > WIDTH
            case _Lines.ONE:
                return False

    def _break_line(self, sign: Sign) -> None:
        at_top = len(self.open) == 1
        blank_lines = min(max(sign.breaks - 1, 0), 2 if at_top else 1)
        self.page.break_line(self.open[-1].indentation, blank_lines)

    def _opened(self, index: int, column: int) -> _Open:
        sign, outer = self.signs[index], self.open[-1]
        form = _Open(column, sign.text, self._margin(index, column))
        lists_names = outer.words - 1 == outer.parameters
        if self._is_code(index) and not lists_names:
            form.is_data = False
            _set_by_name(form, self.signs[index + 1].text)
        if not sign.broken:
            fits = column + sign.width + self.signs[sign.end].closers <= WIDTH
            form.lines = _Lines.ONE if fits else self._lines_of_long(index, form)
        return form

    def _is_code(self, index: int) -> bool:
        sign = self.signs[index]
        quoted = sign.joint is Joint.GLUED  # or the parameters of a lambda
        return sign.text == "(" and is_name(self.signs[index + 1]) and not quoted

    def _margin(self, index: int, column: int) -> int:
        """Return where the lines of a form are counted from: the margin of its first line,
        if nothing but brackets stands behind the form, or else its own bracket."""
        end = self.signs[index].end
        behind = end + self.signs[end].closers + 1
        following = self.signs[behind : behind + 1]
        ends_line = all(sign.breaks or sign.ends_line for sign in following)
        return self.page.margin if ends_line else column

    def _lines_of_long(self, index: int, form: _Open) -> _Lines:
        """Return where the lines end of a form that is too long for one."""
        starts = self._word_starts(index)
        if form.is_data:
            atoms = all(self.signs[start].kind is Kind.ATOM for start in starts)
            return _Lines.FILLED if atoms else _Lines.EACH
        last = starts[-1]
        holds_one = len(starts) <= form.head + 1 + form.body
        if holds_one and last != index + 1 and self._opens(last):
            return _Lines.AUTHOR  # (setq x (…)): what is long is inside
        name = self.signs[index + 1].text
        if not form.body and len(name) > _MAX_ALIGNMENT:
            form.head = 0
        return _Lines.EACH

    def _word_starts(self, index: int) -> list[int]:
        """Return where the words directly inside a bracket begin."""
        starts: list[int] = []
        place, end = index + 1, self.signs[index].end
        while place < end:
            sign = self.signs[place]
            if sign.joint is Joint.FREE or place == index + 1:
                starts.append(place)
            place = sign.end + 1 if sign.kind is Kind.OPEN else place + 1
        return starts

    def _opens(self, index: int) -> bool:
        """Whether a word is a form, maybe a quoted one."""
        while self.signs[index].kind is Kind.QUOTE:
            index += 1
        return self.signs[index].kind is Kind.OPEN

    def _word_width(self, index: int) -> int:
        width = 0
        while True:
            sign = self.signs[index]
            width += sign.width if sign.kind is Kind.OPEN else len(sign.text)
            index = sign.end + 1 if sign.kind is Kind.OPEN else index + 1
            if index >= len(self.signs) or self.signs[index].joint is Joint.FREE:
                return width
            if self.signs[index].kind is Kind.CLOSE:
                return width + self.signs[index - 1].closers

    def _close(self, index: int) -> None:
        sign = self.signs[index]
        form = self.open.pop()
        from_margin = (
            form.column == form.margin or form.indentation == form.margin + INDENT
        )
        alone = form.lines is _Lines.AUTHOR and sign.breaks > 0 and from_margin
        if alone or self.signs[index - 1].ends_line:
            self.page.break_line(form.margin if from_margin else form.column)
        self.page.write(sign.text)

    def _comment(self, index: int) -> None:
        sign = self.signs[index]
        if index and sign.breaks == 0:
            if sign.ends_line:
                self.page.comments[len(self.page.lines) - 1] = sign.text
                return
            self.page.write("" if self.signs[index - 1].kind is Kind.OPEN else " ")
        elif index:
            self._break_line(sign)
        self.page.write(sign.text)


def _may_begin_line(sign: Sign) -> bool:
    """Tell whether a line may begin with a sign: ``#`` would begin a comment there."""
    return sign.text != "#" and not sign.text.startswith("#!")


def _set_by_name(form: _Open, name: str) -> None:
    """Note what the name of a form says about its lines."""
    builtin = lookup(name)
    form.head = 1
    if builtin is None or not builtin.form:
        return
    for count, parameter in enumerate(
        parse_parameters(builtin.overloads[0].parameters)
    ):
        word = parameter.name
        if word in _LISTS:
            form.parameters = count + 1
        if word in _CODE or word.endswith(_CODE_ENDINGS) or (count and word == "value"):
            form.head, form.body = count, True
            return


#: Parameters of forms that are code, or parts of what is defined.
_CODE = ("then", "otherwise", "body", "clause", "clauses", "definitions", "descriptors")
_CODE_ENDINGS = ("_and_body", "_and_methods", "_and_handler")

#: Parameters of forms that are lists of names, with what belongs to each.
_LISTS = ("parameters", "patterns", "bindings", "contexts", "fields_and_methods")
