"""Random pytrees: every construct, names of all lengths, nothing that must make sense."""

from __future__ import annotations

import keyword
from random import Random

from lisptorch_compile import pytree as p
from lisptorch_compile.diagnostics import Span

SPAN = Span(0, 1)

_LITERALS: tuple[int | float | complex | str | bytes | bool | None, ...] = (
    0,
    -5,
    2.5,
    -0.0,
    1e20,
    float("inf"),
    10**50,
    3j,
    1 + 2j,
    -1 - 2j,
    complex(0, -1),
    None,
    True,
    "",
    "it's",
    'say "hi"',
    "both '\"",
    "a text with several words",
    "a long text with words " * 5,
    "λ数\n\t\\{}",
    "\u2028\ud800",
    b"by'te\x00",
)
_BINARY = ("+", "-", "*", "/", "//", "%", "**", "@", "<<", ">>", "&", "|", "^")
_COMPARE = ("==", "!=", "<", "<=", ">", ">=", "in", "not in", "is", "is not")


class RandomTrees:
    """Builds trees from the choices of ``random``."""

    def __init__(self, random: Random) -> None:
        self.random = random

    def module(self, depth: int, nesting: int) -> p.Module:
        return p.Module("Module.", (), self.body(depth, nesting), (), SPAN)

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def many(self, low: int, high: int) -> range:
        return range(self.random.randint(low, high))

    def word(self) -> str:
        length = self.random.choice((1, 3, 8, 15, 25))
        word = "".join(self.random.choice("abcdefg_") for _ in range(length))
        word = word.strip("_") or "x"
        return f"{word}_" if keyword.iskeyword(word) else word

    def name(self) -> p.Name:
        return p.Name(self.word(), SPAN)

    # --- expressions ------------------------------------------------------------------

    def exprs(self, depth: int, low: int = 0, high: int = 4) -> tuple[p.Expr, ...]:
        return tuple(self.expr(depth) for _ in self.many(low, high))

    def maybe(self, depth: int, share: float) -> p.Expr | None:
        return self.expr(depth) if self.chance(share) else None

    def expr(self, depth: int) -> p.Expr:
        if depth <= 0:
            if self.chance(0.6):
                return self.name()
            return p.Literal(self.random.choice(_LITERALS), SPAN)
        makers = (
            *(self.operation,) * 4,
            *(self.call,) * 3,
            *(self.access,) * 3,
            *(self.display,) * 2,
            self.comprehension,
            self.function_value,
            self.f_string,
            self.leaf,
            self.leaf,
        )
        return self.random.choice(makers)(depth - 1)

    def leaf(self, depth: int) -> p.Expr:
        return self.expr(0)

    def operation(self, depth: int) -> p.Expr:
        match self.random.choice("bbbbclluk"):
            case "b":
                operator = self.random.choice(_BINARY)
                return p.Binary(self.expr(depth), operator, self.expr(depth), SPAN)
            case "c":
                operators = tuple(self.random.choice(_COMPARE) for _ in self.many(1, 2))
                others = tuple(self.expr(depth) for _ in operators)
                return p.Compare(self.expr(depth), operators, others, SPAN)
            case "l":
                operator = self.random.choice(("and", "or"))
                return p.Logical(operator, self.exprs(depth, 2), SPAN)
            case "u":
                operator = self.random.choice(("-", "not", "~", "+"))
                return p.Unary(operator, self.expr(depth), SPAN)
            case _:
                test, then = self.expr(depth), self.expr(depth)
                return p.Conditional(test, then, self.expr(depth), SPAN)

    def call(self, depth: int) -> p.Expr:
        function = self.name() if self.chance(0.5) else self.expr(depth)
        if self.chance(0.15):
            clauses = self.clauses(depth)
            argument = p.Comprehension("generator", self.expr(depth), clauses, SPAN)
            return p.Call(function, (argument,), (), SPAN)
        arguments = list(self.exprs(depth))
        if self.chance(0.15):
            arguments.append(p.Starred(self.expr(depth), SPAN))
        keywords = [
            p.Keyword(f"{self.word()}{index}", self.expr(depth), SPAN)
            for index in self.many(0, 1)
        ]
        if self.chance(0.1):
            keywords.append(p.Keyword(None, self.expr(depth), SPAN))
        return p.Call(function, tuple(arguments), tuple(keywords), SPAN)

    def access(self, depth: int) -> p.Expr:
        value = self.expr(depth)
        if self.chance(0.3):
            return p.Subscript(value, self.index(depth), SPAN)
        attribute = p.Attribute(value, self.word(), SPAN)
        if self.chance(0.5):
            return attribute
        return p.Call(attribute, self.exprs(depth, 0, 2), (), SPAN)

    def index(self, depth: int) -> p.Expr:
        if self.chance(0.2):
            items = tuple(self.item(depth) for _ in self.many(2, 3))
            return p.TupleDisplay(items, SPAN)
        return self.item(depth)

    def item(self, depth: int) -> p.Expr:
        if self.chance(0.6):
            return self.expr(depth)
        lower, upper, step = (self.maybe(depth, 0.5) for _ in range(3))
        return p.Slice(lower, upper, step, SPAN)

    def display(self, depth: int) -> p.Expr:
        match self.random.choice("ltsd"):
            case "l":
                return p.ListDisplay(self.exprs(depth), SPAN)
            case "t":
                return p.TupleDisplay(self.exprs(depth, 0, 3), SPAN)
            case "s":
                return p.SetDisplay(self.exprs(depth, 1, 3), SPAN)
            case _:
                entries = tuple(
                    (self.maybe(depth, 0.9), self.expr(depth)) for _ in self.many(0, 3)
                )
                return p.DictDisplay(entries, SPAN)

    def comprehension(self, depth: int) -> p.Expr:
        kind = self.random.choice(("list", "set", "generator"))
        return p.Comprehension(kind, self.expr(depth), self.clauses(depth), SPAN)

    def clauses(self, depth: int) -> tuple[p.Clause, ...]:
        return tuple(
            p.Clause(self.target(), self.expr(depth), self.exprs(depth, 0, 1), SPAN)
            for _ in self.many(1, 2)
        )

    def target(self) -> p.Expr:
        if self.chance(0.3):
            items = tuple(self.name() for _ in self.many(1, 3))
            return p.TupleDisplay(items, SPAN)
        return self.name()

    def function_value(self, depth: int) -> p.Expr:
        return p.Lambda(self.parameters(depth - 1), self.expr(depth), SPAN)

    def parameters(self, depth: int) -> tuple[p.Parameter, ...]:
        words = sorted({self.word() for _ in self.many(0, 4)})
        first_default = self.random.randint(0, 2 * len(words))
        parameters = [
            p.Parameter(
                p.Name(word, SPAN),
                self.expr(depth) if index >= first_default else None,
                "",
                SPAN,
            )
            for index, word in enumerate(words)
        ]
        if self.chance(0.2):
            parameters.append(p.Parameter(p.Name("rest_", SPAN), None, "*", SPAN))
        return tuple(parameters)

    def f_string(self, depth: int) -> p.Expr:
        parts: list[str | p.Interpolation] = []
        for _ in self.many(1, 4):
            if self.chance(0.5):
                parts.append("text {} 'q' \" \n"[: self.random.randint(1, 16)])
            else:
                spec = self.random.choice((None, None, "g", ".2f"))
                parts.append(p.Interpolation(self.expr(depth - 1), spec, SPAN))
        return p.FString(tuple(parts), SPAN)

    # --- statements -------------------------------------------------------------------

    def body(self, depth: int, nesting: int) -> p.Body:
        return tuple(self.stmt(depth, nesting) for _ in self.many(1, 3))

    def maybe_body(self, depth: int, nesting: int) -> p.Body:
        return self.body(depth, nesting) if self.chance(0.3) else ()

    def stmt(self, depth: int, nesting: int) -> p.Stmt:
        if nesting > 0 and self.chance(0.5):
            return self.compound(depth, nesting - 1)
        match self.random.choice("eaaaurdRpgi"):
            case "e":
                value = self.expr(depth)
                if isinstance(value, p.Literal):  # would be a docstring
                    value = p.TupleDisplay((value,), SPAN)
                return p.ExprStmt(value, SPAN)
            case "a":
                targets = tuple(
                    self.assigned(depth - 1)
                    for _ in range(self.random.choice((1, 1, 1, 2)))
                )
                return p.Assign(targets, self.expr(depth), SPAN)
            case "u":
                operator = self.random.choice(("+", "-", "//"))
                return p.AugAssign(self.name(), operator, self.expr(depth), SPAN)
            case "r":
                return p.Return(self.maybe(depth, 0.8), SPAN)
            case "d":
                targets = tuple(
                    p.Subscript(self.name(), self.expr(depth - 1), SPAN)
                    for _ in self.many(1, 3)
                )
                return p.Delete(targets, SPAN)
            case "R":
                return p.Raise(self.expr(depth), self.maybe(depth - 1, 0.3), SPAN)
            case "g":
                names = tuple(self.name() for _ in self.many(1, 2))
                return p.ScopeDeclaration("global", names, SPAN)
            case "i":
                name = self.word() if self.chance(0.5) else None
                alias = self.word() if self.chance(0.5) else None
                return p.Import(self.word(), name, alias, SPAN)
            case _:
                return p.Pass(SPAN)

    def assigned(self, depth: int) -> p.Expr:
        match self.random.choice("nnnast"):
            case "n":
                return self.name()
            case "a":
                return p.Attribute(self.expr(depth), self.word(), SPAN)
            case "s":
                return p.Subscript(self.expr(depth), self.expr(depth), SPAN)
            case _:
                items = tuple(self.assigned(depth - 1) for _ in self.many(1, 3))
                return p.TupleDisplay(items, SPAN)

    def compound(self, depth: int, nesting: int) -> p.Stmt:
        body = self.body(depth, nesting)
        match self.random.choice("iiwfFcmWt"):
            case "i":
                orelse = self.maybe_body(depth, nesting)
                return p.If(self.expr(depth), body, orelse, SPAN)
            case "w":
                orelse = self.maybe_body(depth, nesting)
                return p.While(self.expr(depth), body, orelse, SPAN)
            case "f":
                orelse = self.maybe_body(depth, nesting)
                return p.For(self.target(), self.expr(depth), body, orelse, SPAN)
            case "F":
                decorators = (self.name(),) if self.chance(0.3) else ()
                return p.FunctionDef(
                    self.name(),
                    self.parameters(depth - 1),
                    body,
                    decorators,
                    self.docstring(),
                    (),
                    SPAN,
                )
            case "c":
                return p.ClassDef(
                    self.name(),
                    self.exprs(depth - 1, 0, 2),
                    body if self.chance(0.8) else (),
                    (),
                    self.docstring(),
                    (),
                    SPAN,
                )
            case "m":
                cases = tuple(
                    p.Case(
                        self.pattern(2),
                        self.maybe(depth, 0.3),
                        self.body(depth, nesting),
                        SPAN,
                    )
                    for _ in self.many(1, 2)
                )
                return p.Match(self.expr(depth), cases, SPAN)
            case "W":
                items = tuple(
                    (
                        p.Call(self.expr(depth), self.exprs(depth), (), SPAN),
                        self.name() if self.chance(0.5) else None,
                    )
                    for _ in self.many(1, 2)
                )
                return p.With(items, body, SPAN)
            case _:
                name = self.name() if self.chance(0.5) else None
                handler = p.Handler(self.name(), name, self.body(depth, nesting), SPAN)
                orelse = self.maybe_body(depth, nesting)
                final = self.maybe_body(depth, nesting)
                return p.Try(body, (handler,), orelse, final, SPAN)

    def docstring(self) -> str | None:
        texts = (None, None, "Doc.", "Doc\n\n    more.\n", 'Say "hi"', "back\\slash")
        return self.random.choice(texts)

    def pattern(self, depth: int) -> p.Pattern:
        match self.random.choice("vsmco") if depth > 0 else self.random.choice("vw"):
            case "w":
                return p.MatchCapture(None, None, SPAN)
            case "s":
                items = tuple(self.pattern(depth - 1) for _ in self.many(0, 4))
                return p.MatchSequence(items, SPAN)
            case "m":
                entries = tuple(
                    (p.Literal(f"key{index}", SPAN), self.pattern(depth - 1))
                    for index in self.many(0, 3)
                )
                return p.MatchMapping(entries, None, SPAN)
            case "c":
                positional = tuple(self.pattern(depth - 1) for _ in self.many(0, 2))
                keywords = tuple(
                    (f"field{index}", self.pattern(depth - 1))
                    for index in self.many(0, 2)
                )
                return p.MatchClass(self.name(), positional, keywords, SPAN)
            case "o":
                texts = tuple(
                    p.MatchValue(p.Literal(self.word(), SPAN), SPAN)
                    for _ in self.many(2, 5)
                )
                return p.MatchOr(texts, SPAN)
            case _:
                value = self.random.choice((1, "text", None, -2.5, 1 + 2j))
                return p.MatchValue(p.Literal(value, SPAN), SPAN)
