"""Diagnostics as text with the place under carets, and as JSON."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from typing import IO, Any

from lisptorch_compile.diagnostics import Diagnostic, Severity, Source, Span
from lisptorch_compile.records import record

#: Source lines wider than this are cut around the place that is shown.
MAX_WIDTH = 120

_TAB = "    "


@record
class Piece:
    """A piece of text that looks the same throughout; ``style`` is a style of rich."""

    text: str
    style: str = ""


_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow"}
PLACE_STYLE = "blue"


def as_text(diagnostic: Diagnostic, source: Source) -> str:
    """Return the diagnostic as it is shown to a person, without colours.

    ::

        error[LT0203]: `if` needs a value for the true case
          --> model.lsp:12:4
           12 |    (if (> loss limit))
              |    ^^^^^^^^^^^^^^^^^^^
          help: write (if (> loss limit) limit loss)
    """
    return "".join(piece.text for piece in pieces(diagnostic, source))


def pieces(diagnostic: Diagnostic, source: Source) -> Iterator[Piece]:
    """Yield the text of a diagnostic, line breaks included, with its styles."""
    style = _STYLES[diagnostic.severity]
    yield Piece(f"{diagnostic.severity.value}[{diagnostic.code}]", style)
    yield Piece(f": {_visible(diagnostic.message)}\n", "bold")
    yield from place(diagnostic.span, source, style)
    for note in diagnostic.notes:
        yield Piece("  note", "bold cyan")
        yield Piece(f": {_visible(note.message)}\n")
        yield from place(note.span, source, "cyan")
    if diagnostic.hint is not None:
        yield from help_line(diagnostic.hint)


def help_line(hint: str) -> Iterator[Piece]:
    """Yield the line that says what to try."""
    yield Piece("  help", "bold green")
    yield Piece(f": {_visible(hint)}\n")


def excerpt(span: Span, source: Source) -> str:
    """Return the first line of ``span`` with carets under it."""
    return "".join(piece.text for piece in _excerpt(span, source, ""))


def as_json(diagnostic: Diagnostic, source: Source) -> dict[str, Any]:
    """Return the diagnostic as plain data; lines and columns are counted from 1.

    The end is exclusive: ``(f)`` at the start of a file ends at column 4.
    """
    return {
        "file": source.filename,
        **_range(diagnostic.span, source),
        "code": diagnostic.code,
        "severity": diagnostic.severity.value,
        "message": diagnostic.message,
        "hint": diagnostic.hint,
        "notes": [
            {"message": note.message, **_range(note.span, source)}
            for note in diagnostic.notes
        ],
        "fixes": [
            {"title": fix.title, **_range(fix.span, source), "text": fix.text}
            for fix in diagnostic.fixes
        ],
    }


def summary(diagnostics: Iterable[Diagnostic], files: int = 1) -> str:
    """Return a line such as ``2 errors, 1 warning in 3 files``; empty when clean."""
    found = list(diagnostics)
    counts = (
        (sum(d.severity is severity for d in found), severity.value)
        for severity in Severity
    )
    parts = [f"{n} {word}{'s' if n > 1 else ''}" for n, word in counts if n]
    where = f" in {files} files" if files > 1 else ""
    return ", ".join(parts) + where if parts else ""


def write(stream: IO[str], text: Iterable[Piece]) -> None:
    """Write pieces to ``stream``, in colours when it is a terminal that has them."""
    if not stream.isatty():
        stream.write("".join(piece.text for piece in text))
        return
    from rich.console import Console  # 60 ms: only for a person at a terminal
    from rich.text import Text

    console = Console(file=stream, highlight=False, soft_wrap=True)
    console.print(Text.assemble(*((p.text, p.style) for p in text)), end="")


def coloured(text: Iterable[Piece]) -> str:
    """Return pieces as one text with the colours of a terminal, which notebooks show, too."""
    from io import StringIO

    from rich.console import Console
    from rich.text import Text

    stream = StringIO()
    console = Console(
        file=stream,
        force_terminal=True,
        force_jupyter=False,
        color_system="standard",
        highlight=False,
        soft_wrap=True,
        legacy_windows=False,
    )
    console.print(Text.assemble(*((p.text, p.style) for p in text)), end="")
    return stream.getvalue()


# --- one place ------------------------------------------------------------------------


def place(span: Span, source: Source, style: str) -> Iterator[Piece]:
    """Yield where ``span`` is, and its first line with carets under it."""
    line, column = source.position(span.start)
    yield Piece("  --> ", PLACE_STYLE)
    yield Piece(f"{_visible(source.filename)}:{line}:{column}\n")
    yield from _excerpt(span, source, style)


def _excerpt(span: Span, source: Source, style: str) -> Iterator[Piece]:
    number, column = source.position(span.start)
    line = source.line(number)
    start = min(column - 1, len(line))
    end = max(start + 1, min(len(line), start + span.end - span.start))
    shown, start, end = _cut(line, start, end)
    width = max(5, len(str(number)) + 3)
    yield Piece(f"{number:>{width}} | ", PLACE_STYLE)
    yield Piece(f"{_visible(shown)}\n")
    yield Piece(f"{'':>{width}} | ", PLACE_STYLE)
    yield Piece(" " * _width(shown[:start]))
    yield Piece("^" * max(1, _width(shown[start:end])) + "\n", style)


def _cut(line: str, start: int, end: int) -> tuple[str, int, int]:
    """Return the part of a long line around ``start`` … ``end``, and where they are in it."""
    if len(line) <= MAX_WIDTH:
        return line, start, end
    left = max(0, min(start - MAX_WIDTH // 4, len(line) - MAX_WIDTH))
    right = min(len(line), left + MAX_WIDTH)
    before = "…" if left else ""
    after = "…" if right < len(line) else ""
    shift = len(before) - left
    return (
        f"{before}{line[left:right]}{after}",
        start + shift,
        min(end, right) + shift,
    )


def _visible(text: str) -> str:
    """Return ``text`` with tabs spread and nothing that could steer a terminal."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_visible_char, text))


def _visible_char(char: str) -> str:
    if char == "\t":
        return _TAB
    if char < " ":
        return chr(0x2400 + ord(char))
    if char == "\x7f":
        return "\u2421"
    if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp"):
        return "\ufffd"
    return char


def _width(text: str) -> int:
    """Return how many columns a terminal takes to show ``text``."""
    return sum(map(_char_width, _visible(text)))


def _char_width(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _range(span: Span, source: Source) -> dict[str, int]:
    line, column = source.position(span.start)
    end_line, end_column = source.position(span.end)
    return {
        "line": line,
        "column": column,
        "end_line": end_line,
        "end_column": end_column,
    }
