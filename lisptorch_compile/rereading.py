"""Reads a text again after a change of some lines: all but the top-level forms around these
is what it was.

    (defun f (x) x)      kept
    (defun g (x) |)      cut into lexemes and parsed
    (defun h (x) x)      kept, moved by what was typed
"""

from __future__ import annotations

from collections.abc import Iterable

from lisptorch_compile.brackets import balance
from lisptorch_compile.diagnostics import Source
from lisptorch_compile.forms import Comment, ReadResult
from lisptorch_compile.reading_memory import Part, Reading, shifted
from lisptorch_compile.records import record

#: What such a sign opens depends on whether it stands anywhere behind once more.
_FAR_SIGHTED = (";;", '"""')


@record
class _Change:
    """The lines between ``start`` and ``old_end`` have become those up to ``new_end``."""

    start: int
    old_end: int
    new_end: int

    @property
    def distance(self) -> int:
        return self.new_end - self.old_end


def reread(source: Source, last: Reading) -> Reading | None:
    """Return the reading of the next version of a text.

    None when there is something wrong with one of them, or when the change may reach
    beyond the top-level forms in which it was made: then all must be read.
    """
    if last.result.diagnostics:
        return None
    change = _change(last.source, source)
    before = [part for part in last.parts if part.end < change.start]
    behind = [part for part in last.parts if part.start >= change.old_end]
    start = before[-1].end if before else 0
    end = behind[0].start + change.distance if behind else len(source.text)
    if _is_far_sighted(change, last.source, source):
        return None
    if not all([part.may_move_to(part.start + change.distance) for part in behind]):
        return None
    between = _read_between(source, start, end)
    if between is None:
        return None
    parts, comments = between
    moved = [part.moved_to(part.start + change.distance) for part in behind]
    known = last.result.comments
    return _reading(
        source,
        [*before, *parts, *moved],
        [
            *[comment for comment in known if comment.span.end <= start],
            *comments,
            *_moved_comments(known, end - change.distance, change.distance),
        ],
    )


def _change(old: Source, new: Source) -> _Change:
    """Return which lines of a text have changed."""
    old_lines, new_lines = old.text.split("\n"), new.text.split("\n")
    shorter = min(len(old_lines), len(new_lines))
    head = _common(old_lines, new_lines)
    tail = min(_common(reversed(old_lines), reversed(new_lines)), shorter - head)
    return _Change(
        _line_start(old, head),
        _line_start(old, len(old_lines) - tail),
        _line_start(new, len(new_lines) - tail),
    )


def _common(first: Iterable[str], second: Iterable[str]) -> int:
    """Return how many lines are the same until the first difference."""
    count = 0
    for one, other in zip(first, second, strict=False):
        if one != other:
            break
        count += 1
    return count


def _line_start(source: Source, index: int) -> int:
    """Return where a line starts, counted from 0; the end of the text behind the last."""
    starts = source.line_starts
    return starts[index] if index < len(starts) else len(source.text)


def _is_far_sighted(change: _Change, old: Source, new: Source) -> bool:
    """Tell whether the lines that have changed, as they were and as they are, may give
    another meaning to what stands before them."""
    before = old.text[: change.start]
    was, is_now = slice(change.start, change.old_end), slice(
        change.start, change.new_end
    )
    touched = old.text[was] + new.text[is_now]
    return any([sign in before and sign[0] in touched for sign in _FAR_SIGHTED])


def _read_between(
    source: Source, start: int, end: int
) -> tuple[list[Part], list[Comment]] | None:
    """Return what stands between two top-level forms, None when something is wrong."""
    # Lark takes 50 ms to import: a run that reads nothing does not pay for it.
    from lisptorch_compile.syntax import parse_parts, scanner

    scan = scanner().scan_between(source, start, end)
    if scan is None:
        return None
    balanced = balance(scan.lexemes, source)
    if balanced.diagnostics:
        return None
    parts, faults = parse_parts(balanced.lexemes, source.text, {})
    return None if faults else (parts, scan.comments)


def _moved_comments(
    comments: Iterable[Comment], start: int, distance: int
) -> list[Comment]:
    """Return the comments from ``start`` on, moved."""
    behind = [comment for comment in comments if comment.span.start >= start]
    if not distance:
        return behind
    return [Comment(each.text, shifted(each.span, distance)) for each in behind]


def _reading(source: Source, parts: list[Part], comments: list[Comment]) -> Reading:
    forms = [form for part in parts for form in part.forms]
    depth = max([part.depth for part in parts], default=0)
    return Reading(source, ReadResult(tuple(forms), tuple(comments), (), depth), parts)
