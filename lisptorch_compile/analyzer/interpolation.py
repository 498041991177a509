"""The text of ``f_``: literal pieces and the code between braces."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from lisptorch_compile.diagnostics import Source, Span
from lisptorch_compile.forms import Form, ListForm, String, moved
from lisptorch_compile.reader import read


def pieces(text: String, source: Source) -> list[str | Form] | None:
    """Return the pieces of ``text``; None when its braces do not balance.

    ``{name}`` and ``{call argument…}`` are code; ``%{`` and ``%}`` are braces.
    """
    result: list[str | Form] = []
    literal = ""
    index, end = 0, len(text.value)
    while index < end:
        char = text.value[index]
        if char == "%" and text.value[index + 1 : index + 2] in ("{", "}"):
            literal += text.value[index + 1]
            index += 2
        elif char == "{":
            close = _closing(text.value, index)
            if close is None:
                return None
            code = _code(text, index + 1, close, source)
            if code is None:
                return None
            result.extend([literal, code] if literal else [code])
            literal = ""
            index = close + 1
        elif char == "}":
            return None
        else:
            literal += char
            index += 1
    return [*result, literal] if literal else result


def _closing(text: str, start: int) -> int | None:
    depth = 0
    for index in range(start, len(text)):
        depth += {"{": 1, "}": -1}.get(text[index], 0)
        if depth == 0:
            return index
    return None


def _code(text: String, start: int, end: int, source: Source) -> Form | None:
    """Return the form of ``text.value[start:end]``; several forms are a call."""
    forms = forms_within(text, start, end, source)
    if not forms:
        return None
    if len(forms) == 1:
        return forms[0]
    return ListForm(forms, _placing(text, source, 0)(Span(start, end)))


def forms_within(
    text: String, start: int, end: int, source: Source
) -> tuple[Form, ...] | None:
    """Return the forms of ``text.value[start:end]`` with spans of the file; None when
    they cannot be read."""
    result = read(Source.of(text.value[start:end], source.filename))
    if result.diagnostics:
        return None
    place = _placing(text, source, start)
    return tuple([moved(form, place) for form in result.forms])


def _placing(text: String, source: Source, start: int) -> Callable[[Span], Span]:
    """Return what tells where a part of ``text.value[start:]`` stands in the source."""
    offsets = _offsets(text, source)

    def place(span: Span) -> Span:
        if offsets is None:
            return text.span
        return Span(offsets[start + span.start], offsets[start + span.end])

    return place


def _offsets(text: String, source: Source) -> Sequence[int] | None:
    """Return where each character of the text stands in the source, and its end; None for
    a text that does not stand there."""
    written = source.text[text.span.start : text.span.end]
    width = 3 if written.startswith('"""') else 1
    start, content = text.span.start + width, written[width:-width]
    if content == text.value:
        return range(start, start + len(content) + 1)
    offsets: list[int] = []
    index = 0
    while index < len(content):
        offsets.append(start + index)
        index += 2 if content[index] == "\\" else 1  # an escape is one character
    offsets.append(start + len(content))
    return offsets if len(offsets) == len(text.value) + 1 else None
