"""The top-level forms of earlier versions of a text, for an editor that reads it anew at
each keystroke."""

from __future__ import annotations

from collections.abc import Sequence

from lisptorch_compile.diagnostics import Span
from lisptorch_compile.forms import Form, moved

#: The text of a top-level form, and how many lexemes the reader made of it: more or fewer
#: where it has mended brackets.
Key = tuple[str, int]


class ReadingMemory:
    """Keeps the forms of the last two readings.

    Call ``next_version`` before each reading of a text and all that it loads.
    """

    def __init__(self) -> None:
        self._before: dict[Key, tuple[int, Sequence[Form]]] = {}
        self._now: dict[Key, tuple[int, Sequence[Form]]] = {}

    def next_version(self) -> None:
        """Forget what the last reading had no use for."""
        self._before, self._now = self._now, {}

    def recall(self, key: Key, start: int) -> Sequence[Form] | None:
        """Return the forms of a text that now begins at ``start``, None if it is new."""
        known = self._now.get(key) or self._before.get(key)
        if known is None:
            return None
        old_start, forms = known
        if old_start != start:
            shift = start - old_start
            forms = [moved(form, lambda span: _shifted(span, shift)) for form in forms]
        self._now[key] = start, forms
        return forms

    def keep(self, key: Key, start: int, forms: Sequence[Form]) -> None:
        """Remember what a text that begins at ``start`` was read as."""
        self._now[key] = start, forms


def _shifted(span: Span, distance: int) -> Span:
    return Span(span.start + distance, span.end + distance)
