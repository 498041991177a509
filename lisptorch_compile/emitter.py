"""From pytree to text: layout, and no decision about meaning.

The text is what black makes of it, so that black finds nothing to do. Comments and the
author's paragraphs come from the source, by position.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import Final, assert_never

from lisptorch_compile import pytree
from lisptorch_compile.comments import (
    Placement,
    comment_lines,
    place_comments,
)
from lisptorch_compile.diagnostics import Source, Span
from lisptorch_compile.expressions import LeafWriter
from lisptorch_compile.forms import Comment
from lisptorch_compile.layout import break_line
from lisptorch_compile.leaves import Kind, Leaf, Role
from lisptorch_compile.lines import INDENT, WIDTH, text_width
from lisptorch_compile.literals import docstring_text, text_block
from lisptorch_compile.names import Names
from lisptorch_compile.number_tables import BEGIN, END, rows_of_numbers
from lisptorch_compile.pytree import (
    Assign,
    AugAssign,
    Binary,
    Body,
    Break,
    Case,
    ClassDef,
    Continue,
    Declaration,
    Delete,
    Expr,
    ExprStmt,
    For,
    FunctionDef,
    If,
    Import,
    Literal,
    Match,
    Name,
    Pass,
    Raise,
    Return,
    ScopeDeclaration,
    Starred,
    Stmt,
    Try,
    TupleDisplay,
    Walrus,
    While,
    With,
)
from lisptorch_compile.spacing import Row, RowKind, with_blank_lines

#: Operators between which black allows parentheses around a whole statement.
_ARITHMETIC: Final = frozenset({"+", "-", "<<", ">>", "^", "&"})

#: Fewer numbers mostly fit on a line: it is not worth a look whether they do.
_FEWEST_NUMBERS: Final = 8

_FIRST_PARTY: Final = "lisptorch_compile"


def emit(
    module: pytree.Module, names: Names, comments: Sequence[Comment], source: Source
) -> str:
    """Return the text of ``module``; every comment stands in it exactly once."""
    emitter = _Emitter(names, place_comments(module, comments, source), source)
    return "\n".join(with_blank_lines(emitter.module(module))) + "\n"


# --- statements ------------------------------------------------------------------------------


class _StatementWriter(LeafWriter):
    """Writes simple statements and the first lines of compound ones."""

    def bare(self, expr: Expr) -> None:
        """Write what may stand in optional parentheses, a tuple without its own."""
        if _is_bare_tuple(expr) and not _has_starred(expr):
            self.bare_target(expr)
        else:
            self.optional(expr)

    def bare_target(self, expr: Expr) -> None:
        if _is_bare_tuple(expr):
            opening = self.open_optional(lasting=True)
            assert isinstance(expr, TupleDisplay)
            self.bare_items(expr.items)
            self.close(opening)
        else:
            self.optional(expr)

    def test(self, expr: Expr) -> None:
        """Write the test of an ``if`` or ``while``, where ``:=`` may stand bare."""
        if isinstance(expr, Walrus):
            opening = self.open_optional()
            self.expression(expr, least=0)
            self.close(opening)
        else:
            self.optional(expr)

    def assignment(self, targets: Sequence[Expr], value: Expr) -> None:
        for index, target in enumerate(targets):
            if index or _is_bare_tuple(target):
                self.bare_target(target)
            else:
                self.expression(target)
            self.spaced("=", Kind.EQUAL)
        if any(isinstance(target, TupleDisplay) for target in targets):
            self.bare(value)
        else:
            self.optional(value)

    def statement(self, stmt: Stmt) -> None:
        match stmt:
            case ExprStmt(value):
                if isinstance(value, Binary) and value.operator in _ARITHMETIC:
                    self.optional(value)
                else:
                    self.expression(value)
            case Assign(targets, value):
                self.assignment(targets, value)
            case Return(value):
                self.put("return", Kind.NAME)
                if value is not None:
                    self.space()
                    self.bare(value)
            case Declaration(name, annotation):
                self.put(
                    name, Kind.NAME
                )  # of a field: no global has to be told from it
                self.colon()
                self.space()
                self.expression(annotation)
            case AugAssign(target, operator, value):
                self.expression(target)
                self.spaced(f"{operator}=", Kind.OPERATOR)
                self.optional(value)
            case If(test=test):
                self.word("if")
                self.test(test)
                self.colon()
            case While(test=test):
                self.word("while")
                self.test(test)
                self.colon()
            case For(target, iterable):
                self.word("for")
                self.for_target(target)
                self.space()
                self.word("in")
                self.optional(iterable)
                self.colon()
            case FunctionDef(name, parameters):
                self.word("def")
                self.name(name.id)
                opening = self.open("(", Kind.ROUND_OPEN, Role.NONE)
                self.parameters(parameters)
                self.close(opening)
                self.colon()
            case ClassDef(name, bases):
                self.word("class")
                self.name(name.id)
                if bases:
                    opening = self.open("(", Kind.ROUND_OPEN, Role.NONE)
                    self.bare_items(bases)
                    self.close(opening)
                self.colon()
            case With(items):
                self.with_items(items)
                self.colon()
            case Try():
                self.put("try", Kind.NAME)
                self.colon()
            case Match(subject):
                self.word("match")
                self.expression(subject)
                self.colon()
            case Raise(value, cause):
                self.raising(value, cause)
            case Delete(targets):
                self.word("del")
                opening = self.open_optional(lasting=len(targets) > 1)
                self.bare_items(targets)
                self.close(opening)
            case ScopeDeclaration(kind, declared):
                self.word(kind)
                self.bare_items(declared)
            case Break():
                self.put("break", Kind.NAME)
            case Continue():
                self.put("continue", Kind.NAME)
            case Pass():
                self.put("pass", Kind.NAME)
            case Import():
                self.importing(stmt.module, [stmt])
            case _:
                assert_never(stmt)

    def for_target(self, target: Expr) -> None:
        if isinstance(target, TupleDisplay) and len(target.items) < 2:
            self.expression(target)
            return
        opening = self.open_optional()
        self.target(target)
        self.close(opening)

    def with_items(self, items: Sequence[tuple[Expr, Expr | None]]) -> None:
        self.word("with")
        opening = self.open_optional()
        for index, (context, target) in enumerate(items):
            if index:
                self.comma()
            self.expression(context)
            if target is not None:
                self.space()
                self.word("as")
                self.expression(target)
        self.close(opening)

    def raising(self, value: Expr | None, cause: Expr | None) -> None:
        self.put("raise", Kind.NAME)
        if value is not None:
            self.space()
            self.expression(value)
        if cause is not None:
            self.space()
            self.word("from")
            self.expression(cause)

    def handler(self, handler: pytree.Handler) -> None:
        self.put("except", Kind.NAME)
        if handler.type is not None:
            self.space()
            self.optional(handler.type)
        if handler.name is not None:
            self.space()
            self.word("as")
            self.name(handler.name.id)
        self.colon()

    def case(self, case: Case) -> None:
        self.word("case")
        opening = self.open_optional(Role.CASE)
        self.pattern(case.pattern)
        self.close(opening)
        if case.guard is not None:
            self.space()
            self.word("if")
            self.optional(case.guard)
        self.colon()

    def importing(self, module: str, imports: Sequence[Import]) -> None:
        """Write ``import module``, or all names of ``from module import …``."""
        if imports[0].name is None:
            self.word("import")
            self.put(module, Kind.NAME)
            self.alias(imports[0])
            return
        self.word("from")
        self.put(module, Kind.NAME)
        self.space()
        self.word("import")
        opening = self.open_optional(Role.IMPORT)
        for index, imported in enumerate(imports):
            if index:
                self.comma()
            assert imported.name is not None
            self.put(imported.name, Kind.NAME)
            self.alias(imported)
        self.close(opening)

    def alias(self, imported: Import) -> None:
        alias = self.names.import_alias(imported)
        if alias is not None:
            self.space()
            self.word("as")
            self.put(alias, Kind.NAME)


class _TableWriter(_StatementWriter):
    """Writes long lists of numbers row by row; a row is one leaf."""

    def __init__(self, names: Names, source: Source) -> None:
        super().__init__(names)
        self.has_table = False
        self._source = source

    def _items(self, items: Sequence[Expr]) -> None:
        rows = rows_of_numbers(items, self._source)
        if rows is None:
            super()._items(items)
            return
        self.has_table = True
        for index, row in enumerate(rows):
            if index:
                self.comma()
            self.put(row, Kind.NUMBER)


def _is_bare_tuple(expr: Expr) -> bool:
    """``a, b`` needs no parentheses as a target or returned value; ``(a,)`` does."""
    return isinstance(expr, TupleDisplay) and len(expr.items) > 1


def _has_starred(expr: Expr) -> bool:
    return isinstance(expr, TupleDisplay) and any(
        isinstance(item, Starred) for item in expr.items
    )


# --- rows ------------------------------------------------------------------------------------


class _Emitter:
    """Turns statements and comments into rows."""

    def __init__(self, names: Names, placement: Placement, source: Source) -> None:
        self.names = names
        self.placement = placement
        self.source = source
        self._starts_seen: set[int] = set()

    def module(self, module: pytree.Module) -> Iterator[Row]:
        yield Row(RowKind.DOCSTRING, 0, _docstring_lines(module.docstring, 0))
        yield from self._imports(module.imports)
        first = True
        for stmt in module.body:
            yield from self._statement(stmt, 0, first=first)
            first = False
        closing = self.placement.take(self.placement.closing, module.body)
        yield from self._comments([*closing, *self.placement.take_rest()], 0)

    def _imports(self, imports: Sequence[Import]) -> Iterator[Row]:
        before = 0
        for group in group_imports(imports, self.names):
            for module, entries in group:
                writer = _StatementWriter(self.names)
                writer.importing(module, entries)
                yield Row(RowKind.IMPORT, 0, break_line(writer.leaves, 0), before)
                before = 0
            before = 1

    def _body(self, body: Body, depth: int, *, fresh: bool = True) -> Iterator[Row]:
        """Yield the rows of a body; ``fresh`` if nothing stands above it in its block."""
        closing = self.placement.take(self.placement.closing, body) if body else []
        if not body and fresh:
            yield Row(RowKind.OTHER, depth, [f"{INDENT * depth}pass"])
        for stmt in body:
            yield from self._statement(stmt, depth, first=fresh)
            fresh = False
        yield from self._comments(closing, depth)

    def _statement(self, stmt: Stmt, depth: int, *, first: bool) -> Iterator[Row]:
        writer = _StatementWriter(self.names)
        writer.statement(stmt)
        head = self._with_comments(stmt, writer.leaves, depth, first=first)
        match stmt:
            case FunctionDef() | ClassDef():
                kind = RowKind.DEF if isinstance(stmt, FunctionDef) else RowKind.CLASS
                yield from self._definition(stmt, kind, head, depth)
            case Import():
                head[-1].kind = RowKind.IMPORT
                yield from head
            case If():
                yield from head
                yield from self._if_rest(stmt, depth)
            case While() | For():
                yield from head
                yield from self._body(stmt.body, depth + 1)
                yield from self._clause("else:", stmt.orelse, depth)
            case With():
                yield from head
                yield from self._body(stmt.body, depth + 1)
            case Try():
                yield from head
                yield from self._try_rest(stmt, depth)
            case Match():
                yield from head
                yield from self._cases(stmt.cases, depth + 1)
            case _:
                yield from head

    def _with_comments(
        self,
        node: Stmt | Case,
        leaves: Sequence[Leaf],
        depth: int,
        *,
        first: bool,
    ) -> list[Row]:
        """Return the row of a statement's first line, comment rows above it."""
        placement = self.placement
        lines = (
            self._text_block(node, depth)
            or self._number_table(node, leaves, depth)
            or break_line(leaves, depth)
        )
        above = placement.take(placement.above, node)
        behind = placement.take(placement.behind, node)
        moved: list[Comment] = []
        if behind:
            text = comment_lines(behind[0])
            whole = f"{lines[-1]}  {text[0]}"
            if len(lines) == len(text) == len(behind) == 1 and (
                text_width(whole) <= WIDTH
            ):
                lines = [whole]
            else:
                moved = behind
        start = node.span.start
        rows = [self._comment(c, depth) for c in above if c.span.start < start]
        inside = [c for c in above if c.span.start >= start] + moved
        before = self._begins_paragraph(node.span)
        for comment in inside:
            lines_above = self._lines(comment, depth)
            rows.append(Row(RowKind.COMMENT, depth, lines_above, before))
            before = 0
        rows.append(Row(RowKind.OTHER, depth, lines, before))
        if first:
            rows[0].before = 0
        return rows

    def _text_block(self, node: Stmt | Case, depth: int) -> list[str] | None:
        """Return the lines of ``name = text`` in triple quotes, where the author wrote
        the text over several lines; None: another statement."""
        match node:
            case Assign((Name() as target,), Literal(str() as value, span)):
                written = self.source.text[span.start : span.end]
                block = text_block(value) if "\n" in written else None
                if block is None:
                    return None
                name = self.names.of(target.id)
                return f"{INDENT * depth}{name} = {block}".split("\n")
            case _:
                return None

    def _number_table(
        self, node: Stmt | Case, leaves: Sequence[Leaf], depth: int
    ) -> list[str] | None:
        """Return the lines of a simple statement with a long list of numbers, or None."""
        if not isinstance(node, Assign | AugAssign | Return | ExprStmt):
            return None
        if sum(leaf.kind is Kind.NUMBER for leaf in leaves) < _FEWEST_NUMBERS:
            return None
        writer = _TableWriter(self.names, self.source)
        writer.statement(node)
        if not writer.has_table:
            return None
        indent = INDENT * depth
        return [indent + BEGIN, *break_line(writer.leaves, depth), indent + END]

    def _definition(
        self,
        stmt: FunctionDef | ClassDef,
        kind: RowKind,
        head: list[Row],
        depth: int,
    ) -> Iterator[Row]:
        *comments, row = head
        row.kind = kind
        yield from comments
        for decorator in stmt.decorators:
            writer = _StatementWriter(self.names)
            writer.put("@", Kind.OPERATOR)
            writer.expression(decorator)
            lines = break_line(writer.leaves, depth)
            yield Row(RowKind.DECORATOR, depth, lines, row.before)
            row.before = 0
        yield row
        fresh = True
        if stmt.docstring is not None:
            lines = _docstring_lines(stmt.docstring, depth + 1)
            yield Row(RowKind.DOCSTRING, depth + 1, lines)
            fresh = False
        yield from self._body(stmt.body, depth + 1, fresh=fresh)

    def _if_rest(self, stmt: If, depth: int) -> Iterator[Row]:
        yield from self._body(stmt.body, depth + 1)
        orelse = stmt.orelse
        if len(orelse) != 1 or not isinstance(orelse[0], If):
            yield from self._clause("else:", orelse, depth)
            return
        closing = self.placement.take(self.placement.closing, orelse)
        inner = orelse[0]
        writer = _StatementWriter(self.names)
        writer.word("elif")
        writer.test(inner.test)
        writer.colon()
        yield from self._with_comments(inner, writer.leaves, depth, first=True)
        yield from self._if_rest(inner, depth)
        yield from self._comments(closing, depth + 1)

    def _clause(self, head: str, body: Body, depth: int) -> Iterator[Row]:
        if body:
            yield Row(RowKind.OTHER, depth, [INDENT * depth + head])
            yield from self._body(body, depth + 1)

    def _try_rest(self, stmt: Try, depth: int) -> Iterator[Row]:
        yield from self._body(stmt.body, depth + 1)
        for handler in stmt.handlers:
            writer = _StatementWriter(self.names)
            writer.handler(handler)
            yield Row(RowKind.OTHER, depth, break_line(writer.leaves, depth))
            yield from self._body(handler.body, depth + 1)
        yield from self._clause("else:", stmt.orelse, depth)
        yield from self._clause("finally:", stmt.finalbody, depth)

    def _cases(self, cases: Sequence[Case], depth: int) -> Iterator[Row]:
        for case in cases:
            writer = _StatementWriter(self.names)
            writer.case(case)
            yield from self._with_comments(case, writer.leaves, depth, first=True)
            yield from self._body(case.body, depth + 1)

    # --- comments and paragraphs -----------------------------------------------------

    def _comments(self, comments: Sequence[Comment], depth: int) -> Iterator[Row]:
        for comment in comments:
            yield self._comment(comment, depth)

    def _comment(self, comment: Comment, depth: int) -> Row:
        before = self._begins_paragraph(comment.span)
        return Row(RowKind.COMMENT, depth, self._lines(comment, depth), before)

    def _lines(self, comment: Comment, depth: int) -> list[str]:
        return [INDENT * depth + line for line in comment_lines(comment)]

    def _begins_paragraph(self, span: Span) -> int:
        """Return 1 if a blank line stands before ``span`` in the source, else 0.

        Only the first statement that a form became counts.
        """
        if span.start in self._starts_seen:
            return 0
        self._starts_seen.add(span.start)
        text = self.source.text
        index = span.start - 1
        breaks = 0
        while index >= 0 and text[index].isspace():
            breaks += text[index] == "\n"
            index -= 1
        return int(breaks > 1 and index >= 0)


def _docstring_lines(text: str, depth: int) -> list[str]:
    indent = INDENT * depth
    return f"{indent}{docstring_text(text, indent)}".split("\n")


# --- imports -----------------------------------------------------------------------------------


def group_imports(
    imports: Sequence[Import], names: Names
) -> list[list[tuple[str, list[Import]]]]:
    """Return the import lines by group: standard library, others, our own runtime.

    In a group ``import`` stands before ``from``; a line has all names of its module, but
    each name with an alias has a line of its own.
    """
    groups: dict[int, dict[tuple[bool, str, str], list[Import]]] = {}
    for imported in _without_repetitions(imports, names):
        plain = imported.name is None
        alias = names.import_alias(imported) or ""
        lines = groups.setdefault(_group(imported.module), {})
        lines.setdefault((not plain, imported.module, alias), []).append(imported)
    return [
        [(key[1], sorted(lines[key], key=_import_order)) for key in sorted(lines)]
        for _, lines in sorted(groups.items())
    ]


def _without_repetitions(imports: Sequence[Import], names: Names) -> Iterator[Import]:
    seen: set[tuple[str, str | None, str | None]] = set()
    for imported in imports:
        key = (imported.module, imported.name, names.import_alias(imported))
        if key not in seen:
            seen.add(key)
            yield imported


def _group(module: str) -> int:
    top = module.partition(".")[0]
    if top == _FIRST_PARTY:
        return 2
    return 0 if top in sys.stdlib_module_names else 1


def _import_order(imported: Import) -> tuple[int, str, str]:
    """CONSTANTS, then Classes, then the rest."""
    name = imported.name or ""
    if name.isupper() and len(name) > 1:
        rank = 0
    else:
        rank = 1 if name[:1].isupper() else 2
    return rank, name.lower(), name
