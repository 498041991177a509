"""Where the comments of a source go in the generated module, and how they read there."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from lisptorch_compile import pytree
from lisptorch_compile.diagnostics import Source, Span
from lisptorch_compile.forms import Comment

# --- the text ------------------------------------------------------------------------------

_DIRECTIVES: Final = (
    r"noqa|type\s*:|fmt\s*:|yapf\s*:|isort\s*:|pylint\s*:|pyright\s*:|mypy\s*:"
    r"|ruff\s*:|flake8\s*:|pragma|nosec|-\*-|!"
)
_DIRECTIVE = re.compile(rf"((?:^|[#;])\s*)(?=(?:{_DIRECTIVES}))", re.IGNORECASE)
_CODING = re.compile(r"coding(?=[:=])", re.IGNORECASE)


def comment_lines(comment: Comment) -> list[str]:
    """Return the ``#`` lines for a comment.

    Characters that end a line or hide are taken out or escaped. What a tool would obey
    gets a dash, and ``coding:`` a space: ``; noqa`` becomes ``# - noqa``.

    >>> comment_lines(Comment(" Mean.\\n  noqa: E501", Span(0, 1)))
    ['# Mean.', '# - noqa: E501']
    """
    first, *rest = [_clean(line) for line in comment.text.split("\n")]
    if rest:
        texts = _without_margin([first, *rest])
    else:
        texts = [first.removeprefix(" ").rstrip()]  # the author's indentation stays
    return [f"# {_neutral(text)}" if text else "#" for text in texts]


def _without_margin(lines: list[str]) -> list[str]:
    """Take the common margin, and blank lines at both ends, off a block comment."""
    while len(lines) > 1 and not lines[-1].strip():
        lines.pop()
    while len(lines) > 1 and not lines[0].strip():
        lines.pop(0)
    margin = min((_margin(line) for line in lines[1:] if line.strip()), default=0)
    return [lines[0].strip(), *(line[margin:].rstrip() for line in lines[1:])]


def _margin(line: str) -> int:
    return len(line) - len(line.lstrip())


def _clean(line: str) -> str:
    if line.isascii() and line.isprintable():
        return line
    return "".join(map(_clean_character, line))


def _clean_character(char: str) -> str:
    if char.isprintable():
        return char
    if char == "\r" or char == "\0":
        return ""
    if char.isspace():
        return " "
    return char.encode("unicode_escape").decode("ascii")


def _neutral(text: str) -> str:
    return _DIRECTIVE.sub(r"\1- ", _CODING.sub("coding ", text))


# --- the places ----------------------------------------------------------------------------

Block = Sequence[pytree.Stmt | pytree.Case]


@dataclass(frozen=True, slots=True)
class Placement:
    """The comments of a module by the identity of what they belong to.

    ``above`` and ``behind`` go by statement (or case), ``closing`` by the body at whose
    end a comment stands; ``last`` ones end the module.
    """

    above: dict[int, list[Comment]] = field(default_factory=dict)
    behind: dict[int, list[Comment]] = field(default_factory=dict)
    closing: dict[int, list[Comment]] = field(default_factory=dict)
    last: list[Comment] = field(default_factory=list)

    def take(self, places: dict[int, list[Comment]], owner: object) -> list[Comment]:
        """Return the comments that belong to ``owner``, and forget them."""
        return places.pop(id(owner), [])

    def take_rest(self) -> list[Comment]:
        """Return what nothing has claimed: the comments that end the module."""
        rest = list(self.last)
        for places in (self.above, self.behind, self.closing):
            for comments in places.values():
                rest.extend(comments)
            places.clear()
        return sorted(rest, key=lambda comment: comment.span.start)


@dataclass(frozen=True, slots=True, eq=False)
class _Anchor:
    """A statement or case that a comment can belong to, and where it stands."""

    node: pytree.Stmt | pytree.Case
    block: Block
    index: int

    @property
    def span(self) -> Span:
        return self.node.span

    def contains(self, offset: int) -> bool:
        return self.span.start < offset < self.span.end


def place_comments(
    module: pytree.Module, comments: Sequence[Comment], source: Source
) -> Placement:
    """Find the statement or the block that each comment belongs to.

    A comment on a line of its own stands above what follows in the innermost block
    around it, or at the end of the block; inside a simple form it stands above the
    form's statement. A comment after code stands behind the statement that its line
    made, behind the first line of a definition or loop that it annotates, and above
    the statement when the line is but a part of its form.
    """
    placement = Placement()
    if comments:
        _Placer(module, source, placement).place(comments)
    return placement


def blocks_of(node: pytree.Stmt | pytree.Case) -> Iterator[Block]:
    """Yield the bodies of a compound statement, in the order in which they are written."""
    match node:
        case pytree.If() | pytree.While() | pytree.For():
            yield node.body
            yield node.orelse
        case pytree.With() | pytree.FunctionDef() | pytree.ClassDef() | pytree.Case():
            yield node.body
        case pytree.Try():
            yield node.body
            for handler in node.handlers:
                yield handler.body
            yield node.orelse
            yield node.finalbody
        case pytree.Match():
            yield node.cases
        case _:
            pass


class _Placer:
    """One sweep over anchors and comments by position; the forms around are a stack."""

    def __init__(
        self, module: pytree.Module, source: Source, placement: Placement
    ) -> None:
        self.source = source
        self.placement = placement
        anchors = list(_anchors(module.body))
        # a stable sort: of equal spans the outer, then the first statement leads
        self.by_start = sorted(anchors, key=lambda a: (a.span.start, -a.span.end))
        self.by_end = sorted(anchors, key=lambda a: a.span.end)
        self.ends = [anchor.span.end for anchor in self.by_end]

    def place(self, comments: Sequence[Comment]) -> None:
        around: list[_Anchor] = []
        following = 0
        for comment in sorted(comments, key=lambda comment: comment.span.start):
            start = comment.span.start
            while (
                following < len(self.by_start)
                and self.by_start[following].span.start < start
            ):
                anchor = self.by_start[following]
                following += 1
                while around and around[-1].span.end <= anchor.span.start:
                    around.pop()
                around.append(anchor)
            while around and around[-1].span.end <= start:
                around.pop()
            container = _container(around)
            follower = (
                self.by_start[following] if following < len(self.by_start) else None
            )
            if not self._place_behind(comment, container):
                self._place_above(comment, container, follower)

    def _place_above(
        self, comment: Comment, container: _Anchor | None, follower: _Anchor | None
    ) -> None:
        if container is not None and not _has_blocks(container.node):
            self._put_above(container, comment)
        elif follower is not None and (
            container is None or follower.span.start < container.span.end
        ):
            self._put_above(follower, comment)
        elif container is None:
            self.placement.last.append(comment)
        else:
            self._put_at_end(container, comment)

    def _put_above(self, anchor: _Anchor, comment: Comment) -> None:
        """Put ``comment`` above the first statement that the anchor's form became."""
        index = anchor.index
        while index > 0 and _covers(anchor.span, anchor.block[index - 1].span):
            index -= 1
        owner = anchor.block[index]
        self.placement.above.setdefault(id(owner), []).append(comment)

    def _put_at_end(self, anchor: _Anchor, comment: Comment) -> None:
        block = _last_block(anchor.node, comment.span.start)
        if block is None:
            self._put_above(anchor, comment)
        else:
            self.placement.closing.setdefault(id(block), []).append(comment)

    def _place_behind(self, comment: Comment, container: _Anchor | None) -> bool:
        """Place a comment that has code before it on its line."""
        start = comment.span.start
        line, _ = self.source.position(start)
        line_start = self.source.line_starts[line - 1]
        if not self.source.text[line_start:start].strip():
            return False
        inside = container is not None and container.span.start >= line_start
        code_start = container.span.start if container and inside else line_start
        if self._place_after_form(comment, line_start, code_start):
            return True
        if container is None:
            return False
        if not _has_blocks(container.node):
            self._put_above(container, comment)
            return True
        if any(
            self._starts_before(block, start) for block in blocks_of(container.node)
        ):
            return False
        self.placement.behind.setdefault(id(container.node), []).append(comment)
        return True

    def _place_after_form(
        self, comment: Comment, line_start: int, code_start: int
    ) -> bool:
        """Place ``comment`` by the last form that ends before it on its line."""
        compound: _Anchor | None = None
        index = bisect_right(self.ends, comment.span.start) - 1
        while index >= 0 and self.ends[index] > code_start:
            anchor = self.by_end[index]
            index -= 1
            if not _has_blocks(anchor.node):
                self._put_behind(anchor, comment)
                return True
            if anchor.span.start >= line_start:
                self._put_above(anchor, comment)
                return True
            compound = compound or anchor
        if compound is None:
            return False
        self._put_at_end(compound, comment)
        return True

    def _put_behind(self, anchor: _Anchor, comment: Comment) -> None:
        block, index = anchor.block, anchor.index
        siblings = [block[i] for i in (index - 1, index + 1) if 0 <= i < len(block)]
        if any(sibling.span == anchor.span for sibling in siblings):
            self._put_above(anchor, comment)  # about all that the form became
        else:
            self.placement.behind.setdefault(id(anchor.node), []).append(comment)

    def _starts_before(self, block: Block, offset: int) -> bool:
        return any(node.span.start < offset for node in block[:1])


def _anchors(block: Block) -> Iterator[_Anchor]:
    for index, node in enumerate(block):
        yield _Anchor(node, block, index)
        for inner in blocks_of(node):
            yield from _anchors(inner)


def _container(around: Sequence[_Anchor]) -> _Anchor | None:
    """Return the innermost form around, its compound statement if it has several."""
    if not around:
        return None
    innermost = around[-1]
    for anchor in reversed(around):
        if anchor.span != innermost.span:
            break
        if _has_blocks(anchor.node):
            return anchor
    return innermost


def _has_blocks(node: pytree.Stmt | pytree.Case) -> bool:
    return next(blocks_of(node), None) is not None


def _covers(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _last_block(node: pytree.Stmt | pytree.Case, offset: int) -> Block | None:
    """Return the last body of ``node`` that begins before ``offset``."""
    blocks = [block for block in blocks_of(node) if block]
    before = [block for block in blocks if block[0].span.start < offset]
    if not blocks:
        return None
    block = (before or blocks)[-1]
    last = block[-1]
    return _last_block(last, offset) if isinstance(last, pytree.Case) else block
