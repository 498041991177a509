"""What taking patterns apart shares: the tests and steps found, and ways to make them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, field

from lisptorch_compile import catalogue
from lisptorch_compile import pytree as py
from lisptorch_compile.catalogue.model import Fact
from lisptorch_compile.diagnostics import Span
from lisptorch_compile.fact_rules import data_fact, literal_fact
from lisptorch_compile.forms import Symbol
from lisptorch_compile.lowering.base import Lowerer
from lisptorch_compile.lowering.build import literal
from lisptorch_compile.lowering.failing import may_fail
from lisptorch_compile.lowering.steps import Check, Match, Run, Step, Test
from lisptorch_compile.lowering.type_tests import type_test
from lisptorch_compile.nodes import (
    BuiltinCall,
    Call,
    Condition,
    Data,
    Equal,
    Literal,
    Node,
    Pattern,
    TypeTest,
    Variable,
)
from lisptorch_compile.patterns import whole
from lisptorch_compile.pytree import Expr, Stmt
from lisptorch_compile.scope import Binding, BindingKind

#: Names that are no atoms when quoted.
NO_ATOMS = frozenset(("nil", "_", "false", "fail_", "true"))


@dataclass(slots=True)
class Matcher(ABC):
    """Takes the patterns of one rule apart; ``matching.PatternMatcher`` completes it.

    ``checks`` come first, ``steps`` in order. ``often``: the function calls itself, so a
    pattern must cost no more than a test. The class pattern of an atom does: ``head is
    PLUS`` takes its place.
    """

    lowerer: Lowerer
    often: bool
    checks: list[Check] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    depth: int = 0  # of lists around the current pattern

    def may_refuse(self) -> bool:
        """Tell whether arguments may be found not to match."""
        refusing = [step for step in self.steps if not isinstance(step, Run)]
        return bool(self.checks or refusing)

    # --- completed by the patterns ------------------------------------------------------

    @abstractmethod
    def nested(
        self, pattern: Pattern, fact: Fact, subject: Expr | None = None
    ) -> py.Pattern:
        """Return Python's pattern, the rest of what must hold in ``steps``.

        ``subject``: an expression of the value, where there is one.
        """

    @abstractmethod
    def rest(
        self, rest: Pattern, fact: Fact, subject: Expr | None, size: int
    ) -> py.MatchStar:
        """Return ``*rest`` behind ``size`` elements, and wrap the plain list that it gives
        where it matters."""

    # --- names and constants ------------------------------------------------------------

    def capture(self, binding: Binding, span: Span) -> py.MatchCapture:
        if binding in self.lowerer.unread:
            return anything(span)
        self.lowerer.note_assigned(binding)
        name = self.lowerer.variable(binding, span)
        assert isinstance(name, py.Name)
        return py.MatchCapture(None, name, span)

    def named(self, role: str, fact: Fact, span: Span) -> py.Name:
        """Return a new name, for a value that a test looks at."""
        return py.Name(self.lowerer.temporary(role, span), span)

    def constant(self, value: Literal | Data) -> py.Pattern | None:
        """Return the pattern of a constant; None for lists and the like."""
        span = value.span
        match value:
            case Literal(bool() | None):
                return None
            case Literal(constant):
                return py.MatchValue(literal(constant, span), span)
            case Data(Symbol(name)) if name not in NO_ATOMS:
                symbol = self.lowerer.imported("Symbol", span)
                inner = py.MatchValue(literal(name, span), span)
                return py.MatchClass(symbol, (inner,), (), span)
            case _:
                return None

    def constant_value(self, pattern: Equal) -> Expr:
        before, value = self.lowerer.value(pattern.value)
        assert not before
        return value

    # --- tests ---------------------------------------------------------------------------

    def require(self, test: Expr) -> None:
        self.steps.append(Test(test))

    def equal(self, name: Expr, fact: Fact, node: Variable, span: Span) -> None:
        self.steps.append(Test(self.equality(name, fact, node, span)))

    def equality(
        self, name: Expr, fact: Fact, node: Variable | Literal | Data, span: Span
    ) -> Expr:
        """Return the test that a value equals that of ``node``, as LispE's `=` has it."""
        assert isinstance(name, py.Name) and isinstance(name.id, Binding)
        equals = catalogue.lookup("=")
        assert equals is not None
        subject = Variable(name.id, span)
        self.lowerer.facts.learn(subject, fact)
        if isinstance(node, Variable):
            known = self.lowerer.fact_of_variable(node.binding)
            self.lowerer.facts.learn(node, known)
        elif isinstance(node, Literal):
            self.lowerer.facts.learn(node, literal_fact(node.value))
        else:
            self.lowerer.facts.learn(node, data_fact(node.form))
        sides = (node, subject) if isinstance(node, Variable) else (subject, node)
        test = BuiltinCall(equals, sides, span)
        before, value = self.lowerer.condition(test)
        assert not before
        return value

    def condition(self, node: Node) -> None:
        """Add the test of a condition; an error in it is no match."""
        before, test = self.lowerer.condition(node)
        if may_fail(self.lowerer, node):
            test = self._held(node, test, before)
        if before:
            self.steps.append(Run(tuple(before)))
        self.steps.append(Test(test))

    def _held(self, node: Node, test: Expr, before: list[Stmt]) -> Expr:
        """``holds(is_big, x)``, ``holds(lambda: f(x) > 1)``."""
        span = node.span
        if before:
            return test
        if isinstance(node, Call) and isinstance(test, py.Call) and not test.keywords:
            arguments = (test.function, *test.arguments)
            return self.lowerer.runtime("holds", arguments, span)
        return self.lowerer.runtime("holds", [py.Lambda((), test, span)], span)

    def type_function(self, pattern: TypeTest, fact: Fact) -> Expr:
        """Return the test of a type as a function of one element."""
        span = pattern.span
        binding = whole(pattern) or Binding("item", BindingKind.TEMPORARY, span)
        name = py.Name(binding, span)
        test, _, _ = type_test(self.lowerer, pattern.type, name, fact, span)
        if isinstance(pattern.inner, Condition):
            before, condition = self.lowerer.condition(pattern.inner.test)
            assert not before
            test = py.Logical("and", (test, condition), span)
        return py.Lambda((py.Parameter(name, None, "", span),), test, span)

    def equal_function(self, pattern: Equal, fact: Fact) -> Expr:
        """Return the test that one element equals a constant."""
        span = pattern.span
        name = py.Name(Binding("item", BindingKind.TEMPORARY, span), span)
        test = self.equality(name, fact, pattern.value, span)
        return py.Lambda((py.Parameter(name, None, "", span),), test, span)

    def function_of(self, element: Binding | None, node: Node) -> Expr:
        """Return the test of one element as a function: ``is_digit``, ``lambda x: x < 3``."""
        before, test = self.lowerer.condition(node)
        assert not before
        match test:
            case py.Call(function, (py.Name(id),), ()) if id is element:
                return function
        name = element or Binding("item", BindingKind.TEMPORARY, node.span)
        parameter = py.Parameter(py.Name(name, node.span), None, "", node.span)
        return py.Lambda((parameter,), test, node.span)

    # --- what only the runtime finds ------------------------------------------------------

    def searched(
        self,
        search: Callable[[Expr], Expr],
        pattern: py.Pattern,
        fact: Fact,
        subject: Expr | None,
        span: Span,
    ) -> py.Pattern:
        """Match what ``search`` finds in the value, for which a pattern is returned that
        takes all: ``match patterns.take(items, …):``."""
        matched = anything(span)
        if subject is None:
            name = self.named("items", fact, span)
            subject, matched = name, py.MatchCapture(None, name, span)
        self.steps.insert(0, Match(search(subject), pattern))
        return matched


def anything(span: Span) -> py.MatchCapture:
    return py.MatchCapture(None, None, span)
