"""Breaking a logical line into physical ones, with the outcome that black settles on.

A line that fits stays whole. Otherwise it is split, and each part again:

* the signature of a ``def`` at its parentheses;
* inside brackets at the delimiters that bind loosest, one part a line;
* else at the last pair of brackets (``head(``, ``body``, ``)tail``), or at an earlier
  pair when the trailers after it can stay together. The last pair may be invisible
  parentheses, which then appear, unless the line reads well without them.

Black's output is only reproduced if its order of attempts is, so a failed attempt
returns None here where black raises, and the rest follows its documented style.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from lisptorch_compile.leaves import (
    COMMA_BREAK,
    DOT_BREAK,
    NO_BREAK,
    Kind,
    Leaf,
    Role,
)
from lisptorch_compile.lines import (
    BRACKETS,
    CLOSING,
    INDENT,
    OPENING,
    WIDTH,
    Line,
    fits,
    flat_text,
    is_more_than_one_tuple,
    text_width,
)


def break_line(leaves: Sequence[Leaf], depth: int) -> list[str]:
    """Return the physical lines, indented, for the leaves of one logical line.

    Like black's, the layout takes two passes: in the second, the trailing commas of the
    first make their brackets stay open, which may ask for another split around them.
    """
    text = INDENT * depth + flat_text(leaves)
    if text_width(text) <= WIDTH and "**" not in text:
        return [text]
    parts = _pass(leaves, depth)
    if len(parts) > 1:
        parts = _pass(_settled(parts), depth)
    return [part.text() for part in parts]


def _pass(leaves: Sequence[Leaf], depth: int) -> list[Line]:
    line = Line(depth, inside=False)
    for leaf in leaves:
        line.append(leaf)
    return _transform(line, force=False)


def _settled(parts: Sequence[Line]) -> list[Leaf]:
    """Return the leaves of a layout as black reads them: optional parentheses anew."""
    leaves = [leaf for part in parts for leaf in part.leaves]
    for leaf in leaves:
        if leaf.optional and leaf.text and leaf.lasting:
            leaf.optional = False
            leaf.role = Role.ATOM
        elif leaf.optional:
            leaf.text = ""
    return leaves


# --- the attempts ------------------------------------------------------------------------------

_Split = Callable[[Line, bool], Iterable[Line] | None]


def _transform(line: Line, *, force: bool) -> list[Line]:
    """Split ``line`` as far as needed; with ``force`` optional parentheses appear."""
    hugged = _hug_powers(line)
    if not line.explode and not line.magic and fits(hugged):
        return [hugged]
    splits: tuple[_Split, ...]
    if line.is_def:
        splits = (_left_hand_split,)
    elif line.inside:
        splits = (_delimiter_split, _right_hand_split_with_omits)
    else:
        splits = (_right_hand_split_with_omits,)
    for split in splits:
        result = _run(line, split, force=force)
        if result is not None:
            return result
    return [hugged]


def _run(line: Line, split: _Split, *, force: bool) -> list[Line] | None:
    optional = [leaf for leaf in line.invisible if leaf.depth == 0]
    parts = split(line, force)
    if parts is None:
        return None
    text = line.text()
    result: list[Line] = []
    for part in parts:
        if part.text() == text:
            return None
        result.extend(_transform(part, force=force))
    if (
        force
        or split is not _right_hand_split_with_omits
        or not line.invisible
        or any(leaf.text for leaf in optional)
        or fits(result[0])
    ):
        return result
    second = _run(_copied(line), split, force=True)
    if second is not None and all(map(fits, second)):
        return second
    return result


def _copied(line: Line) -> Line:
    copy = Line(line.depth, inside=line.inside)
    copy.explode = line.explode
    copy.magic = line.magic
    for leaf in line.leaves:
        copy.append(leaf.copy())
    return copy


def _left_hand_split(line: Line, force: bool) -> Iterable[Line] | None:
    """Split at the first pair of round brackets: for signatures."""
    leaves = line.leaves
    start = next(
        (i for i, leaf in enumerate(leaves) if leaf.kind is Kind.ROUND_OPEN), None
    )
    if start is None:
        return None
    opening = leaves[start]
    end = next((i for i, leaf in enumerate(leaves) if leaf.opening is opening), None)
    if end is None or end == start + 1:  # a head that was split off, or nothing between
        return None
    head = _head(leaves[: start + 1], line)
    body = _body(leaves[start + 1 : end], line, opening)
    return [head, body, _tail(leaves[end:], line)]


def _delimiter_split(line: Line, force: bool) -> Iterable[Line] | None:
    """Put what the loosest delimiters separate on lines of their own."""
    last = line.leaves[-1]
    priority = line.highest_break(exclude=last)
    if priority == NO_BREAK:
        return None
    if priority == DOT_BREAK and line.count_breaks(priority) == 1:
        return None
    return _delimited_parts(line, priority)


def _delimited_parts(line: Line, priority: int) -> Iterator[Line]:
    part: list[Leaf] = []
    for leaf in line.leaves:
        part.append(leaf)
        if line.breaks.get(leaf) == priority:
            yield _part(part, line)
            part = []
    if part:
        if priority == COMMA_BREAK and part[-1].kind is not Kind.COMMA:
            part.append(_trailing_comma())
        yield _part(part, line)


def _part(leaves: Sequence[Leaf], original: Line) -> Line:
    line = Line(original.depth, inside=original.inside)
    # A part that stays whole needs no tracking: what makes long literals affordable.
    whole = _fits_flat(leaves, original.depth) and not any(
        leaf.kind is Kind.COMMA and following.kind in CLOSING
        for leaf, following in pairwise(leaves)
    )
    for leaf in leaves:
        line.append(leaf, track=not whole)
    return line


def _fits_flat(leaves: Sequence[Leaf], depth: int) -> bool:
    space = len(leaves[0].space)
    return text_width(flat_text(leaves)) - space + len(INDENT) * depth <= WIDTH


def _trailing_comma() -> Leaf:
    return Leaf(",", "", Kind.COMMA, COMMA_BREAK)


# --- the right-hand split ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Halves:
    """A line split at one pair of brackets."""

    head: Line
    body: Line
    tail: Line
    opening: Leaf
    closing: Leaf

    def parts(self) -> list[Line]:
        return [part for part in (self.head, self.body, self.tail) if part.leaves]


def _right_hand_split_with_omits(line: Line, force: bool) -> Iterable[Line] | None:
    """Split at the last brackets, or earlier ones if that gives a first line that fits."""
    starts: dict[Leaf, int] = {}
    position = len(INDENT) * line.depth
    for leaf, length in line.lengths():
        starts[leaf] = position
        position += length
    first: list[Line] | None = None
    for omit in _trailers_to_omit(line):
        if omit and _starts_too_late(line, omit, starts):
            continue
        parts = _right_hand_split(line, force, omit)
        if parts is None:
            return None
        if first is None and not omit:
            first = parts
        if fits(parts[0]):
            return parts
    return first if first is not None else _right_hand_split(line, force, ())


def _starts_too_late(
    line: Line, omit: Collection[Leaf], starts: dict[Leaf, int]
) -> bool:
    for leaf in reversed(line.leaves):
        if leaf.kind in CLOSING and leaf not in omit:
            opening = leaf.opening
            return bool(
                opening is not None and opening.text and starts.get(opening, 0) > WIDTH
            )
    return False


def _trailers_to_omit(line: Line) -> Iterator[Collection[Leaf]]:
    """Yield growing sets of closing brackets to pass over, from the right.

    A trailer may be passed over while everything from it on fits on a line.
    """
    omit: set[Leaf] = set()
    if not line.magic:
        yield omit
    length = len(INDENT) * line.depth
    opening: Leaf | None = None
    closing: Leaf | None = None
    inner: set[Leaf] = set()
    leaves = line.leaves
    for index in range(len(leaves) - 1, -1, -1):
        leaf = leaves[index]
        previous = leaves[index - 1] if index else None
        length += len(leaf.text) + (len(leaf.space) if index else 0)
        if length > WIDTH:
            return
        if opening is not None:
            if leaf is opening:
                opening = None
            elif leaf.kind in CLOSING:
                if _has_trailing_comma(leaf, previous, leaves):
                    return
                inner.add(leaf)
        elif leaf.kind in CLOSING:
            if previous is not None and previous.kind in OPENING:
                inner.add(leaf)  # empty brackets cannot be split themselves
                continue
            if closing is not None:
                omit.add(closing)
                omit |= inner
                inner.clear()
                yield omit
            if _has_trailing_comma(leaf, previous, leaves):
                return
            if leaf.text:
                opening = leaf.opening
                closing = leaf


def _has_trailing_comma(
    closing: Leaf, previous: Leaf | None, leaves: Sequence[Leaf]
) -> bool:
    """Tell whether a comma before ``closing`` is more than that of a one-tuple."""
    if previous is None or previous.kind is not Kind.COMMA:
        return False
    if closing.kind is not Kind.ROUND_CLOSE or closing.opening not in leaves:
        return True
    start, end = leaves.index(closing.opening), leaves.index(closing)
    commas = sum(
        leaf.kind is Kind.COMMA and leaf.depth == closing.depth + 1
        for leaf in leaves[start:end]
    )
    return is_more_than_one_tuple(closing, commas)


def _right_hand_split(
    line: Line, force: bool, omit: Collection[Leaf]
) -> list[Line] | None:
    halves = _halves(line, omit)
    return None if halves is None else _keep_or_omit(halves, line, force, omit)


def _halves(line: Line, omit: Collection[Leaf]) -> _Halves | None:
    """Split at the last pair of brackets that holds something and is not omitted."""
    leaves = line.leaves
    end = len(leaves) - 1
    while end > 0:
        closing = leaves[end]
        if closing.kind not in CLOSING or closing in omit:
            end -= 1
        elif leaves[end - 1] is closing.opening:
            end -= 2
        else:
            break
    if end <= 0:
        return None
    opening = closing.opening
    start = end - 1
    while start >= 0 and leaves[start] is not opening:
        start -= 1
    if start < 0 or opening is None:
        return None
    head = _head(leaves[: start + 1], line)
    body = _body(leaves[start + 1 : end], line, opening)
    return _Halves(head, body, _tail(leaves[end:], line), opening, closing)


def _keep_or_omit(
    halves: _Halves, line: Line, force: bool, omit: Collection[Leaf]
) -> list[Line] | None:
    """Make optional parentheses visible, or split further left without them."""
    optional = (
        not force
        and halves.opening.kind is Kind.ROUND_OPEN
        and not halves.opening.text
        and not halves.closing.text
        and not line.is_import
    )
    if optional and _can_omit_parentheses(halves):
        wider = {halves.closing, *omit}
        without = _halves(line, wider)
        if without is not None:
            if not _prefers_split_without(without, halves):
                return _visible(halves)
            parts = _keep_or_omit(without, line, force, wider)
            if parts is not None:
                return parts
        # Splitting without them failed.
        if (
            not line.is_chained_assignment
            and halves.opening.role is not Role.CASE
            and not _can_be_split(halves.body)
            and not fits(halves.body)
        ):
            return None
    return _visible(halves)


def _visible(halves: _Halves) -> list[Line]:
    if halves.opening.kind is Kind.ROUND_OPEN:
        halves.opening.text = "("
        halves.closing.text = ")"
    return halves.parts()


def _prefers_split_without(without: _Halves, halves: _Halves) -> bool:
    """Judge a split inside the right-hand side against one in parentheses around it."""
    head = halves.head
    if len(head.leaves) < 2 or head.leaves[-2].kind is not Kind.EQUAL:
        return True
    if not any(leaf.kind in BRACKETS for leaf in head.leaves[:-1]):
        return True
    if head.magic or not fits(head, WIDTH - 1):
        return True
    equals = _count_equals(head)
    if equals > 1 and equals > _count_equals(without.head):
        return False
    for leaf in reversed(without.head.leaves):
        if leaf.kind is Kind.EQUAL:
            break
        if leaf.kind in CLOSING:
            return True
    return _count_equals(without.head) > 0 and fits(without.head)


def _count_equals(line: Line) -> int:
    return sum(leaf.kind is Kind.EQUAL for leaf in line.leaves)


def _can_be_split(line: Line) -> bool:
    """Tell whether ``line`` may have a place to split; ``"…".format(…)`` has none."""
    leaves = line.leaves
    if len(leaves) < 2:
        return False
    if leaves[0].kind is not Kind.STRING or leaves[1].kind is not Kind.DOT:
        return True
    calls = dots = 0
    following = leaves[-1]
    for leaf in leaves[-2::-1]:
        if leaf.kind in OPENING:
            if following.kind not in CLOSING:
                return False
            calls += 1
        elif leaf.kind is Kind.DOT:
            dots += 1
        elif leaf.kind is Kind.NAME:
            if following.kind is not Kind.DOT and following.kind not in OPENING:
                return False
        elif leaf.kind not in CLOSING:
            return False
        if dots > 1 and calls > 1:
            return False
    return True


def _can_omit_parentheses(halves: _Halves) -> bool:
    """Tell whether the body reads well without optional parentheses around it."""
    body = halves.body
    if not body.breaks:
        return True
    priority = body.highest_break()
    count = body.count_breaks(priority)
    if count > 1:
        return False
    if priority == COMMA_BREAK and halves.head.starts_with("with"):
        return False
    if priority == DOT_BREAK:
        return True
    first, second = body.leaves[:2]
    opens = first.kind in OPENING and second.kind not in CLOSING
    if opens and _rest_fits_after_first_brackets(body, first):
        return True
    before_last, last = body.leaves[-2:]
    closes = last.kind in (Kind.ROUND_CLOSE, Kind.CURLY_CLOSE) or (
        last.kind is Kind.SQUARE_CLOSE and last.role is not Role.TRAILER
    )
    if not closes or before_last.kind in OPENING:
        return False
    return _fits_before_last_brackets(body, last)


def _rest_fits_after_first_brackets(body: Line, first: Leaf) -> bool:
    counting = False
    length = len(INDENT) * body.depth
    for leaf, size in body.lengths():
        if leaf.kind in CLOSING and leaf.opening is first:
            counting = True
        if counting:
            length += size
            if length > WIDTH:
                return False
            if leaf.kind in OPENING:
                counting = False  # these can be split
    return True


def _fits_before_last_brackets(body: Line, last: Leaf) -> bool:
    length = len(INDENT) * body.depth
    other_brackets = False
    for leaf, size in body.lengths():
        length += size
        if leaf is last.opening:
            if other_brackets or length <= WIDTH:
                return True
        elif leaf.kind in OPENING:
            other_brackets = True
    return False


# --- the three parts -----------------------------------------------------------------------------


def _head(leaves: Sequence[Leaf], original: Line) -> Line:
    line = Line(original.depth, inside=False)
    complete = _in_complete_brackets(leaves)
    for leaf in leaves:
        line.append(leaf, track=leaf in complete)
    return line


def _tail(leaves: Sequence[Leaf], original: Line) -> Line:
    line = Line(original.depth, inside=False)
    for leaf in leaves:
        line.append(leaf, track=False)
    return line


def _body(leaves: Sequence[Leaf], original: Line, opening: Leaf) -> Line:
    line = Line(original.depth + 1, inside=True)
    for leaf in leaves:
        line.append(leaf)
    if _wants_comma(leaves, original, opening):
        line.append(_trailing_comma())
    line.explode = _must_explode(line, opening)
    return line


def _in_complete_brackets(leaves: Sequence[Leaf]) -> set[Leaf]:
    """Return the leaves between brackets that both stand among ``leaves``."""
    found: set[Leaf] = set()
    stack: list[list[Leaf]] = []
    for leaf in leaves:
        if leaf.kind in OPENING:
            stack.append([leaf])
        elif leaf.kind in CLOSING:
            if stack and stack[-1][0].kind + 3 == leaf.kind:
                found.update(stack.pop(), [leaf])
            elif stack or found:
                break
        elif stack:
            stack[-1].append(leaf)
    return found


def _wants_comma(leaves: Sequence[Leaf], original: Line, opening: Leaf) -> bool:
    if original.is_import:
        return leaves[-1].kind is not Kind.COMMA
    return (
        original.is_def
        and opening.text == "("
        and not any(leaf.kind is Kind.COMMA for leaf in leaves)
    )


def _must_explode(body: Line, opening: Leaf) -> bool:
    """Several items of a display, or a trailing comma, take a line for each item."""
    last = body.leaves[-1]
    trailing = last.kind is Kind.COMMA
    priority = body.highest_break(exclude=last if trailing else None)
    if priority != COMMA_BREAK:
        return False
    return trailing or opening.role in (Role.ATOM, Role.IMPORT, Role.CASE)


# --- powers ----------------------------------------------------------------------------------------


def _hug_powers(line: Line) -> Line:
    """Take the spaces off ``**`` between simple operands: ``x**2``, ``a.b ** f(c)``."""
    leaves = line.leaves
    hugged: set[int] = set()
    for index, leaf in enumerate(leaves):
        if leaf.text != "**" or not leaf.priority:
            continue
        if index == 0 or index + 1 == len(leaves):
            continue  # an operand stands on another line
        if _is_simple_base(leaves, index - 1) and _is_simple_power(leaves, index + 1):
            hugged |= {index, index + 1}
    if not hugged:
        return line
    result = Line(line.depth, inside=line.inside)
    result.leaves = line.leaves
    result.tight = frozenset(leaves[index] for index in hugged)
    return result


def _is_simple_base(leaves: Sequence[Leaf], index: int) -> bool:
    """A name or number, and no call or subscript right before its dot."""
    if leaves[index].kind is Kind.NUMBER:
        return True
    if leaves[index].kind is not Kind.NAME:
        return False
    dotted = index >= 2 and leaves[index - 1].kind is Kind.DOT
    return not dotted or leaves[index - 2].kind not in (
        Kind.ROUND_CLOSE,
        Kind.SQUARE_CLOSE,
    )


def _is_simple_power(leaves: Sequence[Leaf], index: int) -> bool:
    """A name, dotted name or number with or without a sign, and no call or subscript."""
    if leaves[index].kind is Kind.OPERATOR and leaves[index].text in "+-~":
        index += 1
    if index >= len(leaves) or leaves[index].kind not in (Kind.NAME, Kind.NUMBER):
        return False
    for leaf in leaves[index:]:
        if leaf.kind in (Kind.ROUND_OPEN, Kind.SQUARE_OPEN):
            return False
        if leaf.kind is Kind.DOT or leaf.kind is Kind.NAME and leaf.text != "for":
            continue
        return True
    return True
