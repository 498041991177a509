"""What was read of the last version of each text, for an editor that reads it anew at each
keystroke."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lisptorch_compile.diagnostics import Source, Span
from lisptorch_compile.forms import Form, ReadResult, moved
from lisptorch_compile.records import record

#: Deeper forms are parsed again rather than moved, which is recursive.
MAX_MOVED_DEPTH = 100

#: The text of a top-level form, and how many lexemes the reader made of it: more or fewer
#: where it has mended brackets.
Key = tuple[str, int]


@record
class Part:
    """A top-level form, with the quotes before it.

    ``forms``: what was read of it, nothing where it breaks a rule of the grammar;
    ``sound``: it was read as it stands.
    """

    text: str
    lexemes: int
    start: int
    forms: tuple[Form, ...]
    depth: int
    sound: bool

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def key(self) -> Key:
        return self.text, self.lexemes

    def may_move_to(self, start: int) -> bool:
        return self.depth <= MAX_MOVED_DEPTH or start == self.start

    def moved_to(self, start: int) -> Part:
        """Return the same part of a text in which it stands elsewhere."""
        distance = start - self.start
        if not distance:
            return self
        forms = [
            moved(form, lambda span: shifted(span, distance)) for form in self.forms
        ]
        return Part(
            self.text, self.lexemes, start, tuple(forms), self.depth, self.sound
        )


@record
class Reading:
    """A text, what was read of it, and the parts that its forms come from, in order."""

    source: Source
    result: ReadResult
    parts: Sequence[Part]


class ReadingMemory:
    """Keeps the last reading of each text, by the name of its file."""

    def __init__(self) -> None:
        self._readings: dict[str, Reading] = {}

    def last(self, filename: str) -> Reading | None:
        """Return the last reading of a file."""
        return self._readings.get(filename)

    def parts(self, filename: str) -> Mapping[Key, Part]:
        """Return the sound parts of the last reading of a file."""
        last = self.last(filename)
        parts = last.parts if last is not None else ()
        return {part.key: part for part in parts if part.sound}

    def keep(self, reading: Reading) -> None:
        """Remember a reading instead of the one before."""
        self._readings[reading.source.filename] = reading


def shifted(span: Span, distance: int) -> Span:
    """Return a span that lies further back in the text."""
    return Span(span.start + distance, span.end + distance)
