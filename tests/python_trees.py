"""Python source as a pytree, so that tests can emit real code and compare."""

from __future__ import annotations

import ast
from collections.abc import Iterable

from lisptorch_compile import pytree as p
from lisptorch_compile.diagnostics import Source, Span

_BINARY = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.FloorDiv: "//",
    ast.Mod: "%",
    ast.Pow: "**",
    ast.MatMult: "@",
    ast.LShift: "<<",
    ast.RShift: ">>",
    ast.BitAnd: "&",
    ast.BitOr: "|",
    ast.BitXor: "^",
}
_COMPARE = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.In: "in",
    ast.NotIn: "not in",
    ast.Is: "is",
    ast.IsNot: "is not",
}
_UNARY = {ast.USub: "-", ast.UAdd: "+", ast.Invert: "~", ast.Not: "not"}
_COMPREHENSIONS = {
    ast.ListComp: "list",
    ast.SetComp: "set",
    ast.GeneratorExp: "generator",
}


class Unsupported(Exception):
    """The source holds something that pytree has no node for."""


def convert(text: str, docstring: str = "Module.") -> p.Module:
    """Return the pytree of ``text``; names stay strings, spans are those of ``text``."""
    return _Converter(text).module(ast.parse(text), docstring)


class _Converter:
    def __init__(self, text: str) -> None:
        self.starts = Source.of(text).line_starts
        self.lines = text.split("\n")

    def offset(self, line: int, column: int) -> int:
        if self.lines[line - 1].isascii():
            return self.starts[line - 1] + column
        prefix = self.lines[line - 1].encode()[:column].decode()
        return self.starts[line - 1] + len(prefix)

    def span(self, node: ast.expr | ast.stmt | ast.pattern | ast.keyword) -> Span:
        assert node.end_lineno is not None and node.end_col_offset is not None
        line, column = node.lineno, node.col_offset
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.decorator_list:
            line, column = node.decorator_list[0].lineno, node.col_offset
        return Span(
            self.offset(line, column),
            self.offset(node.end_lineno, node.end_col_offset),
        )

    def module(self, tree: ast.Module, docstring: str) -> p.Module:
        body = tree.body
        found = ast.get_docstring(tree, clean=False)
        if found is not None:
            docstring, body = found, body[1:]
        imports = [stmt for stmt in body if _is_import(stmt)]
        rest = [stmt for stmt in body if not _is_import(stmt)]
        return p.Module(
            docstring,
            tuple(item for stmt in imports for item in self.imports(stmt)),
            self.body(rest),
            (),
            Span(0, sum(map(len, self.lines)) + len(self.lines) - 1),
        )

    def body(self, stmts: Iterable[ast.stmt]) -> p.Body:
        return tuple(node for stmt in stmts for node in self.statements(stmt))

    def statements(self, stmt: ast.stmt) -> Iterable[p.Stmt]:
        if _is_import(stmt):
            return self.imports(stmt)
        return [self.statement(stmt)]

    def imports(self, stmt: ast.stmt) -> list[p.Import]:
        span = self.span(stmt)
        match stmt:
            case ast.Import(names):
                return [p.Import(a.name, None, a.asname, span) for a in names]
            case ast.ImportFrom(module, names, level) if module and not level:
                if names[0].name == "*":
                    raise Unsupported
                return [p.Import(module, a.name, a.asname, span) for a in names]
        raise Unsupported

    def statement(self, stmt: ast.stmt) -> p.Stmt:
        span = self.span(stmt)
        match stmt:
            case ast.Expr(value):
                return p.ExprStmt(self.expr(value), span)
            case ast.Assign(targets, value):
                return p.Assign(self.exprs(targets), self.expr(value), span)
            case ast.AugAssign(target, op, value):
                operator = _BINARY[type(op)]
                return p.AugAssign(self.expr(target), operator, self.expr(value), span)
            case ast.If(test, body, orelse):
                return p.If(self.expr(test), self.body(body), self.body(orelse), span)
            case ast.While(test, body, orelse):
                return p.While(
                    self.expr(test), self.body(body), self.body(orelse), span
                )
            case ast.For(target, iterable, body, orelse):
                return p.For(
                    self.expr(target),
                    self.expr(iterable),
                    self.body(body),
                    self.body(orelse),
                    span,
                )
            case ast.With(items, body):
                entries = tuple(
                    (
                        self.expr(item.context_expr),
                        self.expr(item.optional_vars) if item.optional_vars else None,
                    )
                    for item in items
                )
                return p.With(entries, self.body(body), span)
            case ast.Try(body, handlers, orelse, finalbody):
                return p.Try(
                    self.body(body),
                    tuple(self.handler(handler) for handler in handlers),
                    self.body(orelse),
                    self.body(finalbody),
                    span,
                )
            case ast.Match(subject, cases):
                return p.Match(
                    self.expr(subject), tuple(self.case(case) for case in cases), span
                )
            case ast.FunctionDef(name=name):
                if stmt.returns or stmt.args.kwonlyargs or stmt.args.kwarg:
                    raise Unsupported
                docstring, body = _docstring(stmt)
                return p.FunctionDef(
                    p.Name(name, span),
                    self.parameters(stmt.args, span),
                    self.body(body),
                    self.exprs(stmt.decorator_list),
                    docstring,
                    (),
                    span,
                )
            case ast.ClassDef(name=name):
                if stmt.keywords:
                    raise Unsupported
                docstring, body = _docstring(stmt)
                return p.ClassDef(
                    p.Name(name, span),
                    self.exprs(stmt.bases),
                    self.body(body),
                    self.exprs(stmt.decorator_list),
                    docstring,
                    (),
                    span,
                )
            case ast.Return(value):
                return p.Return(self.maybe(value), span)
            case ast.Raise(exc, cause):
                return p.Raise(self.maybe(exc), self.maybe(cause), span)
            case ast.Delete(targets):
                return p.Delete(self.exprs(targets), span)
            case ast.Global(names):
                declared = tuple(p.Name(name, span) for name in names)
                return p.ScopeDeclaration("global", declared, span)
            case ast.Nonlocal(names):
                declared = tuple(p.Name(name, span) for name in names)
                return p.ScopeDeclaration("nonlocal", declared, span)
            case ast.Break():
                return p.Break(span)
            case ast.Continue():
                return p.Continue(span)
            case ast.Pass():
                return p.Pass(span)
        raise Unsupported

    def handler(self, handler: ast.ExceptHandler) -> p.Handler:
        body = self.body(handler.body)
        name = p.Name(handler.name, body[0].span) if handler.name else None
        return p.Handler(self.maybe(handler.type), name, body, body[0].span)

    def case(self, case: ast.match_case) -> p.Case:
        body = self.body(case.body)
        start = self.span(case.pattern).start - len("case ")
        span = Span(start, body[-1].span.end)
        return p.Case(self.pattern(case.pattern), self.maybe(case.guard), body, span)

    def parameters(self, args: ast.arguments, span: Span) -> tuple[p.Parameter, ...]:
        if args.posonlyargs or any(arg.annotation for arg in args.args):
            raise Unsupported
        missing = len(args.args) - len(args.defaults)
        defaults = [None] * missing + [self.expr(value) for value in args.defaults]
        parameters = [
            p.Parameter(p.Name(arg.arg, span), default, "", span)
            for arg, default in zip(args.args, defaults, strict=True)
        ]
        if args.vararg:
            parameters.append(
                p.Parameter(p.Name(args.vararg.arg, span), None, "*", span)
            )
        if args.kwonlyargs or args.kwarg:
            raise Unsupported
        return tuple(parameters)

    # --- expressions ------------------------------------------------------------------

    def exprs(self, nodes: Iterable[ast.expr]) -> tuple[p.Expr, ...]:
        return tuple(map(self.expr, nodes))

    def maybe(self, node: ast.expr | None) -> p.Expr | None:
        return None if node is None else self.expr(node)

    def expr(self, node: ast.expr) -> p.Expr:
        span = self.span(node)
        match node:
            case ast.Name(id):
                return p.Name(id, span)
            case ast.Constant(value):
                if value is Ellipsis:
                    raise Unsupported
                return p.Literal(value, span)
            case ast.Attribute(value, attr):
                return p.Attribute(self.expr(value), attr, span)
            case ast.Subscript(value, index):
                return p.Subscript(self.expr(value), self.expr(index), span)
            case ast.Slice(lower, upper, step):
                parts = self.maybe(lower), self.maybe(upper), self.maybe(step)
                return p.Slice(*parts, span)
            case ast.Starred(value):
                return p.Starred(self.expr(value), span)
            case ast.Call(function, args, keywords):
                return p.Call(
                    self.expr(function),
                    self.exprs(args),
                    tuple(
                        p.Keyword(k.arg, self.expr(k.value), self.span(k))
                        for k in keywords
                    ),
                    span,
                )
            case ast.UnaryOp(op, operand):
                return p.Unary(_UNARY[type(op)], self.expr(operand), span)
            case ast.BinOp(left, op, right):
                operator = _BINARY[type(op)]
                return p.Binary(self.expr(left), operator, self.expr(right), span)
            case ast.Compare(left, ops, comparators):
                operators = tuple(_COMPARE[type(op)] for op in ops)
                return p.Compare(
                    self.expr(left), operators, self.exprs(comparators), span
                )
            case ast.BoolOp(op, values):
                operator = "and" if isinstance(op, ast.And) else "or"
                return p.Logical(operator, self.exprs(values), span)
            case ast.IfExp(test, body, orelse):
                return p.Conditional(
                    self.expr(test), self.expr(body), self.expr(orelse), span
                )
            case ast.List(elts) | ast.Tuple(elts) | ast.Set(elts):
                return self.display(node, self.exprs(elts))
            case ast.Dict(keys, values):
                entries = tuple(
                    (self.maybe(key), self.expr(value))
                    for key, value in zip(keys, values, strict=True)
                )
                return p.DictDisplay(entries, span)
            case ast.ListComp() | ast.SetComp() | ast.GeneratorExp():
                if any(clause.is_async for clause in node.generators):
                    raise Unsupported
                clauses = tuple(
                    p.Clause(
                        self.expr(clause.target),
                        self.expr(clause.iter),
                        self.exprs(clause.ifs),
                        span,
                    )
                    for clause in node.generators
                )
                kind = _COMPREHENSIONS[type(node)]
                return p.Comprehension(kind, self.expr(node.elt), clauses, span)
            case ast.Lambda(args, body):
                return p.Lambda(self.parameters(args, span), self.expr(body), span)
            case ast.NamedExpr(target, value):
                return p.Walrus(p.Name(target.id, span), self.expr(value), span)
            case ast.JoinedStr(values):
                return p.FString(tuple(map(self.part, values)), span)
        raise Unsupported

    def display(self, node: ast.expr, items: tuple[p.Expr, ...]) -> p.Expr:
        span = self.span(node)
        match node:
            case ast.List():
                return p.ListDisplay(items, span)
            case ast.Set():
                return p.SetDisplay(items, span)
            case _:
                return p.TupleDisplay(items, span)

    def part(self, node: ast.expr) -> str | p.Interpolation:
        match node:
            case ast.Constant(str(text)):
                return text
            case ast.FormattedValue(value, -1, None):
                return p.Interpolation(self.expr(value), None, self.span(node))
            case ast.FormattedValue(
                value, -1, ast.JoinedStr(values=[ast.Constant(str(spec))])
            ):
                return p.Interpolation(self.expr(value), spec, self.span(node))
        raise Unsupported

    # --- patterns -----------------------------------------------------------------------

    def pattern(self, node: ast.pattern) -> p.Pattern:
        span = self.span(node)

        def many(nodes: Iterable[ast.pattern]) -> tuple[p.Pattern, ...]:
            return tuple(map(self.pattern, nodes))

        match node:
            case ast.MatchValue(value):
                return p.MatchValue(self.expr(value), span)
            case ast.MatchSingleton(value):
                return p.MatchValue(p.Literal(value, span), span)
            case ast.MatchAs(pattern, name):
                inner = self.pattern(pattern) if pattern else None
                return p.MatchCapture(inner, p.Name(name, span) if name else None, span)
            case ast.MatchStar(name):
                return p.MatchStar(p.Name(name, span) if name else None, span)
            case ast.MatchSequence(patterns):
                return p.MatchSequence(many(patterns), span)
            case ast.MatchMapping(keys, patterns, rest):
                entries = zip(self.exprs(keys), many(patterns), strict=True)
                rest_name = p.Name(rest, span) if rest else None
                return p.MatchMapping(tuple(entries), rest_name, span)
            case ast.MatchClass(cls, patterns, names, keyword_patterns):
                keywords = zip(names, many(keyword_patterns), strict=True)
                return p.MatchClass(
                    self.expr(cls), many(patterns), tuple(keywords), span
                )
            case ast.MatchOr(patterns):
                return p.MatchOr(many(patterns), span)
        raise Unsupported


def _is_import(stmt: ast.stmt) -> bool:
    return isinstance(stmt, ast.Import | ast.ImportFrom)


def _docstring(
    node: ast.FunctionDef | ast.ClassDef,
) -> tuple[str | None, list[ast.stmt]]:
    text = ast.get_docstring(node, clean=False)
    return (None, node.body) if text is None else (text, node.body[1:])
