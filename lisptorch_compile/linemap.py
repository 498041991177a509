"""From generated text back to the source: positions, the map of a file, the self-check.

All three parse the final text and walk it beside the pytree it was written from. A
formatter may have moved tokens to other lines, but it keeps the tree, so that the two
have one shape; where they do not, the text is wrong, and ``ShapeError`` says so.
"""

from __future__ import annotations

import ast
import hashlib
import inspect
from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any, Final, assert_never

from lisptorch_compile import pytree
from lisptorch_compile.diagnostics import Source, Span
from lisptorch_compile.emitter import group_imports
from lisptorch_compile.expressions import format_template
from lisptorch_compile.literals import LiteralValue, literal_text
from lisptorch_compile.names import Names

MAP_VERSION: Final = 1

#: What a pair of nodes is reported to: the node of Python's tree, the span it came from.
_Report = Callable[[ast.AST, Span], None]


class ShapeError(Exception):
    """The text does not parse back to the tree: a bug of the emitter, not of the user."""

    def __init__(self, expected: object, found: str, span: Span) -> None:
        super().__init__(f"expected {expected} in the generated text, found {found}")
        self.span = span


def locate(
    text: str, module: pytree.Module, names: Names, source: Source
) -> ast.Module:
    """Parse ``text`` and give every node the position of the form it came from.

    Compiled under the name of the source file, the tree raises tracebacks that show
    the source. Columns count UTF-8 bytes, as Python's do.
    """
    places: dict[Span, tuple[int, int, int, int]] = {}
    columns = _Columns(source)

    def move(node: Any, span: Span) -> None:  # any node of `ast` that has a position
        place = places.get(span)
        if place is None:
            place = columns.of(span.start) + columns.of(span.end)
            places[span] = place
        node.lineno, node.col_offset, node.end_lineno, node.end_col_offset = place

    return _pair(text, module, names, move)


def mapping(
    text: str, module: pytree.Module, names: Names, source: Source
) -> dict[str, object]:
    """Return the content of the side file ``name.py.map``, ready for JSON.

    ``lines`` has, for each line of ``text`` on which something begins, the place of its
    form: line, column, end line, end column, counted from 1 in code points; the end is
    the first column after the form. ``names`` has the Python names of each symbol. The
    map holds only while ``sha256`` is that of the file.
    """
    lines: dict[int, Span] = {}

    def note(node: Any, span: Span) -> None:  # any node of `ast` that has a position
        lines.setdefault(node.lineno, span)

    _pair(text, module, names, note)
    return {
        "version": MAP_VERSION,
        "source": source.filename,
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "lines": {
            str(line): [*source.position(span.start), *source.position(span.end)]
            for line, span in sorted(lines.items())
        },
        "names": _symbols(names),
    }


def check(text: str, module: pytree.Module, names: Names) -> None:
    """Raise ``ShapeError`` unless ``text`` parses back to ``module``."""
    _pair(text, module, names, lambda node, span: None)


def _symbols(names: Names) -> dict[str, list[str]]:
    symbols: dict[str, set[str]] = {}
    for binding, name in names.bindings.items():
        symbols.setdefault(binding.name, set()).add(name)
    return {symbol: sorted(symbols[symbol]) for symbol in sorted(symbols)}


class _Columns:
    """Line numbers and byte columns of offsets in a source."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.is_ascii = source.text.isascii()

    def of(self, offset: int) -> tuple[int, int]:
        line, column = self.source.position(offset)
        if self.is_ascii:
            return line, column - 1
        start = self.source.line_starts[line - 1]
        prefix = self.source.text[start:offset]
        return line, len(prefix.encode("utf-8", "surrogatepass"))


def _pair(
    text: str, module: pytree.Module, names: Names, report: _Report
) -> ast.Module:
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError) as error:
        raise ShapeError("Python", str(error), module.span) from error
    _Pairing(names, report).module(tree, module)
    return tree


# --- the walk ----------------------------------------------------------------------------------

_BINARY: Final[dict[str, type[ast.operator]]] = {
    "+": ast.Add,
    "-": ast.Sub,
    "*": ast.Mult,
    "/": ast.Div,
    "//": ast.FloorDiv,
    "%": ast.Mod,
    "**": ast.Pow,
    "@": ast.MatMult,
    "<<": ast.LShift,
    ">>": ast.RShift,
    "&": ast.BitAnd,
    "|": ast.BitOr,
    "^": ast.BitXor,
}
_COMPARE: Final[dict[str, type[ast.cmpop]]] = {
    "==": ast.Eq,
    "!=": ast.NotEq,
    "<": ast.Lt,
    "<=": ast.LtE,
    ">": ast.Gt,
    ">=": ast.GtE,
    "in": ast.In,
    "not in": ast.NotIn,
    "is": ast.Is,
    "is not": ast.IsNot,
}
_UNARY: Final[dict[str, type[ast.unaryop]]] = {
    "-": ast.USub,
    "+": ast.UAdd,
    "~": ast.Invert,
    "not": ast.Not,
}
_COMPREHENSION: Final[dict[str, type[ast.expr]]] = {
    "list": ast.ListComp,
    "set": ast.SetComp,
    "generator": ast.GeneratorExp,
}


class _Pairing:
    """Walks both trees at once; each method takes a node of each and compares them.

    A method first asks for the class of Python's node (``_expect``), which reports the
    pair, then for its parts in the order in which they are written.
    """

    def __init__(self, names: Names, report: _Report) -> None:
        self.names = names
        self.report = report

    def _expect(self, node: ast.AST | None, kind: type[ast.AST], span: Span) -> Any:
        """Return ``node``, now known to be a ``kind`` (``Any``: the caller knows it)."""
        if type(node) is not kind:
            raise ShapeError(kind.__name__, type(node).__name__, span)
        if hasattr(node, "lineno"):
            self.report(node, span)
        return node

    def _same(self, found: object, expected: object, span: Span) -> None:
        if found != expected:
            raise ShapeError(repr(expected), repr(found), span)

    def _zip(
        self, found: Sequence[Any], expected: Sequence[Any], span: Span
    ) -> list[tuple[Any, Any]]:  # nodes of as many classes as the callers have
        self._same(len(found), len(expected), span)
        return list(zip(found, expected, strict=True))

    # --- statements ------------------------------------------------------------------

    def module(self, tree: ast.Module, module: pytree.Module) -> None:
        self._docstring(tree.body[:1], module.docstring, module.span)
        lines = [line for g in group_imports(module.imports, self.names) for line in g]
        rest = tree.body[1:]
        for node, (_, imports) in zip(rest, lines, strict=False):
            self._import(node, imports)
        self._body(rest[len(lines) :], module.body, module.span, empty_is_pass=False)

    def _docstring(self, found: Sequence[ast.stmt], text: str, span: Span) -> None:
        self._same(len(found), 1, span)
        statement = self._expect(found[0], ast.Expr, span)
        constant = self._expect(statement.value, ast.Constant, span)
        self._same(_clean(str(constant.value)), _clean(text), span)

    def _body(
        self,
        found: Sequence[ast.stmt],
        body: pytree.Body,
        span: Span,
        *,
        empty_is_pass: bool = True,
    ) -> None:
        if not body and empty_is_pass:
            self._same(len(found), 1, span)
            self._expect(found[0], ast.Pass, span)
            return
        for node, stmt in self._zip(found, body, span):
            self._statement(node, stmt)

    def _statement(self, node: ast.stmt, stmt: pytree.Stmt) -> None:
        span = stmt.span
        match stmt:
            case pytree.ExprStmt(value):
                self._expr(self._expect(node, ast.Expr, span).value, value)
            case pytree.Assign(targets, value):
                found = self._expect(node, ast.Assign, span)
                self._exprs(found.targets, targets, span)
                self._expr(found.value, value)
            case pytree.Declaration(name, annotation):
                found = self._expect(node, ast.AnnAssign, span)
                target = self._expect(found.target, ast.Name, span)
                self._same(target.id, name, span)
                self._expr(found.annotation, annotation)
            case pytree.AugAssign(target, operator, value):
                found = self._expect(node, ast.AugAssign, span)
                self._expr(found.target, target)
                self._expect(found.op, _BINARY[operator], span)
                self._expr(found.value, value)
            case pytree.If(test, body, orelse):
                found = self._expect(node, ast.If, span)
                self._expr(found.test, test)
                self._body(found.body, body, span)
                self._body(found.orelse, orelse, span, empty_is_pass=False)
            case pytree.While(test, body, orelse):
                found = self._expect(node, ast.While, span)
                self._expr(found.test, test)
                self._body(found.body, body, span)
                self._body(found.orelse, orelse, span, empty_is_pass=False)
            case pytree.For(target, iterable, body, orelse):
                found = self._expect(node, ast.For, span)
                self._expr(found.target, target)
                self._expr(found.iter, iterable)
                self._body(found.body, body, span)
                self._body(found.orelse, orelse, span, empty_is_pass=False)
            case pytree.With(items, body):
                found = self._expect(node, ast.With, span)
                for item, (context, optional) in self._zip(found.items, items, span):
                    self._expr(item.context_expr, context)
                    self._maybe(item.optional_vars, optional, span)
                self._body(found.body, body, span)
            case pytree.Try():
                self._try(self._expect(node, ast.Try, span), stmt)
            case pytree.Match(subject, cases):
                found = self._expect(node, ast.Match, span)
                self._expr(found.subject, subject)
                for item, case in self._zip(found.cases, cases, span):
                    self._case(item, case)
            case pytree.FunctionDef():
                self._function(self._expect(node, ast.FunctionDef, span), stmt)
            case pytree.ClassDef():
                self._class(self._expect(node, ast.ClassDef, span), stmt)
            case pytree.Return(value):
                self._maybe(self._expect(node, ast.Return, span).value, value, span)
            case pytree.Raise(value, cause):
                # where the error is made: the statement may begin with a block
                place = span if value is None else value.span
                found = self._expect(node, ast.Raise, place)
                self._maybe(found.exc, value, span)
                self._maybe(found.cause, cause, span)
            case pytree.Delete():
                self._delete(self._expect(node, ast.Delete, span).targets, stmt)
            case pytree.ScopeDeclaration(kind, declared):
                wanted = ast.Global if kind == "global" else ast.Nonlocal
                found = self._expect(node, wanted, span)
                texts = [self.names.of(name.id) for name in declared]
                self._same(found.names, texts, span)
            case pytree.Break():
                self._expect(node, ast.Break, span)
            case pytree.Continue():
                self._expect(node, ast.Continue, span)
            case pytree.Pass():
                self._expect(node, ast.Pass, span)
            case pytree.Import():
                self._import(node, [stmt])
            case _:
                assert_never(stmt)

    def _delete(self, found: Sequence[ast.expr], stmt: pytree.Delete) -> None:
        # split over lines, `del (a, b)` is one target that holds them all
        if len(found) == 1 and len(stmt.targets) > 1:
            found = self._expect(found[0], ast.Tuple, stmt.span).elts
        self._exprs(found, stmt.targets, stmt.span)

    def _import(self, node: ast.stmt, imports: Sequence[pytree.Import]) -> None:
        span = imports[0].span
        if imports[0].name is None:
            found = self._expect(node, ast.Import, span)
        else:
            found = self._expect(node, ast.ImportFrom, span)
            self._same((found.module, found.level), (imports[0].module, 0), span)
        for alias, imported in self._zip(found.names, imports, span):
            self._expect(alias, ast.alias, imported.span)
            name = imported.name or imported.module
            self._same(alias.name, name, imported.span)
            self._same(alias.asname, self.names.import_alias(imported), imported.span)

    def _function(self, node: ast.FunctionDef, stmt: pytree.FunctionDef) -> None:
        self._same(node.name, self.names.of(stmt.name.id), stmt.name.span)
        self._exprs(node.decorator_list, stmt.decorators, stmt.span)
        self._parameters(node.args, stmt.parameters, stmt.span)
        self._documented_body(node.body, stmt)

    def _class(self, node: ast.ClassDef, stmt: pytree.ClassDef) -> None:
        self._same(node.name, self.names.of(stmt.name.id), stmt.name.span)
        self._exprs(node.decorator_list, stmt.decorators, stmt.span)
        self._exprs(node.bases, stmt.bases, stmt.span)
        self._same(len(node.keywords), 0, stmt.span)
        self._documented_body(node.body, stmt)

    def _documented_body(
        self, found: Sequence[ast.stmt], stmt: pytree.FunctionDef | pytree.ClassDef
    ) -> None:
        if stmt.docstring is None:
            self._body(found, stmt.body, stmt.span)
        else:
            self._docstring(found[:1], stmt.docstring, stmt.span)
            self._body(found[1:], stmt.body, stmt.span, empty_is_pass=False)

    def _try(self, node: ast.Try, stmt: pytree.Try) -> None:
        span = stmt.span
        self._body(node.body, stmt.body, span)
        for found, handler in self._zip(node.handlers, stmt.handlers, span):
            self._expect(found, ast.ExceptHandler, handler.span)
            self._maybe(found.type, handler.type, handler.span)
            self._name(found.name, handler.name, handler.span)
            self._body(found.body, handler.body, handler.span)
        self._body(node.orelse, stmt.orelse, span, empty_is_pass=False)
        self._body(node.finalbody, stmt.finalbody, span, empty_is_pass=False)

    def _case(self, node: ast.match_case, case: pytree.Case) -> None:
        self._pattern(node.pattern, case.pattern)
        self._maybe(node.guard, case.guard, case.span)
        self._body(node.body, case.body, case.span)

    # --- expressions -----------------------------------------------------------------

    def _exprs(
        self, found: Sequence[ast.expr], exprs: Sequence[pytree.Expr], span: Span
    ) -> None:
        for node, expr in self._zip(found, exprs, span):
            self._expr(node, expr)

    def _maybe(
        self, node: ast.expr | None, expr: pytree.Expr | None, span: Span
    ) -> None:
        if node is None or expr is None:
            self._same(node is None, expr is None, span)
        else:
            self._expr(node, expr)

    def _name(self, found: str | None, name: pytree.Name | None, span: Span) -> None:
        self._same(found, None if name is None else self.names.of(name.id), span)

    def _expr(self, node: ast.expr, expr: pytree.Expr) -> None:
        span = expr.span
        match expr:
            case pytree.Name():
                self._name(self._expect(node, ast.Name, span).id, expr, span)
            case pytree.Literal(value):
                self._literal(node, value, span)
            case pytree.Call(function, arguments, keywords):
                found = self._expect(node, ast.Call, span)
                self._expr(found.func, function)
                self._exprs(found.args, arguments, span)
                for item, keyword in self._zip(found.keywords, keywords, span):
                    self._expect(item, ast.keyword, keyword.span)
                    name = keyword.name
                    text = None if name is None else self.names.attribute(name)
                    self._same(item.arg, text, keyword.span)
                    self._expr(item.value, keyword.value)
            case pytree.Attribute(value, name):
                found = self._expect(node, ast.Attribute, span)
                self._expr(found.value, value)
                self._same(found.attr, self.names.attribute(name), span)
            case pytree.Subscript(value, index):
                found = self._expect(node, ast.Subscript, span)
                self._expr(found.value, value)
                self._expr(found.slice, index)
            case pytree.Slice(lower, upper, step):
                found = self._expect(node, ast.Slice, span)
                self._maybe(found.lower, lower, span)
                self._maybe(found.upper, upper, span)
                self._maybe(found.step, step, span)
            case pytree.Starred(value):
                self._expr(self._expect(node, ast.Starred, span).value, value)
            case pytree.Binary(left, operator, right):
                found = self._expect(node, ast.BinOp, span)
                self._expr(found.left, left)
                self._expect(found.op, _BINARY[operator], span)
                self._expr(found.right, right)
            case pytree.Compare(left, operators, comparators):
                found = self._expect(node, ast.Compare, span)
                self._expr(found.left, left)
                for op, operator in self._zip(found.ops, operators, span):
                    self._expect(op, _COMPARE[operator], span)
                self._exprs(found.comparators, comparators, span)
            case pytree.Logical(operator, operands):
                found = self._expect(node, ast.BoolOp, span)
                self._expect(found.op, ast.And if operator == "and" else ast.Or, span)
                self._exprs(found.values, operands, span)
            case pytree.Unary(operator, operand):
                found = self._expect(node, ast.UnaryOp, span)
                self._expect(found.op, _UNARY[operator], span)
                self._expr(found.operand, operand)
            case pytree.Conditional(test, then, orelse):
                found = self._expect(node, ast.IfExp, span)
                self._expr(found.body, then)
                self._expr(found.test, test)
                self._expr(found.orelse, orelse)
            case pytree.ListDisplay(items):
                self._exprs(self._expect(node, ast.List, span).elts, items, span)
            case pytree.TupleDisplay(items):
                self._exprs(self._expect(node, ast.Tuple, span).elts, items, span)
            case pytree.SetDisplay(items):
                self._exprs(self._expect(node, ast.Set, span).elts, items, span)
            case pytree.DictDisplay(entries):
                found = self._expect(node, ast.Dict, span)
                pairs = list(zip(found.keys, found.values, strict=True))
                for (key, value), (wanted, item) in self._zip(pairs, entries, span):
                    self._maybe(key, wanted, span)
                    self._expr(value, item)
            case pytree.Comprehension(kind, element, clauses):
                found = self._expect(node, _COMPREHENSION[kind], span)
                self._expr(found.elt, element)
                for part, clause in self._zip(found.generators, clauses, span):
                    self._expr(part.target, clause.target)
                    self._expr(part.iter, clause.iterable)
                    self._exprs(part.ifs, clause.conditions, clause.span)
            case pytree.Lambda(parameters, body):
                found = self._expect(node, ast.Lambda, span)
                self._parameters(found.args, parameters, span)
                self._expr(found.body, body)
            case pytree.Walrus(target, value):
                found = self._expect(node, ast.NamedExpr, span)
                self._expr(found.target, target)
                self._expr(found.value, value)
            case pytree.FString():
                if isinstance(node, ast.Call):
                    self._format_call(self._expect(node, ast.Call, span), expr)
                else:
                    self._f_string(self._expect(node, ast.JoinedStr, span), expr)
            case _:
                assert_never(expr)

    def _literal(self, node: ast.expr, value: LiteralValue, span: Span) -> None:
        if isinstance(node, ast.Constant):
            self._expect(node, ast.Constant, span)
            found = node.value
            same = type(found) is type(value) and found == value
        else:  # a sign, a complex sum, or a call for what has no literal
            wanted = ast.parse(literal_text(value), mode="eval").body
            found = ast.dump(node)
            same = found == ast.dump(wanted)
            for part in ast.walk(node):
                self._expect(part, type(part), span)
        if not same:
            raise ShapeError(repr(value), repr(found), span)

    def _parameters(
        self,
        found: ast.arguments,
        parameters: Sequence[pytree.Parameter],
        span: Span,
    ) -> None:
        plain = [parameter for parameter in parameters if not parameter.kind]
        rest = [parameter for parameter in parameters if parameter.kind]
        others = (found.posonlyargs, found.kwonlyargs, found.kwarg)
        self._same(any(others), False, span)
        varargs = [] if found.vararg is None else [found.vararg]
        pairs = self._zip(found.args, plain, span) + self._zip(varargs, rest, span)
        for arg, parameter in pairs:
            self._expect(arg, ast.arg, parameter.span)
            self._name(arg.arg, parameter.name, parameter.span)
        defaults = [p.default for p in plain if p.default is not None]
        self._exprs(found.defaults, defaults, span)

    def _f_string(self, node: ast.JoinedStr, expr: pytree.FString) -> None:
        for found, part in self._zip(node.values, _merged(expr.parts), expr.span):
            if isinstance(part, str):
                constant = self._expect(found, ast.Constant, expr.span)
                self._same(constant.value, part, expr.span)
                continue
            field = self._expect(found, ast.FormattedValue, part.span)
            self._same(field.conversion, -1, part.span)
            self._expr(field.value, part.value)
            if field.format_spec is None:
                self._same("", part.spec or "", part.span)
            else:
                self._spec(field.format_spec, part)

    def _format_call(self, node: ast.Call, expr: pytree.FString) -> None:
        method = self._expect(node.func, ast.Attribute, expr.span)
        self._same(method.attr, "format", expr.span)
        self._literal(method.value, format_template(expr), expr.span)
        fields = [part.value for part in expr.parts if not isinstance(part, str)]
        self._exprs(node.args, fields, expr.span)
        self._same(len(node.keywords), 0, expr.span)

    def _spec(self, node: ast.JoinedStr, part: pytree.Interpolation) -> None:
        for inner in ast.walk(node):
            self._expect(inner, type(inner), part.span)
        texts = [getattr(value, "value", None) for value in node.values]
        self._same(texts, [part.spec], part.span)

    # --- patterns --------------------------------------------------------------------

    def _patterns(
        self,
        found: Sequence[ast.pattern],
        patterns: Sequence[pytree.Pattern],
        span: Span,
    ) -> None:
        for node, pattern in self._zip(found, patterns, span):
            self._pattern(node, pattern)

    def _pattern(self, node: ast.pattern, pattern: pytree.Pattern) -> None:
        span = pattern.span
        match pattern:
            case pytree.MatchValue(pytree.Literal(None | bool() as value)):
                self._same(
                    self._expect(node, ast.MatchSingleton, span).value, value, span
                )
            case pytree.MatchValue(value):
                self._expr(self._expect(node, ast.MatchValue, span).value, value)
            case pytree.MatchCapture(inner, name):
                found = self._expect(node, ast.MatchAs, span)
                self._name(found.name, name, span)
                self._same(found.pattern is None, inner is None, span)
                if inner is not None:
                    self._pattern(found.pattern, inner)
            case pytree.MatchStar(name):
                found = self._expect(node, ast.MatchStar, span)
                self._name(found.name, name, span)
            case pytree.MatchSequence(items):
                found = self._expect(node, ast.MatchSequence, span)
                self._patterns(found.patterns, items, span)
            case pytree.MatchMapping(entries, rest):
                found = self._expect(node, ast.MatchMapping, span)
                self._exprs(found.keys, [key for key, _ in entries], span)
                self._patterns(found.patterns, [item for _, item in entries], span)
                self._name(found.rest, rest, span)
            case pytree.MatchClass(cls, positional, keywords):
                found = self._expect(node, ast.MatchClass, span)
                self._expr(found.cls, cls)
                self._patterns(found.patterns, positional, span)
                attributes = [self.names.attribute(name) for name, _ in keywords]
                self._same(found.kwd_attrs, attributes, span)
                self._patterns(found.kwd_patterns, [p for _, p in keywords], span)
            case pytree.MatchOr(alternatives):
                found = self._expect(node, ast.MatchOr, span)
                self._patterns(found.patterns, alternatives, span)
            case _:
                assert_never(pattern)


def _clean(docstring: str) -> list[str]:
    """Return the lines of a docstring without what layout may change about them."""
    lines = inspect.cleandoc(docstring).strip().split("\n")
    return [line.strip() for line in lines]


def _merged(
    parts: Sequence[str | pytree.Interpolation],
) -> list[str | pytree.Interpolation]:
    """Join neighbouring texts, as the parser sees them, and drop empty ones."""
    merged: list[str | pytree.Interpolation] = []
    for is_text, group in groupby(parts, key=lambda part: isinstance(part, str)):
        if is_text:
            text = "".join(part for part in group if isinstance(part, str))
            merged += [text] if text else []
        else:
            merged += group
    return merged
