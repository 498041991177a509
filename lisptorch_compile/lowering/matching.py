"""The patterns of one rule → tests, patterns of `match`, and statements that bind names.

    (defpat lead ([(> x 0) $ rest]) …)

is a `Check` of the first argument by ``[x, *rest]`` and then the step `Test` of ``x > 0``.
"""

from __future__ import annotations

from lisptorch_compile import pytree as py
from lisptorch_compile.catalogue.model import (
    DICT,
    DICTS,
    FLOATS,
    INTEGERS,
    LIST,
    LISTS,
    NIL,
    NOTHING,
    NUMBERS,
    PLAIN,
    SET,
    SHORTS,
    STRINGS,
    UNKNOWN,
    Fact,
)
from lisptorch_compile.diagnostics import Span
from lisptorch_compile.fact_rules import element
from lisptorch_compile.forms import Symbol
from lisptorch_compile.lowering.base import TooDeepError
from lisptorch_compile.lowering.build import compare, literal
from lisptorch_compile.lowering.matcher import NO_ATOMS, Matcher, anything
from lisptorch_compile.lowering.searching import repeated_parts, searched_entries
from lisptorch_compile.lowering.steps import Check, Match, Run, Step, Test
from lisptorch_compile.lowering.type_tests import (
    CLASSES,
    empty_pattern,
    empty_test,
    needs_test,
    type_pattern,
    type_test,
)
from lisptorch_compile.names import spell_field
from lisptorch_compile.nodes import (
    Anything,
    Capture,
    Condition,
    Data,
    Elements,
    Empty,
    Equal,
    Instance,
    Kleene,
    Literal,
    Mapping,
    Pattern,
    Same,
    TypeTest,
    Variable,
)
from lisptorch_compile.nodes import Sequence as SequencePattern
from lisptorch_compile.pattern_facts import kinds_of_type, narrowed
from lisptorch_compile.pytree import Expr
from lisptorch_compile.scope import Binding

#: Lists in patterns nest this deep: CPython takes 200 brackets.
_MAX_DEPTH = 100

_WRAPPERS = (
    (LIST | PLAIN, "List"),
    (INTEGERS, "Integers"),
    (NUMBERS, "Numbers"),
    (FLOATS, "Floats"),
    (SHORTS, "Shorts"),
    (STRINGS, "Strings"),
)


class PatternMatcher(Matcher):
    """Takes each kind of pattern apart."""

    # --- arguments ---------------------------------------------------------------------

    def argument(self, place: int, pattern: Pattern, subject: Binding) -> None:
        """Note what ``pattern`` asks of the argument ``subject``."""
        fact = self.lowerer.facts.of_argument(subject)
        span = pattern.span
        name = py.Name(subject, span)
        match pattern:
            case Anything() | Capture():
                pass
            case Same(binding):
                self.equal(name, fact, Variable(binding, span), span)
            case Condition(inner, test):
                self.argument(place, inner, subject)
                self.condition(test)
            case TypeTest(type_name, inner):
                self._type_check(place, type_name, name, fact, span)
                self.argument(place, inner, subject)
            case Equal(value):
                equal = self.equality(name, fact, value, span)
                self.checks.append(Check(place, equal, self.constant(value)))
            case Empty():
                empty = empty_test(self.lowerer, name, fact, span)
                self.checks.append(Check(place, empty, empty_pattern(fact, span)))
            case SequencePattern() if _has_simple_items(pattern) and _is_list(fact):
                self._simple_sequence(place, pattern, name, fact)
            case Mapping((), None) if fact.only(DICTS):
                self.checks.append(Check(place, py.Unary("not", name, span), None))
            case _:
                matched = self.nested(pattern, fact, name)
                if matched != anything(span):
                    self.checks.append(Check(place, None, matched))

    def _type_check(
        self, place: int, type_name: str, name: Expr, fact: Fact, span: Span
    ) -> None:
        kinds = kinds_of_type(type_name)
        if fact.only(kinds) and type_name in CLASSES:
            return
        test, pattern, besides = type_test(self.lowerer, type_name, name, fact, span)
        self.checks.append(Check(place, test, pattern, besides))

    def _simple_sequence(
        self, place: int, pattern: SequencePattern, name: py.Name, fact: Fact
    ) -> None:
        """``[x $ rest]`` of what is surely a list: ``if items`` and ``x, *rest = items``
        say it, too."""
        matched = self.nested(pattern, fact, name)
        assert isinstance(matched, py.MatchSequence)
        span = pattern.span
        size = len(pattern.items)
        if pattern.rest is None:
            length = py.Call(py.Name("len", span), (name,), (), span)
            test: Expr = compare(length, "==", literal(size, span), span)
        elif size == 1:
            test = name
        else:
            length = py.Call(py.Name("len", span), (name,), (), span)
            test = compare(length, ">=", literal(size, span), span)
        targets = tuple([_target(item) for item in matched.items])
        target = py.TupleDisplay(targets, span)
        unpacking = py.Assign((target,), name, span)
        self.checks.append(Check(place, test, matched, (), (unpacking,)))

    # --- parts -------------------------------------------------------------------------

    def nested(
        self, pattern: Pattern, fact: Fact, subject: Expr | None = None
    ) -> py.Pattern:
        """Return Python's pattern, the rest of what must hold in ``steps``.

        ``subject``: an expression of the value, where there is one.
        """
        span = pattern.span
        match pattern:
            case Anything():
                return anything(span)
            case Capture(binding):
                return self.capture(binding, span)
            case Same(binding):
                again = self.named(binding.name, fact, span)
                self.equal(again, fact, Variable(binding, span), span)
                return py.MatchCapture(None, again, span)
            case Condition(inner, test):
                matched = self.nested(inner, fact)
                self.condition(test)
                return matched
            case TypeTest(type_name, inner):
                return self._nested_type(type_name, inner, fact, span)
            case Equal(Data(Symbol(name))) if self.often and name not in NO_ATOMS:
                head = self.named("head", fact, span)
                atom = self.lowerer.atom(name, span)
                self.steps.append(Test(compare(head, "is", atom, span)))
                return py.MatchCapture(None, head, span)
            case Equal(value):
                return self.constant(value) or self.nested_equal(value, fact, span)
            case Empty():
                return self._nested_empty(fact, span)
            case SequencePattern():
                return self._sequence(pattern, narrowed(fact, LISTS), subject)
            case Instance():
                return self._instance(pattern)
            case Mapping():
                return self._mapping(pattern, narrowed(fact, DICTS), subject)
            case Elements():
                return self._elements(pattern, narrowed(fact, SET), subject)

    def _nested_type(
        self, type_name: str, inner: Pattern, fact: Fact, span: Span
    ) -> py.Pattern:
        kinds = kinds_of_type(type_name)
        place = len(self.steps)
        within = self.nested(inner, narrowed(fact, kinds))
        if fact.only(kinds) and type_name in CLASSES:
            return within
        captured = within if isinstance(within, py.MatchCapture) else None
        name = captured.name if captured is not None else None
        needed = needs_test(type_name, fact)
        if captured is None or (needed and name is None):
            name = self.named("item", fact, span)
        if name is None:
            matched = type_pattern(self.lowerer, type_name, span)
            return matched if matched is not None else anything(span)
        test, matched, besides = type_test(self.lowerer, type_name, name, fact, span)
        asked: list[Step] = [Test(each) for each in besides]
        if matched is None:
            asked.append(Test(test))
        if captured is None:
            asked.append(Match(name, within))
        self.steps[place:place] = asked
        return py.MatchCapture(matched, name, span)

    def nested_equal(self, value: Literal | Data, fact: Fact, span: Span) -> py.Pattern:
        name = self.named("item", fact, span)
        self.steps.append(Test(self.equality(name, fact, value, span)))
        return py.MatchCapture(None, name, span)

    def _nested_empty(self, fact: Fact, span: Span) -> py.Pattern:
        matched = empty_pattern(fact, span)
        if matched is not None:
            return matched
        name = self.named("item", fact, span)
        self.steps.append(Test(empty_test(self.lowerer, name, fact, span)))
        return py.MatchCapture(None, name, span)

    # --- lists -------------------------------------------------------------------------

    def _sequence(
        self, pattern: SequencePattern, fact: Fact, subject: Expr | None
    ) -> py.Pattern:
        plain = [item for item in pattern.items if not isinstance(item, Kleene)]
        if len(plain) < len(pattern.items):
            return repeated_parts(self, pattern, fact, subject)
        self.depth += 1
        if self.depth > _MAX_DEPTH:
            raise TooDeepError(pattern.span)
        items = [self.nested(item, element(fact)) for item in plain]
        self.depth -= 1
        if pattern.rest is not None:
            items.append(self.rest(pattern.rest, fact, subject, len(plain)))
        return py.MatchSequence(tuple(items), pattern.span)

    def rest(
        self, rest: Pattern, fact: Fact, subject: Expr | None, size: int
    ) -> py.MatchStar:
        """Return ``*rest`` behind ``size`` elements, and wrap the plain list that it gives
        where it matters."""
        span = rest.span
        lowerer = self.lowerer
        match rest:
            case Anything():
                return py.MatchStar(None, span)
            case Capture(binding) if binding in lowerer.unread:
                return py.MatchStar(None, span)
            case Capture(binding):
                lowerer.note_assigned(binding)
                name = lowerer.variable(binding, span)
                assert isinstance(name, py.Name)
                if binding in lowerer.plain_rests:
                    return py.MatchStar(name, span)
                wrapped = self._wrapped(name, fact, subject, size)
                self.steps.append(Run((py.Assign((name,), wrapped, span),)))
                return py.MatchStar(None if _is_sliced(wrapped) else name, span)
            case Same(binding):
                name = self.named("others", fact, span)
                self.equal(name, fact, Variable(binding, span), span)
                return py.MatchStar(name, span)
            case _:
                name = self.named("others", fact, span)
                self._inner_match(name, rest, fact)
                return py.MatchStar(name, span)

    def _inner_match(self, name: py.Name, pattern: Pattern, fact: Fact) -> None:
        """Match a named part of the value, before what else must hold of it."""
        place = len(self.steps)
        self.steps.insert(place, Match(name, self.nested(pattern, fact)))

    def _wrapped(
        self, name: py.Name, fact: Fact, subject: Expr | None, size: int
    ) -> Expr:
        span = name.span
        for kind, wrapper in _WRAPPERS:
            if fact.only(kind):
                return self.lowerer.runtime(wrapper, [name], span)
        if subject is None or fact.kinds == NOTHING:
            return self.lowerer.runtime("List", [name], span)
        return self.lowerer.runtime(
            "patterns.rest", [subject, literal(size, span)], span
        )

    # --- instances, dictionaries, sets -------------------------------------------------

    def _instance(self, pattern: Instance) -> py.Pattern:
        fields = tuple([self.nested(part, UNKNOWN) for part in pattern.fields])
        name = self.lowerer.variable(pattern.type, pattern.span)
        known = len(fields) - len(pattern.added)
        added = [spell_field(each) for each in pattern.added]
        keywords = tuple(zip(added, fields[known:], strict=True))
        return py.MatchClass(name, fields[:known], keywords, pattern.span)

    def _mapping(
        self, pattern: Mapping, fact: Fact, subject: Expr | None
    ) -> py.Pattern:
        span = pattern.span
        if not all([_is_constant_key(key) for key, _ in pattern.entries]):
            return searched_entries(self, pattern, fact, subject)
        if not pattern.entries and pattern.rest is None:
            name = self.named("table", fact, span)
            nothing = py.DictDisplay((), span)
            self.steps.append(Test(compare(name, "==", nothing, span)))
            return py.MatchCapture(None, name, span)
        pairs: list[tuple[Expr, py.Pattern]] = []
        for key, value in pattern.entries:
            assert isinstance(key, Equal)
            pairs.append((_key(key, fact), self.nested(value, element(fact))))
        rest: py.Name | None = None
        match pattern.rest:
            case None:
                rest = self.named("others", fact, span)
                self.steps.append(Test(py.Unary("not", rest, span)))
            case Capture(binding):
                rest = self.capture(binding, span).name
            case Anything():
                pass
            case other:
                rest = self.named("others", fact, span)
                self._inner_match(rest, other, fact)
        return py.MatchMapping(tuple(pairs), rest, span)

    def _elements(
        self, pattern: Elements, fact: Fact, subject: Expr | None
    ) -> py.Pattern:
        span = pattern.span
        constants: list[Expr] = []
        variables: list[Pattern] = []
        for item in pattern.items:
            if isinstance(item, Equal):
                constants.append(self.constant_value(item))
            else:
                variables.append(item)
        matched = [self.nested(item, element(fact)) for item in variables]
        rest = pattern.rest or Anything(span)
        matched.append(self.nested(rest, fact))
        known = py.ListDisplay(tuple(constants), span)
        count = literal(len(variables), span)

        def found(subject: Expr) -> Expr:
            arguments = [subject, known, count]
            return self.lowerer.runtime("patterns.take_elements", arguments, span)

        return self.searched(
            found, py.MatchSequence(tuple(matched), span), fact, subject, span
        )


def _is_sliced(wrapped: Expr) -> bool:
    return isinstance(wrapped, py.Call) and isinstance(wrapped.function, py.Attribute)


def _target(item: py.Pattern) -> Expr:
    """Return what an assignment writes for a name of a sequence pattern."""
    match item:
        case py.MatchCapture(_, name, span):
            return name if name is not None else py.Name("_", span)
        case py.MatchStar(name, span):
            return py.Starred(name if name is not None else py.Name("_", span), span)
        case _:
            raise AssertionError(item)


def _is_constant_key(key: Pattern) -> bool:
    return isinstance(key, Equal) and isinstance(key.value, Literal)


def _key(key: Equal, table: Fact) -> Expr:
    """Return a constant key; a dictionary with text keys has numbers as their text."""
    assert isinstance(key.value, Literal)
    value = key.value.value
    if table.only(DICT) and isinstance(value, int | float):
        value = f"{value:g}" if isinstance(value, float) else str(value)
    return literal(value, key.span)


def _has_simple_items(pattern: SequencePattern) -> bool:
    items = pattern.items if pattern.rest is None else (*pattern.items, pattern.rest)
    return all([isinstance(item, Capture | Anything) for item in items])


def _is_list(fact: Fact) -> bool:
    return fact.only(LISTS | NIL)
