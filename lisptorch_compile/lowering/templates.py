"""The catalogue's targets, Python expressions with parameters, made into pytree nodes."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from functools import cache
from operator import add, sub

from lisptorch_compile import pytree as py
from lisptorch_compile.diagnostics import Span
from lisptorch_compile.pytree import Expr
from lisptorch_compile.records import record
from lisptorch_compile.scope import Binding, BindingKind


@record
class Absent:
    """An argument that was left out; ``default`` is the Python expression it stands for."""

    default: str | None


@record
class Default:
    """An argument that equals the default: dropped where it stands as a keyword."""

    value: Expr


@record
class Sizes:
    """A shape of unknown length: ``*shape`` stands for it as one argument, since torch
    takes no tensor without dimensions from no arguments."""

    value: Expr


#: What a parameter of a target stands for: one expression, several (``*name``), or none.
Hole = Expr | tuple[Expr, ...] | Absent | Default | Sizes

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
_FOLDED: dict[str, Callable[[int, int], int]] = {"+": add, "-": sub}
_UNARY = {ast.USub: "-", ast.UAdd: "+", ast.Invert: "~", ast.Not: "not"}
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


@cache
def parse_target(target: str) -> ast.expr:
    """Return the Python expression of a target."""
    return ast.parse(target, mode="eval").body


@cache
def hole_order(target: str, parameters: frozenset[str]) -> tuple[str, ...]:
    """Return the parameters in the order in which the target evaluates them.

    A parameter in a comprehension, a lambda or one arm of a conditional stands twice, so
    that the caller gives it a name before.

    >>> hole_order("b.join(a)", frozenset(("a", "b")))
    ('b', 'a')
    """
    order: list[str] = []
    _collect_holes(parse_target(target), parameters, order)
    return tuple(order)


def _collect_holes(node: ast.AST, names: frozenset[str], order: list[str]) -> None:
    if isinstance(node, ast.Name):
        if node.id in names:
            order.append(node.id)
        return
    if isinstance(node, ast.IfExp):
        _collect_holes(node.test, names, order)
        _collect_twice([node.body, node.orelse], names, order)
        return
    if isinstance(node, ast.ListComp | ast.GeneratorExp | ast.Lambda | ast.BoolOp):
        _collect_twice(list(ast.iter_child_nodes(node)), names, order)
        return
    for child in ast.iter_child_nodes(node):
        _collect_holes(child, names, order)


def _collect_twice(
    nodes: list[ast.expr] | list[ast.AST], names: frozenset[str], order: list[str]
) -> None:
    inner: list[str] = []
    for node in nodes:
        _collect_holes(node, names, inner)
    order.extend(inner + inner)


class Instantiation:
    """One use of a target: fills the holes and names what is imported."""

    def __init__(
        self,
        holes: Mapping[str, Hole],
        span: Span,
        imported: Callable[[str, Span], Expr],
    ) -> None:
        self.holes = holes
        self.span = span
        self.imported = imported
        self.inner: dict[str, Binding] = {}

    def expression(self, node: ast.expr) -> Expr:
        span = self.span
        match node:
            case ast.Name(name):
                return self.name(name)
            case ast.Constant(value):
                assert value is not Ellipsis
                return py.Literal(value, span)
            case ast.Attribute(value, name):
                return py.Attribute(self.expression(value), name, span)
            case ast.Call():
                return self.call(node)
            case ast.Subscript(value, index):
                return py.Subscript(self.expression(value), self.index(index), span)
            case ast.BinOp(left, operator, right):
                return self.binary(left, _BINARY[type(operator)], right)
            case ast.UnaryOp(operator, operand):
                return py.Unary(_UNARY[type(operator)], self.expression(operand), span)
            case ast.Compare(left, operators, comparators):
                return py.Compare(
                    self.expression(left),
                    tuple([_COMPARE[type(operator)] for operator in operators]),
                    tuple([self.expression(c) for c in comparators]),
                    span,
                )
            case ast.BoolOp(operator, values):
                word = "and" if isinstance(operator, ast.And) else "or"
                operands = tuple([self.expression(value) for value in values])
                return py.Logical(word, operands, span)
            case ast.IfExp(test, then, orelse):
                return py.Conditional(
                    self.expression(test),
                    self.expression(then),
                    self.expression(orelse),
                    span,
                )
            case ast.List([ast.Starred(ast.Name(name))]) if self._is_shape(name):
                return self.name(name)
            case ast.List(items):
                return py.ListDisplay(tuple(self.items(items)), span)
            case ast.Tuple(items):
                return py.TupleDisplay(tuple(self.items(items)), span)
            case ast.Set(items):
                return py.SetDisplay(tuple(self.items(items)), span)
            case ast.Dict(keys, values):
                entries = [
                    (None if key is None else self.expression(key), self.expression(v))
                    for key, v in zip(keys, values, strict=True)
                ]
                return py.DictDisplay(tuple(entries), span)
            case ast.ListComp() | ast.GeneratorExp():
                return self.comprehension(node)
            case ast.Lambda():
                return self.function(node)
            case _:
                raise AssertionError(
                    f"{ast.unparse(node)} in a target of the catalogue"
                )

    def binary(self, left: ast.expr, operator: str, right: ast.expr) -> Expr:
        """Return an operation; ``count + 1`` of a literal count is a literal."""
        operands = self.expression(left), self.expression(right)
        match operands:
            case py.Literal(int() as first), py.Literal(int() as second):
                if operator in _FOLDED:
                    return py.Literal(_FOLDED[operator](first, second), self.span)
        return py.Binary(operands[0], operator, operands[1], self.span)

    def name(self, name: str) -> Expr:
        if name in self.inner:
            return py.Name(self.inner[name], self.span)
        if name not in self.holes:
            return self.imported(name, self.span)
        hole = self.holes[name]
        if isinstance(hole, Absent):
            assert hole.default is not None, f"nothing to write for {name}"
            return self.expression(parse_target(hole.default))
        if isinstance(hole, tuple):
            return py.ListDisplay(hole, self.span)
        return hole.value if isinstance(hole, Default | Sizes) else hole

    def _is_shape(self, name: str) -> bool:
        return isinstance(self.holes.get(name), Sizes)

    def call(self, node: ast.Call) -> Expr:
        function = self.expression(node.func)
        match function:
            case py.Attribute(py.Compare() as mask, "bool"):
                return mask  # comparing tensors gives bools already
        arguments = list(node.args)
        while arguments and self._is_absent(arguments[-1]):
            arguments.pop()
        keywords = [
            py.Keyword(keyword.arg, self.expression(keyword.value), self.span)
            for keyword in node.keywords
            if not self._is_absent(keyword.value, Default)
        ]
        items = tuple(self.items(arguments))
        match function, items:
            case py.Name("float"), (py.Literal(int() as number),):
                return py.Literal(float(number), self.span)
        return py.Call(function, items, tuple(keywords), self.span)

    def _is_absent(self, node: ast.expr, *others: type) -> bool:
        return isinstance(node, ast.Name) and isinstance(
            self.holes.get(node.id), (Absent, *others)
        )

    def items(self, nodes: list[ast.expr]) -> list[Expr]:
        result: list[Expr] = []
        for node in nodes:
            if isinstance(node, ast.Starred):
                result.extend(self.starred(node.value))
            else:
                result.append(self.expression(node))
        return result

    def starred(self, node: ast.expr) -> list[Expr]:
        if isinstance(node, ast.Name):
            hole = self.holes.get(node.id)
            if isinstance(hole, tuple):
                return list(hole)
            if isinstance(hole, Absent):
                return []
            if isinstance(hole, Sizes):
                return [hole.value]
        value = self.expression(node)
        match value:  # `[a, *List([b, *rest])]` → `[a, b, *rest]`
            case py.ListDisplay(items) | py.Call(
                py.Name("List"), (py.ListDisplay(items),), ()
            ):
                return list(items)
            case _:
                return [py.Starred(value, self.span)]

    def index(self, node: ast.expr) -> Expr:
        if isinstance(node, ast.Slice):
            lower, upper, step = [
                None if part is None else self.expression(part)
                for part in (node.lower, node.upper, node.step)
            ]
            return py.Slice(lower, upper, step, self.span)
        if isinstance(node, ast.Tuple):
            items = tuple([self.index(item) for item in node.elts])
            return py.TupleDisplay(items, self.span)
        return self.expression(node)

    def comprehension(self, node: ast.ListComp | ast.GeneratorExp) -> Expr:
        kind = "list" if isinstance(node, ast.ListComp) else "generator"
        clauses = []
        for generator in node.generators:
            iterable = self.expression(generator.iter)
            target = self._bind(generator.target)
            conditions = tuple([self.expression(test) for test in generator.ifs])
            clauses.append(py.Clause(target, iterable, conditions, self.span))
        return py.Comprehension(
            kind, self.expression(node.elt), tuple(clauses), self.span
        )

    def function(self, node: ast.Lambda) -> Expr:
        parameters = [
            py.Parameter(self._new(argument.arg), None, "", self.span)
            for argument in node.args.args
        ]
        if node.args.vararg is not None:
            rest = self._new(node.args.vararg.arg)
            parameters.append(py.Parameter(rest, None, "*", self.span))
        return py.Lambda(tuple(parameters), self.expression(node.body), self.span)

    def _bind(self, target: ast.expr) -> Expr:
        if isinstance(target, ast.Tuple):
            items = tuple([self._bind(item) for item in target.elts])
            return py.TupleDisplay(items, self.span)
        assert isinstance(target, ast.Name)
        return self._new(target.id)

    def _new(self, name: str) -> py.Name:
        binding = Binding(name, BindingKind.TEMPORARY, self.span)
        self.inner[name] = binding
        return py.Name(binding, self.span)
